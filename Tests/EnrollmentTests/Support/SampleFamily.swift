import Catchments
import Enrollment
import Testing

/// One obviously sample family in 桃江县, and what registers say of it.
struct SampleFamily {
    let child: PersonIdentity
    let father: PersonIdentity
    let mother: ClaimSubject
    let divisions: Set<DivisionCode> = ["430922"]
    let today: CivilDate
    let reference: CivilDate

    init() throws {
        let birth = try #require(CivilDate("2020-03-15"))
        child = PersonIdentity(
            name: try PersonName("林样例"), document: PersonDocument(try IDNumber("43022120200315109X")), birthDate: birth)
        father = try Self.adult("林样父", "1990-05-06", 101)
        let mother = try Self.adult("陈样母", "1991-07-08", 102)
        self.mother = ClaimSubject(name: mother.name, document: mother.document)
        today = try #require(CivilDate("2026-07-06"))
        reference = try #require(CivilDate("2026-08-01"))
    }

    static func adult(_ name: String, _ birth: String, _ sequence: Int) throws -> PersonIdentity {
        let birth = try #require(CivilDate(birth))
        let number = try IDNumber(prefix: "430922", birthDate: birth, sequence: sequence)
        return PersonIdentity(name: try PersonName(name), document: PersonDocument(number), birthDate: birth)
    }

    var now: Instant { Instant(startOf: today) }

    func answers(
        _ kind: HomeKind, at place: Community = Place.jintao, household: Community? = Place.jintao,
        relation: Relation = .father, child other: PersonIdentity? = nil, withMother: Bool = true,
        certificate: String = "湘(2022)桃江县不动产权第0001234号"
    ) -> ApplicationAnswers {
        ApplicationAnswers(
            child: other ?? child, guardian: father, relation: relation, otherParent: withMother ? mother : nil,
            stage: .primary, householdCommunity: household,
            home: HomeAnswer(
                kind: kind, community: place, address: "样例路8号3栋201",
                certificateKind: kind == .owned ? .realEstate : nil,
                certificateNumber: kind == .owned ? certificate : nil,
                contractNumber: kind == .contracted ? "TJ2025-0042" : nil),
            ranking: [], phone: "13800000000")
    }

    func plan(_ answers: ApplicationAnswers, _ policy: Policy) -> CheckPlan {
        planChecks(
            policy: policy, claimed: answers.claimedFacts(divisions: divisions, at: now),
            declared: answers.declaredFacts(divisions: divisions, at: now), yielding: answers.credential(yielding:))
    }

    /// What the claim says about one credential, for the facts that the province's rules need from this family.
    func claim(_ credential: CredentialID, _ answers: ApplicationAnswers) throws -> CredentialClaim {
        let item = try #require(plan(answers, SamplePolicy.policy()).needed.first { $0.credential == credential })
        return answers.claim(item)
    }

    func read(
        _ credential: CredentialID, _ replies: [SourceReply], _ answers: ApplicationAnswers, today: CivilDate? = nil,
        reference: CivilDate? = nil
    ) throws -> CheckReading {
        readReplies(
            replies, to: try claim(credential, answers),
            in: VerificationContext(
                divisions: divisions, monthsReference: reference ?? self.reference, today: today ?? self.today,
                gazetteer: Place.gazetteer, answers: answers))
    }

    // MARK: Records

    func household(
        _ place: Community = Place.jintao, childName: String? = nil, childNumber: String? = nil,
        withFather: Bool = true,
        address: String? = nil
    ) throws -> RegisterRecord {
        var members = [
            RegisterRecord([
                .personName: .text(childName ?? child.name.value),
                .personNumber: .text(childNumber ?? child.document.number),
                .registeredSince: .date(try #require(CivilDate("2020-04-01"))),
            ])
        ]
        if withFather {
            members.append(
                RegisterRecord([
                    .personName: .text(father.name.value), .personNumber: .text(father.document.number),
                    .registeredSince: .date(try #require(CivilDate("2012-01-01"))),
                ]))
        }
        return RegisterRecord([
            .householdNumber: .text("430922000001"), .householdKind: .text("family"),
            .address: .text(address ?? Place.address(place)), .members: .records(members),
        ])
    }

    func title(
        _ number: String = "湘（2022）桃江县不动产权第0001234号", at place: Community = Place.jintao, address: String? = nil,
        kind: CertificateKind = .realEstate, owner: String? = nil, use: String = "residential"
    ) -> RegisterRecord {
        RegisterRecord([
            .certificateNumber: .text(number), .certificateKind: .text(kind.rawValue),
            .ownerName: .text(owner ?? father.name.value), .use: .text(use),
            .address: .text(address ?? Place.address(place)),
        ])
    }

    func contract(
        _ number: String = "TJ2025-0042", at place: Community = Place.jintao, state: String = "filed",
        use: String = "residential"
    ) -> RegisterRecord {
        RegisterRecord([
            .contractNumber: .text(number), .contractState: .text(state), .use: .text(use),
            .address: .text(Place.address(place)),
        ])
    }

    func permit(
        since: String = "2024-01-01", until: String = "2027-01-01", address: String? = nil
    ) throws -> RegisterRecord {
        RegisterRecord([
            .permitNumber: .text("430922000001"), .heldSince: .date(try #require(CivilDate(since))),
            .validUntil: .date(try #require(CivilDate(until))),
            .address: .text(address ?? Place.address(Place.fumin)),
        ])
    }

    /// An employee's pension history, paid from one month to another, some left out.
    func insurance(from: String, to: String, without gaps: Set<String> = [], kind: String = "employee_pension") throws
        -> RegisterRecord
    {
        let first = try #require(CivilDate(from + "-01"))
        let length = first.wholeMonths(to: try #require(CivilDate(to + "-01")))
        let months = (0...length).map { String(first.adding(months: $0).description.prefix(7)) }
        return RegisterRecord([
            .insuranceKind: .text(kind), .paidMonths: .texts(months.filter { !gaps.contains($0) }),
        ])
    }
}
