import Catchments
import Enrollment
import Testing

@Suite struct MachineStateTests {
    private func state(_ facts: FactSheet, personAsked: Bool = false, plan: CatchmentPlan = SamplePolicy.plan) throws
        -> ApplicationState
    {
        let input = DecisionInput(policy: try SamplePolicy.policy(), catchments: plan, facts: facts)
        return machineState(decision: decide(input), facts: facts, personAsked: personAsked)
    }

    private let owner = FactSheet(known: SampleFacts.owner)
    private let titleKeys: [FactKey: FactValue?] = [.homeOwned: nil, .homeResidential: nil]

    @Test("category and school settled, guardian in the household: qualified, by one school or by several")
    func qualified() throws {
        #expect(try state(owner) == .qualified)
        #expect(try state(FactSheet(known: SampleFacts.newcomer)) == .qualified)
    }

    @Test("a department under way means verifying, one that is down means waiting, a doubt means repair")
    func undetermined() throws {
        #expect(try state(owner.with(titleKeys, because: .waiting)) == .verifying)
        #expect(try state(owner.with(titleKeys, because: .sourceDown)) == .waitingForSource)
        #expect(try state(owner.with(titleKeys, because: .disputed)) == .needsRepair)
        for reason in [UnknownReason.notSupported, .personAsked, .notAsked] {
            #expect(try state(owner.with(titleKeys, because: reason)) == .firstReview)
        }
    }

    @Test("the family's own step comes before waiting, waiting before a person")
    func order() throws {
        let disputed = owner.with(titleKeys, because: .disputed)
        for other in [UnknownReason.waiting, .sourceDown, .notSupported, .notAsked] {
            #expect(try state(disputed.with([.householdInCounty: nil], because: other)) == .needsRepair)
        }
        let waiting = owner.with(titleKeys, because: .waiting)
        #expect(try state(waiting.with([.householdInCounty: nil], because: .sourceDown)) == .verifying)
        let down = owner.with(titleKeys, because: .sourceDown)
        #expect(try state(down.with([.householdInCounty: nil], because: .notSupported)) == .waitingForSource)
    }

    @Test("a source that is down leads a family nowhere but to waiting, whichever of its facts are missing")
    func sourceDown() throws {
        for values in [SampleFacts.owner, SampleFacts.newcomer] {
            let whole = FactSheet(known: values)
            let keys = values.keys.sorted().filter { !$0.rawValue.hasPrefix("home.") || $0 == .homeOwned }
            for mask in 1..<(1 << keys.count) {
                let missing = keys.indices.filter { mask & (1 << $0) != 0 }.map { ($0, keys[$0]) }
                let changes = Dictionary(uniqueKeysWithValues: missing.map { ($0.1, FactValue?.none) })
                let state = try state(whole.with(changes, because: .sourceDown))
                // A missing fact that cannot matter leaves the family qualified.
                #expect(state == .waitingForSource || state == .qualified, "\(changes.keys)")
            }
        }
    }

    @Test("the guardian has to be the child's before a machine may pass anything")
    func guardian() throws {
        #expect(try state(owner.with([.householdWithGuardian: .flag(false)])) == .firstReview)
        let expected: [UnknownReason: ApplicationState] = [
            .disputed: .needsRepair, .waiting: .verifying, .sourceDown: .waitingForSource, .notSupported: .firstReview,
            .notAsked: .firstReview, .personAsked: .firstReview,
        ]
        for (reason, state) in expected {
            #expect(try self.state(owner.with([.householdWithGuardian: nil], because: reason)) == state)
        }
    }

    @Test("no category fits: a person looks before the bureau places the child")
    func noCategory() throws {
        #expect(try state(FactSheet(known: SampleFacts.newcomer).with([.permitMonths: .integer(3)])) == .firstReview)
    }

    @Test("a settled category without a school goes to a person: outside the plan, a sentence, no plan")
    func catchment() throws {
        let sentence = CatchmentPlan(clauses: [
            CatchmentClause(number: 1, school: "P01", coverage: .sentence(within: Place.jintao), text: "近北校区的组")
        ])
        let other = CatchmentPlan(clauses: [
            CatchmentClause(number: 1, school: "P01", coverage: .community(Place.fumin), text: "富民社区")
        ])
        for plan in [sentence, other, CatchmentPlan(clauses: [])] {
            #expect(try state(owner, plan: plan) == .firstReview)
        }
    }

    @Test("a family that asked for a person gets one, whatever the machine knows")
    func personAsked() throws {
        for facts in [
            owner, owner.with(titleKeys, because: .disputed), owner.with(titleKeys, because: .sourceDown),
            owner.with(titleKeys, because: .waiting),
        ] {
            #expect(try state(facts, personAsked: true) == .firstReview)
        }
    }

    @Test("after a seat is offered nothing is edited any more; before that everything is")
    func editing() {
        let closed: Set<ApplicationState> = [.offered, .accepted, .released, .withdrawn]
        for state in ApplicationState.allCases {
            #expect(state.isEditable == !closed.contains(state))
        }
        let unresolved = ApplicationState.allCases.filter(\.isUnresolved)
        #expect(
            unresolved == [
                .verifying, .waitingForSource, .needsRepair, .firstReview, .supplementRequested, .secondReview,
            ])
    }
}
