import Enrollment
import Storage

extension Probe {
    private static let key = Planted.mine
    private static let id = Planted.file
    private static let now = Planted.now

    private static let check = CheckRepository.Row(
        id: Planted.id(29), credential: .household, revision: 2, questionHash: [1], outcome: "confirmed",
        sealedRecords: nil, attempt: 9, askedAt: now, answeredAt: now, validUntil: now)
    private static let decision = DecisionRepository.Row(
        revision: 2, versionHash: "v", program: "p", verdict: "settled", category: nil, schools: ["S2"], rankKeys: [3],
        pending: [], factDigest: "d", at: now)

    static let verificationProbes: [Probe] = [
        Probe("ClaimRepository.insert(row,application,revision,key)", file) {
            try ClaimRepository.insert(
                .init(credential: .socialInsurance, sealedClaim: [1], status: "waiting", answerBy: now), of: id,
                revision: 2, key, in: $0)
        },
        Probe("ClaimRepository.list(application,revision,key)", file) {
            Set(try ClaimRepository.list(of: id, revision: 2, key, in: $0))
        },
        Probe("ClaimRepository.waiting(key,now)", staff) { try ClaimRepository.waiting(of: key, at: now, in: $0) },
        Probe(
            "ClaimRepository.setStatus(status,differing,check,checkedAt,retryAt,credential,application,revision,key)",
            file
        ) {
            try ClaimRepository.setStatus(
                "differs", differing: [.ownerName], check: Planted.id(21), checkedAt: now, retryAt: now,
                credential: .household, of: id, revision: 2, key, in: $0)
        },
        Probe("CheckRepository.insert(row,application,key)", file) {
            try CheckRepository.insert(check, of: id, key, in: $0)
        },
        Probe("CheckRepository.find(check,application,key)", file) {
            try CheckRepository.find(Planted.id(22), of: id, key, in: $0)
        },
        Probe("CheckRepository.attempts(credential,application,key)", file) {
            try CheckRepository.attempts(credential: .household, of: id, key, in: $0)
        },
        Probe("FactRepository.put(fact,application,revision,key)", file) {
            let fact = Fact(
                key: .homeOwned, state: .unknown(.disputed), source: .check, credential: .household, asOf: now.day,
                fetchedAt: now)
            try FactRepository.put(fact, of: id, revision: 2, key, in: $0)
        },
        Probe("FactRepository.forget(credential,sources,application,revision,key)", file) {
            try FactRepository.forget(
                credential: .household, sources: [.check], of: id, revision: 2, key, in: $0)
        },
        Probe("FactRepository.list(application,revision,key)", file) {
            Set(try FactRepository.list(of: id, revision: 2, key, in: $0))
        },
        Probe("DecisionRepository.append(row,application,key)", file) {
            try DecisionRepository.append(decision, of: id, key, in: $0)
        },
        Probe("DecisionRepository.latest(application,key)", file) {
            try DecisionRepository.latest(of: id, key, in: $0)
        },
        Probe("DecisionRepository.latest(key)", staff) { try DecisionRepository.latest(of: key, in: $0) },
        Probe("CarryOver.claims(credentials,old,new,application,key)", file) {
            try CarryOver.claims([.household], from: 2, to: 4, of: id, key, in: $0)
        },
        Probe("CarryOver.findings(old,new,changed,application,key)", "all", file) {
            try CarryOver.findings(from: 2, to: 4, except: [], of: id, key, in: $0)
        },
        Probe("CarryOver.findings(old,new,changed,application,key)", "but for one", file) {
            try CarryOver.findings(from: 2, to: 4, except: [.homeKind], of: id, key, in: $0)
        },
    ]

    static let jobProbes: [Probe] = [
        Probe("JobRepository.enqueue(row,due)", file) {
            try JobRepository.enqueue(
                .init(
                    key: key, id: Planted.id(39), application: id, revision: 2, credential: .household, attempts: 0),
                due: now, in: $0)
        },
        Probe("JobRepository.tenantsWithWork(now)", [.queue]) {
            Set(try JobRepository.tenantsWithWork(now: now, in: $0))
        },
        Probe("JobRepository.releaseLeases()", [.queue]) { try JobRepository.releaseLeases(in: $0) },
        Probe("JobRepository.nextDue()", [.queue]) { try JobRepository.nextDue(in: $0) },
        Probe("JobRepository.claim(key,limit,now,leaseUntil)", staff) {
            Set(
                try JobRepository.claim(
                    of: key, limit: 99, now: now, leaseUntil: now.adding(.seconds(60)), in: $0))
        },
        Probe("JobRepository.find(id,application,key)", file) {
            try JobRepository.find(Planted.id(31), of: id, key, in: $0)
        },
        Probe("JobRepository.find(id,application,key)", "a neighbour's", file) {
            try JobRepository.find(Planted.id(50), of: id, key, in: $0)
        },
        Probe("JobRepository.finish(id,application,key)", file) {
            try JobRepository.finish(Planted.id(31), of: id, key, in: $0)
        },
        Probe("JobRepository.finish(id,application,key)", "a neighbour's", file) {
            try JobRepository.finish(Planted.id(50), of: id, key, in: $0)
        },
        Probe("JobRepository.postpone(id,application,key,due)", file) {
            try JobRepository.postpone(Planted.id(31), of: id, key, until: now.adding(.seconds(9)), in: $0)
        },
        Probe("JobRepository.postpone(id,application,key,due)", "a neighbour's", file) {
            try JobRepository.postpone(Planted.id(50), of: id, key, until: now.adding(.seconds(9)), in: $0)
        },
        Probe("JobRepository.cancel(application,credential,key)", "all", file) {
            try JobRepository.cancel(of: id, key, in: $0)
        },
        Probe("JobRepository.cancel(application,credential,key)", "of one credential", file) {
            try JobRepository.cancel(of: id, credential: .household, key, in: $0)
        },
    ]
}
