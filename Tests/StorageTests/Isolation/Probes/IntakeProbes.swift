import Enrollment
import Storage

extension Probe {
    private static let now = Planted.now
    private static let key = Planted.mine
    private static let intake: [Scope] = [.intake(key.tenant, key.season)]
    private static let anyIntake = Planted.scopes.filter { if case .intake = $0 { true } else { false } }

    private static func person(_ identifiers: [(String, [UInt8])]) -> IntakeRepository.Child {
        .init(
            identifiers: identifiers.map { .init(kind: $0.0, keyedHash: $0.1) },
            row: .init(id: Planted.newcomer, dataKey: [9, 1], sealedIdentity: nil))
    }

    private static func people(
        _ people: [(String, [UInt8])]...
    ) -> @Sendable (any Writing) throws -> [PersonID] {
        let children = people.map(person)
        return { try IntakeRepository.people(children, at: now, in: $0) }
    }

    private static func claims(
        _ claims: [(PersonID, ApplicationID)]
    ) -> @Sendable (any Writing) throws -> Set<ApplicationID> {
        { try IntakeRepository.claim(claims.map { (child: $0.0, application: $0.1) }, of: key, in: $0) }
    }

    private static func file(_ id: ApplicationID, keyHash: [UInt8]) -> NewFile {
        NewFile(
            application: ApplicationRow(
                key: key, id: id, receipt: "-", child: Planted.newcomer, guardian: Planted.mother, stage: .primary,
                state: .verifying, stateSince: now, revision: 1, ticket: "new", twinGroup: [9], personAsked: false,
                submittedAt: now, dataKey: [1], keySubject: [2]),
            revision: RevisionRow(number: 1, sealedAnswers: [7], by: Planted.mother, at: now), choices: ["S5", "S6"],
            relation: .mother,
            events: [EventRow(sequence: 1, type: .submitted, state: .verifying, actor: .family, at: now)],
            facts: [
                Fact(
                    key: .homeOwned, state: .unknown(.waiting), source: .check, credential: .household, asOf: now.day,
                    fetchedAt: now)
            ],
            claims: [.init(credential: .household, sealedClaim: [1], status: "waiting", answerBy: now)],
            jobs: [
                .init(
                    key: key, id: Planted.id(38), application: id, revision: 1, credential: .household, attempts: 0)
            ],
            decision: .init(
                revision: 1, versionHash: "v", program: "p", verdict: "undetermined", category: nil, schools: [],
                rankKeys: [], pending: [.homeOwned], factDigest: "d", at: now),
            consents: [(purpose: "enrollment", textVersion: "1")], keyHash: keyHash, requestDigest: [5], due: now)
    }

    private static func add(
        _ files: [NewFile], receipts: [ReceiptNumber]
    ) -> @Sendable (any Writing) throws -> [ApplicationID: ReceiptNumber] {
        {
            var rest = receipts[...]
            return try IntakeRepository.add(files, of: key, draw: { rest.popFirst() ?? "R-999" }, in: $0)
        }
    }

    static let intakeProbes: [Probe] = [
        Probe("IntakeRepository.people(children,now)", "a known one", anyIntake, people([("document", [7])])),
        Probe("IntakeRepository.people(children,now)", "a newcomer", anyIntake, people([("document", [9])])),
        Probe(
            "IntakeRepository.people(children,now)", "one of whom another paper is known", anyIntake,
            people([("document", [7]), ("birth", [9])])),
        Probe(
            "IntakeRepository.people(children,now)", "one whose paper has the hash of another kind", anyIntake,
            people([("birth", [7])])),
        Probe(
            "IntakeRepository.people(children,now)", "two forms about one child", anyIntake,
            people([("document", [9])], [("document", [9])])),
        Probe(
            "IntakeRepository.claim(claims,key)", "a free child", intake, claims([(Planted.newcomer, Planted.newFile)])),
        Probe(
            "IntakeRepository.claim(claims,key)", "a child claimed already, and a free one", intake,
            claims([(Planted.child, Planted.file), (Planted.newcomer, Planted.newFile)])),
        Probe(
            "IntakeRepository.claim(claims,key)", "a neighbour's", intake, claims([(Planted.childBefore, Planted.file)])
        ),
        Probe(
            "IntakeRepository.claim(claims,key)", "a neighbour's, mine last year", intake,
            claims([(Planted.childBefore, Planted.newFile)])),
        Probe(
            "IntakeRepository.claim(claims,key)", "another tenant's", intake,
            claims([(Planted.childOfTenantBefore, Planted.file)])),
        Probe(
            "IntakeRepository.add(files,key,draw)", "a new file", intake,
            add([file(Planted.newFile, keyHash: [9])], receipts: ["R-110"])),
        Probe(
            "IntakeRepository.add(files,key,draw)", "a receipt in use, a file that is another tenant's too", intake,
            add([file(Planted.elsewhere, keyHash: [9])], receipts: ["R-100", "R-120"])),
        Probe(
            "IntakeRepository.add(files,key,draw)", "a submission key in use", intake,
            add([file(Planted.newFile, keyHash: [1])], receipts: ["R-110"])),
        Probe("IntakeRepository.useUp(drafts)", anyIntake) {
            try IntakeRepository.useUp(
                drafts: [(person: Planted.mother, draft: (Planted.id(110) as ApplicationID).bytes)], in: $0)
        },
    ]
}
