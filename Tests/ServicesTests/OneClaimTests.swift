import Enrollment
import Services
import Storage
import Testing

@Suite("One child, one live claim", .timeLimit(.minutes(5)))
struct OneClaimTests {
    @Test("a second application in another county is refused, with the receipt for the family whose own it is")
    func secondCounty() async throws {
        try await TestSeason.run { season in
            let family = try SampleFamily(1)
            let (mother, receipt) = try await season.qualified(family)
            let own = try await refusal {
                _ = try await season.apply(mother, family, Answers(lives: SampleFamily.anhua))
            }
            #expect(own == .childClaimed(receipt))
            let father = try await season.signIn(family.father)
            try await GiveHouseholdConsent(season.platform)(father)
            let other = try await refusal {
                _ = try await season.apply(father, family, Answers(relation: "father", lives: SampleFamily.anhua))
            }
            #expect(other == .childClaimed(nil))
            let sameCounty = try await refusal {
                _ = try await season.apply(father, family, Answers(relation: "father", owner: "other_parent"))
            }
            #expect(sameCounty == .childClaimed(nil))
            #expect(try await season.read(mother, receipt).state == .qualified)
            #expect(
                try await refusal { _ = try await season.read(father, receipt) } == .notFound,
                "the other parent sees the file of whoever applied no more than a stranger does")
        }
    }

    @Test("of a mother and a father who submit at the same moment, one is taken")
    func atOnce() async throws {
        try await TestSeason.run { season in
            let family = try SampleFamily(1)
            season.register(family)
            let mother = try await season.arrive(family)
            let father = try await season.signIn(family.father)
            try await GiveHouseholdConsent(season.platform)(father)
            let results = try await withThrowingTaskGroup(of: ServiceError?.self) { group in
                for (viewer, relation, owner, place) in [
                    (mother, "mother", "guardian", nil), (father, "father", "other_parent", SampleFamily.anhua),
                ] {
                    group.addTask {
                        try await refusal {
                            _ = try await season.apply(
                                viewer, family, Answers(relation: relation, lives: place, owner: owner))
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(results.count { $0 == nil } == 1)
            #expect(results.count { $0 == .childClaimed(nil) } == 1)
            let live = try await season.database.read(.queue) { try $0.rows("SELECT id FROM application").count }
            #expect(live == 1)
        }
    }

    @Test("a child without an ID number is one child too, also when its paper is typed otherwise")
    func withoutNumber() async throws {
        try await TestSeason.run { season in
            let family = try SampleFamily(1)
            season.register(family)
            let mother = try await season.arrive(family)
            let baby = ChildForm(
                name: "周样例·宝", documentKind: "birth_certificate", documentNumber: "Q430012345", birthDate: "2020-05-01")
            let draft = try await StartDraftByHand(season.platform)(mother, baby)
            let receipt = try await season.submit(mother, draft, family)
            // The register finds children by number: a person looks, nobody is refused.
            #expect(try await season.wait(mother, receipt, for: .firstReview).status(.household) == .notSupported)

            let mistyped = ChildForm(
                name: "周样例·宝", documentKind: "birth_certificate", documentNumber: "Q430012354", birthDate: "2020-05-01")
            let second = try await StartDraftByHand(season.platform)(mother, mistyped)
            #expect(
                try await refusal {
                    _ = try await season.submit(mother, second, family, Answers(lives: SampleFamily.anhua))
                } == .childClaimed(receipt))

            let father = try await season.signIn(family.father)
            try await GiveHouseholdConsent(season.platform)(father)
            let third = try await StartDraftByHand(season.platform)(father, baby)
            #expect(
                try await refusal {
                    _ = try await season.submit(father, third, family, Answers(relation: "father", owner: "guardian"))
                } == .childClaimed(nil))

            let sister = ChildForm(
                name: "周样例·妹", documentKind: "birth_certificate", documentNumber: "Q430012999", birthDate: "2020-05-01")
            let fourth = try await StartDraftByHand(season.platform)(mother, sister)
            #expect(try await season.submit(mother, fourth, family) != receipt)
        }
    }

    @Test("a child that is given its number later is the same child")
    func numberLater() async throws {
        try await TestSeason.run { season in
            let family = try SampleFamily(1)
            season.register(family)
            let mother = try await season.arrive(family)
            let byHand = ChildForm(
                name: family.child.name.value, documentKind: "birth_certificate", documentNumber: "Q430012345",
                birthDate: family.child.birthDate.description)
            let draft = try await StartDraftByHand(season.platform)(mother, byHand)
            let receipt = try await season.submit(mother, draft, family)
            #expect(try await refusal { _ = try await season.apply(mother, family) } == .childClaimed(receipt))
        }
    }
}
