import Catchments
import Enrollment
import Testing

@Suite struct CheckPlanTests {
    private let family: SampleFamily

    init() throws { family = try SampleFamily() }

    private func needed(_ answers: ApplicationAnswers, _ categories: [Category] = SamplePolicy.four) throws
        -> [CredentialID: [FactKey]]
    {
        let plan = family.plan(answers, try SamplePolicy.policy(categories))
        return Dictionary(uniqueKeysWithValues: plan.needed.map { ($0.credential, $0.facts) })
    }

    @Test("an owner at the place of registration is asked about household and title only")
    func owner() throws {
        #expect(
            try needed(family.answers(.owned)) == [
                .household: [.householdCommunity, .householdInCounty, .householdWithGuardian],
                .realEstateTitle: [.homeOwned, .homeResidential],
            ])
    }

    @Test("a home whose title is not issued yet is asked about by its contract")
    func contracted() throws {
        #expect(
            try needed(family.answers(.contracted)) == [
                .household: [.householdCommunity, .householdInCounty, .householdWithGuardian],
                .purchaseContract: [.homeOwned, .homeResidential],
            ])
    }

    @Test("with the grandparents, the parents' owning nothing is what the title register is asked")
    func grandparents() throws {
        let answers = family.answers(.grandparents)
        #expect(
            try needed(answers) == [
                .household: [.householdCommunity, .householdInCounty, .householdWithGuardian],
                .realEstateTitle: [.parentsOwnNoHome],
            ])
        let claim = try family.claim(.realEstateTitle, answers)
        #expect(claim.absence)
        #expect(claim.subjects.map(\.name.value) == ["林样父", "陈样母"])
        #expect(claim.fields.isEmpty)
    }

    @Test("a grandparent who applies where no parent is known cannot be asked for the parents' homes: a person looks")
    func noParentKnown() throws {
        let answers = family.answers(.grandparents, relation: .grandparent, withMother: false)
        #expect(answers.parents.isEmpty)
        #expect(
            try needed(answers) == [.household: [.householdCommunity, .householdInCounty, .householdWithGuardian]])
    }

    @Test("a self-built home is in no register: only the household is asked")
    func selfBuilt() throws {
        #expect(
            try needed(family.answers(.selfBuilt)) == [
                .household: [.householdCommunity, .householdInCounty, .householdWithGuardian]
            ])
    }

    @Test("a family that rents and is registered elsewhere is asked for permit and insurance, never for a title")
    func newcomer() throws {
        #expect(
            try needed(family.answers(.rented, household: Place.elsewhere)) == [
                .household: [.householdCommunity, .householdInCounty, .householdWithGuardian],
                .residencePermit: [.permitCommunity, .permitInCounty, .permitMonths, .permitValid],
                .socialInsurance: [.insuranceMonths],
            ])
    }

    @Test("a family that rents and is registered here is asked about no permit and no insurance")
    func rentsAtHome() throws {
        #expect(
            try needed(family.answers(.rented)) == [
                .household: [.householdCommunity, .householdInCounty, .householdWithGuardian],
                .realEstateTitle: [.parentsOwnNoHome],
            ])
    }

    @Test("home and household in two communities: what made the home decide is asked, and no more")
    func split() throws {
        #expect(
            try needed(family.answers(.owned, household: Place.chuangye)) == [
                .household: [.householdCommunity, .householdWithGuardian],
                .realEstateTitle: [.homeOwned, .homeResidential],
            ])
    }

    @Test("a policy without permit never asks for one, whatever the home")
    func noPermit() throws {
        let categories = [SamplePolicy.householdAndHome, SamplePolicy.householdOnly, SamplePolicy.homeOnly]
        for kind in HomeKind.allCases {
            for household in [Place.jintao, Place.elsewhere, nil] {
                let needed = try needed(family.answers(kind, household: household), categories)
                #expect(needed[.residencePermit] == nil)
                #expect(needed[.socialInsurance] == nil)
            }
        }
    }

    @Test("nothing is asked for a fact that stands on the family's own word, and nothing twice")
    func declared() throws {
        for kind in HomeKind.allCases {
            for household in [Place.jintao, Place.chuangye, Place.elsewhere, nil] {
                let answers = family.answers(kind, household: household)
                let declared = answers.declaredFacts(divisions: family.divisions, at: family.now)
                let asked = try needed(answers).values.flatMap(\.self)
                #expect(Set(asked).count == asked.count)
                #expect(asked.allSatisfy { declared.state($0).value == nil })
                #expect(try needed(answers)[.household]?.contains(.householdWithGuardian) == true)
            }
        }
    }

    @Test("once everything asked is confirmed as claimed, the verdict is that of the whole claim")
    func sufficient() throws {
        let policy = try SamplePolicy.policy()
        let settled: Set<HomeKind> = [.owned, .contracted, .grandparents, .rented]
        for kind in settled {
            for household in [Place.jintao, Place.chuangye, Place.elsewhere] {
                let answers = family.answers(kind, household: household)
                let claimed = answers.claimedFacts(divisions: family.divisions, at: family.now)
                var sheet = answers.declaredFacts(divisions: family.divisions, at: family.now)
                for item in family.plan(answers, policy).needed {
                    for key in item.facts {
                        sheet.insert(.sample(key, claimed.state(key)))
                    }
                }
                let whole = decide(DecisionInput(policy: policy, catchments: SamplePolicy.plan, facts: claimed))
                let asked = decide(DecisionInput(policy: policy, catchments: SamplePolicy.plan, facts: sheet))
                #expect(asked.verdict == whole.verdict, "\(kind) \(household)")
                #expect(asked.catchment == whole.catchment)
            }
        }
    }

    @Test("a rank key of the claimed category is asked for, one of another category is not")
    func rankKeys() throws {
        let ranked = Category(
            id: "ranked", title: LocalizedText(zh: "样例"), condition: SamplePolicy.householdAndHome.condition,
            place: .homeCommunity, seat: .catchment,
            rankKeys: [.init(fact: .householdRegisteredSince, order: .ascending)])
        let owner = try needed(family.answers(.owned), [ranked])
        #expect(owner[.household]?.contains(.householdRegisteredSince) == true)
        let renter = try needed(family.answers(.rented), [ranked, SamplePolicy.householdOnly])
        #expect(renter[.household]?.contains(.householdRegisteredSince) == false)
    }
}
