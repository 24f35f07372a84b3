import Enrollment
import Storage

extension Probe {
    private static let key = Planted.mine
    private static let id = Planted.file
    private static let later = Planted.now.adding(.seconds(60))

    private static func row(_ receipt: ReceiptNumber) -> ApplicationRow {
        ApplicationRow(
            key: key, id: Planted.newFile, receipt: receipt, child: Planted.newcomer, guardian: Planted.mother,
            stage: .primary, state: .verifying, stateSince: Planted.now, revision: 1, ticket: "new", twinGroup: [9],
            personAsked: false, submittedAt: Planted.now, dataKey: [1], keySubject: [2])
    }

    static let applicationProbes: [Probe] = [
        Probe("ApplicationRepository.insert(row)", "new", newFiles) {
            try ApplicationRepository.insert(row("R-110"), in: $0)
        },
        Probe("ApplicationRepository.insert(row)", "a receipt in use", newFiles) {
            try ApplicationRepository.insert(row("R-100"), in: $0)
        },
        Probe("ApplicationRepository.find(id,key)", file) { try ApplicationRepository.find(id, of: key, in: $0) },
        Probe("ApplicationRepository.find(receipt,key)", staff) {
            try ApplicationRepository.find(receipt: "R-100", of: key, in: $0)
        },
        Probe("ApplicationRepository.hold(id,key)", file) { try ApplicationRepository.hold(id, of: key, in: $0) },
        Probe("ApplicationRepository.hold(receipt,key)", staff) {
            try ApplicationRepository.hold(receipt: "R-100", of: key, in: $0)
        },
        Probe("ApplicationRepository.holdAll(key)", staff) { try ApplicationRepository.holdAll(of: key, in: $0) },
        Probe("ApplicationRepository.list(state,after,limit,key)", "all", staff) {
            try ApplicationRepository.list(state: nil, after: nil, limit: 99, of: key, in: $0)
        },
        Probe("ApplicationRepository.list(state,after,limit,key)", "a state", staff) {
            try ApplicationRepository.list(state: .qualified, after: nil, limit: 99, of: key, in: $0)
        },
        Probe("ApplicationRepository.list(state,after,limit,key)", "after a receipt", staff) {
            try ApplicationRepository.list(state: nil, after: "R-100", limit: 99, of: key, in: $0)
        },
        Probe("ApplicationRepository.list(state,after,limit,key)", "a state after a receipt", staff) {
            try ApplicationRepository.list(state: .verifying, after: "R-100", limit: 99, of: key, in: $0)
        },
        Probe("ApplicationRepository.counts(key)", staff) { try ApplicationRepository.counts(of: key, in: $0) },
        Probe("ApplicationRepository.record(type,id,key,from,state,change,actor,now)", file) {
            try ApplicationRepository.record(
                .checked, moving: id, of: key, from: .verifying, to: .qualified, actor: .machine, at: later, in: $0)
        },
        Probe("ApplicationRepository.record(type,id,key,from,state,change,actor,now)", "from another state", file) {
            try ApplicationRepository.record(
                .withdrawn, moving: id, of: key, from: .qualified, to: .withdrawn, actor: .family, at: later, in: $0)
        },
        Probe(
            "ApplicationRepository.record(type,id,key,from,state,change,actor,now)", "settling a category", file,
            settling(.init(was: nil, now: "category_1"), from: .verifying)),
        Probe(
            "ApplicationRepository.record(type,id,key,from,state,change,actor,now)",
            "settling a category, from another state", file,
            settling(.init(was: nil, now: "category_1"), from: .qualified)),
        Probe(
            "ApplicationRepository.record(type,id,key,from,state,change,actor,now)",
            "settling a category, from another one", file,
            settling(.init(was: "category_2", now: "category_1"), from: .verifying)),
        Probe("ApplicationRepository.settle(change,id,key)", file) {
            try ApplicationRepository.settle(.init(was: nil, now: "category_1"), of: id, key, in: $0)
        },
        Probe("ApplicationRepository.settle(change,id,key)", "from another category", file) {
            try ApplicationRepository.settle(.init(was: "category_2", now: "category_1"), of: id, key, in: $0)
        },
        Probe("ApplicationRepository.append(type,id,key,state,actor,now)", file) {
            try ApplicationRepository.append(
                .checked, to: id, of: key, state: .verifying, actor: .machine, at: later, in: $0)
        },
        Probe("ApplicationRepository.events(id,key)", file) { try ApplicationRepository.events(of: id, key, in: $0) },
        Probe("ApplicationRepository.insert(revision,choices,id,key)", file) {
            try ApplicationRepository.insert(
                revision: RevisionRow(number: 3, sealedAnswers: [7], by: Planted.mother, at: later),
                choices: ["S5", "S6"], of: id, key, in: $0)
        },
        Probe("ApplicationRepository.insert(revision,choices,id,key)", "a number passed already", staff) {
            // Withdrawn files have no revisions planted; the current one is the second.
            try ApplicationRepository.insert(
                revision: RevisionRow(number: 1, sealedAnswers: [7], by: Planted.mother, at: later), choices: [],
                of: Planted.withdrawn, key, in: $0)
        },
        Probe("ApplicationRepository.revision(number,id,key)", file) {
            try ApplicationRepository.revision(2, of: id, key, in: $0)
        },
        Probe("ApplicationRepository.choices(id,revision,key)", file) {
            try ApplicationRepository.choices(of: id, revision: 2, key, in: $0)
        },
        Probe("ApplicationRepository.firstChoices(key)", staff) {
            try ApplicationRepository.firstChoices(of: key, in: $0)
        },
        Probe("ApplicationRepository.setPersonAsked(asked,id,key)", file) {
            try ApplicationRepository.setPersonAsked(true, of: id, key, in: $0)
        },
        Probe("ApplicationRepository.setSettled(now,departmentMilliseconds,id,key)", file) {
            try ApplicationRepository.setSettled(at: later, departmentMilliseconds: 77, of: id, key, in: $0)
        },
        Probe("ApplicationRepository.insert(attachment,id,key)", file) {
            try ApplicationRepository.insert(
                attachment: AttachmentRow(
                    id: Planted.id(19), mediaType: "image/png", size: 1, sealedBody: [1], at: later),
                of: id, key, in: $0)
        },
        Probe("ApplicationRepository.attachments(id,key)", file) {
            try ApplicationRepository.attachments(of: id, key, in: $0)
        },
        Probe("ApplicationRepository.attachment(attachment,id,key)", file) {
            try ApplicationRepository.attachment(Planted.id(12), of: id, key, in: $0)
        },
    ]

    private static func settling(
        _ change: ApplicationRepository.CategoryChange, from: ApplicationState
    ) -> @Sendable (any Writing) throws -> Bool {
        {
            try ApplicationRepository.record(
                .checked, moving: id, of: key, from: from, to: .offered, settling: change, actor: .machine, at: later,
                in: $0)
        }
    }

    /// A file that is not there yet is added by staff; its guardian's scope names it, and is none of those probed.
    private static let newFiles = staff
}
