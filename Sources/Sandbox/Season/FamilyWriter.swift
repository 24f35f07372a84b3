import Enrollment
import Tenancy

/// Writes one tenant's families: for each a chosen outcome, the registers and answers that make it so, and the truth.
struct FamilyWriter {
    let ground: SeasonGround
    let dates: SeasonDates
    var people: SeasonPeople
    var registers = RegisterBook()
    var identities: [SandboxIdentity] = []
    var families: [GeneratedFamily] = []
    /// Listed communities in which no family of the plainest kind lives yet: each gets one before chance decides, so that
    /// a community moved in a plan is noticed in a small season too.
    var uncovered: [SeasonPlace] = []

    var code: TenantCode { ground.tenant.code }

    /// What is settled about a child's application; the writer adds who the child is.
    struct Case {
        var place: TypedPlace
        var home: TypedHome
        var steps: [FamilyStep] = []
        var review: ReviewScript
        var category: CategoryID?
        var schools: [SchoolCode]
        var end: ChildTruth.End = .qualified
        var path: [ReplayState] = []
    }

    /// Writes one family of a kind.
    mutating func write(_ kind: FamilyKind, index: Int, outage: CredentialID?) {
        switch kind {
        case .ownHome, .filedContract, .twins, .mistypedNumber, .wrongCertificateKind, .wrongOwner, .selfBuilt,
            .noNumber, .editedHome, .withdrawn:
            ownHome(kind, index, outage)
        case .outsidePlan: outsidePlan(index)
        case .grandparentsHome, .rentedRegistered, .collectiveHousehold, .titleElsewhere, .grandparentGuardian,
            .falseTitleAccepted, .falseTitleInsists, .contractWithdrawn, .contractWithdrawnInsists, .commercialFlat,
            .falseNoHome:
            registeredHere(kind, index)
        case .householdElsewhere, .twoCommunities, .filedContractOnly, .mistypedNumberHomeOnly, .selfBuiltHomeOnly,
            .registeredElsewhere:
            homeOnly(kind, index)
        case .migrant, .falseTitleMigrant, .commercialFlatMigrant, .insuranceGap, .residentPension, .permitShort,
            .permitExpired:
            neither(kind, index, outage)
        }
    }

    /// Adds a family whose children all have the same case.
    mutating func add(
        _ kind: FamilyKind, _ index: Int, _ house: House, _ settled: Case, documents: [TypedDocument?]? = nil,
        outage: CredentialID? = nil
    ) {
        let subject = "season-\(code)-\(SampleNumber.padded(index, 5))"
        let phone = people.numbers.phone()
        let preference = ground.preference(&people.random)
        var path = settled.path
        if outage != nil { path.insert(.waitingForSource, at: 0) }
        let answers = TypedAnswers(place: settled.place, home: settled.home, phone: phone, preference: preference)
        let steps = settled.steps.map { step in
            var step = step
            // An edit keeps what the case does not change.
            step.answers = step.answers.map {
                TypedAnswers(place: $0.place, home: $0.home, phone: phone, preference: preference)
            }
            return step
        }
        let children = house.children.enumerated().map { offset, child in
            let document = documents?[offset]
            return GeneratedChild(
                name: child.name, birthDate: child.birthDate, document: document, answers: answers, steps: steps,
                review: settled.review,
                truth: ChildTruth(
                    category: settled.category, schools: settled.schools.sorted(), end: settled.end, path: path),
                number: document == nil || document?.kind == "id_number" ? child.number : nil)
        }
        identities.append(
            SandboxIdentity(
                subject: subject, name: house.guardian.name, number: house.guardian.number, phone: phone,
                label: kind.words))
        families.append(
            GeneratedFamily(
                id: "\(code)-\(SampleNumber.padded(index, 5))", tenant: code, kind: kind, subject: subject,
                children: children, outage: outage))
    }
}

/// The days of a season that decide about permits and insurance.
struct SeasonDates: Sendable {
    /// Registration opens.
    let opens: CivilDate
    /// Held and paid months are counted back from here.
    let months: CivilDate

    /// `YYYYMM`, so many months before the month of the reference day.
    func month(before count: Int) -> String {
        let date = months.adding(months: -count)
        return "\(date.year)\(SampleNumber.padded(date.month, 2))"
    }
}
