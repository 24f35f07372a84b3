import Enrollment
import Logging
import Storage
import Testing

@testable import Services

@Suite("Edits, moves and withdrawals", .timeLimit(.minutes(5)))
struct RevisionTests {
    private let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// Takes the work that is due, as a worker does whose lease then runs out.
    private func work(_ season: TestSeason) async throws -> [JobRepository.Row] {
        let now = season.platform.clock.real()
        let key = season.platform.key(TestSeason.taojiang)
        return try await season.database.write(.tenant(key.tenant, key.season)) { tx in
            try JobRepository.claim(of: key, limit: 50, now: now, leaseUntil: now, in: tx).map(\.row)
        }
    }

    @Test("an edit is a new revision, checked anew; the former one stays")
    func edit() async throws {
        try await TestSeason.run { season in
            let family = try SampleFamily(1)
            let (viewer, receipt) = try await season.qualified(family)
            season.registers.say(.realEstateTitle, about: family.mother, .records([]))
            let draft = try await EditApplication(season.platform)(viewer, receipt)
            #expect(try await ReadDraft(season.platform)(viewer, draft).edits == receipt)
            let again = try await season.submit(viewer, draft, family, Answers(kind: .rented))
            #expect(again == receipt)
            let view = try await season.wait(viewer, receipt, for: .qualified)
            #expect(view.revision == 2)
            #expect(view.category?.id == "household_only")
            let key = season.platform.key(TestSeason.taojiang)
            let kept = try await season.database.read(.tenant(key.tenant, key.season)) { tx in
                try ApplicationRepository.revision(1, of: view.id, key, in: tx) != nil
            }
            #expect(kept)
            #expect(try await ReadFamily(season.platform)(viewer).children.count { $0.application != nil } == 1)
        }
    }

    @Test("an edit asks again only what it changed; a draft from before another edit is refused")
    func editKeeps() async throws {
        try await TestSeason.run { season in
            let family = try SampleFamily(1)
            let (viewer, receipt) = try await season.qualified(family)
            let (first, second) = (
                try await EditApplication(season.platform)(viewer, receipt),
                try await EditApplication(season.platform)(viewer, receipt)
            )
            let asked = season.registers.questions.count { $0.purpose == .enrollment }
            _ = try await season.submit(viewer, first, family, Answers(phone: "13900005678"))
            let view = try await season.wait(viewer, receipt) { $0.revision == 2 && $0.state == .qualified }
            #expect(view.answers.phone == "13900005678")
            #expect(season.registers.questions.count { $0.purpose == .enrollment } == asked)
            #expect(
                try await refusal { _ = try await season.submit(viewer, second, family) } == .stateChanged(.qualified))
            #expect(try await season.read(viewer, receipt).revision == 2)
        }
    }

    @Test("a late reply about a former revision changes nothing")
    func lateReply() async throws {
        let season = try await TestSeason()
        let family = try SampleFamily(1)
        season.register(family)
        season.registers.say(.realEstateTitle, about: family.mother, family.title, .records([]))
        let viewer = try await season.arrive(family)
        let receipt = try await season.apply(viewer, family)
        let title = try #require(try await work(season).first { $0.credential == .realEstateTitle })
        season.registers.hold(.realEstateTitle)
        let check = CheckCredential(platform: season.platform, logger: logger)
        async let late = check(title)
        await season.registers.whenChecked(.realEstateTitle)

        let draft = try await EditApplication(season.platform)(viewer, receipt)
        _ = try await season.submit(viewer, draft, family, Answers(kind: .rented))
        let before = try await season.read(viewer, receipt)
        season.registers.letGo(.realEstateTitle)
        _ = try await late
        let after = try await season.read(viewer, receipt)
        #expect(after == before)
        #expect(after.revision == 2)

        try await season.working {
            let view = try await season.wait(viewer, receipt, for: .qualified)
            #expect(view.category?.id == "household_only")
            #expect(view.facts.first { $0.key == .homeOwned }?.source == .declared)
        }
        try await season.database.close()
    }

    @Test("a late reply after a withdrawal changes nothing")
    func lateReplyAfterWithdrawal() async throws {
        let season = try await TestSeason()
        let family = try SampleFamily(1)
        season.register(family)
        let viewer = try await season.arrive(family)
        let receipt = try await season.apply(viewer, family)
        let title = try #require(try await work(season).first { $0.credential == .realEstateTitle })
        season.registers.hold(.realEstateTitle)
        let check = CheckCredential(platform: season.platform, logger: logger)
        async let late = check(title)
        await season.registers.whenChecked(.realEstateTitle)
        try await WithdrawApplication(season.platform)(viewer, receipt)
        let before = try await season.read(viewer, receipt)
        season.registers.letGo(.realEstateTitle)
        _ = try await late
        let after = try await season.read(viewer, receipt)
        #expect(after == before)
        #expect(after.state == .withdrawn)
        try await season.database.close()
    }

    @Test("a check that a repair carries over while a worker has just taken it is still made")
    func carriedOverWhileTaken() async throws {
        let season = try await TestSeason()
        let family = try SampleFamily(1)
        season.register(family)
        let viewer = try await season.arrive(family)
        let receipt = try await season.apply(viewer, family, Answers(certificateNumber: "湘(2023)桃江县不动产权第9999999号"))
        let check = CheckCredential(platform: season.platform, logger: logger)
        let taken = try await work(season)
        try await check(try #require(taken.first { $0.credential == .realEstateTitle }))
        // The household's check is taken but not begun when the family corrects its title.
        try await RepairCredential(season.platform)(viewer, receipt, .realEstateTitle, season.homeForm(family))
        try await check(try #require(taken.first { $0.credential == .household }))
        #expect(try await season.read(viewer, receipt).status(.household) == .confirmed)
        try await season.working { try await season.wait(viewer, receipt, for: .qualified) }
        #expect(season.registers.checks(.household) == 1)
        try await season.database.close()
    }

    @Test("an edit takes back that a person was asked: the registers are asked first again")
    func editAfterPerson() async throws {
        try await TestSeason.run { season in
            let family = try SampleFamily(1)
            season.register(family, title: false)
            let viewer = try await season.arrive(family)
            let receipt = try await season.apply(viewer, family)
            try await season.wait(viewer, receipt) { $0.state == .needsRepair && $0.status(.household) == .confirmed }
            try await AskForPerson(season.platform)(
                viewer, receipt, .realEstateTitle, homeKind: "", note: "请人工看", photo: nil)
            season.register(family)
            let draft = try await EditApplication(season.platform)(viewer, receipt)
            _ = try await season.submit(viewer, draft, family)
            let view = try await season.wait(viewer, receipt, for: .qualified)
            let states = view.history.drop { $0.type != .edited }.map(\.state)
            #expect(!states.contains(.firstReview), "\(states)")
        }
    }

    @Test("a withdrawn child can be registered elsewhere, and a withdrawn application cannot be changed")
    func withdraw() async throws {
        try await TestSeason.run { season in
            let family = try SampleFamily(1)
            let (viewer, receipt) = try await season.qualified(family)
            try await WithdrawApplication(season.platform)(viewer, receipt)
            let view = try await season.read(viewer, receipt)
            #expect(view.state == .withdrawn && !view.canEdit && !view.canWithdraw)
            let again = try await season.apply(viewer, family, Answers(lives: SampleFamily.anhua))
            #expect(again.tenant == TestSeason.anhua)
            let platform = season.platform
            #expect(
                try await refusal { try await WithdrawApplication(platform)(viewer, receipt) }
                    == .stateChanged(.withdrawn))
            #expect(
                try await refusal { _ = try await EditApplication(platform)(viewer, receipt) }
                    == .stateChanged(.withdrawn))
        }
    }

    @Test("moving to another county by an edit withdraws there and claims here at once")
    func move() async throws {
        try await TestSeason.run { season in
            let family = try SampleFamily(1)
            let (viewer, former) = try await season.qualified(family)
            let draft = try await EditApplication(season.platform)(viewer, former)
            let moved = try await season.submit(viewer, draft, family, Answers(lives: SampleFamily.anhua))
            #expect(moved.tenant == TestSeason.anhua)
            #expect(try await season.read(viewer, former).state == .withdrawn)
            let view = try await season.read(viewer, moved)
            #expect(view.revision == 1)
            let claims = try await season.database.read(.queue) { tx in
                try tx.rows("SELECT tenant, application FROM child_claim").map {
                    [try $0.text("tenant"), ApplicationID(bytes: try $0.blob("application")).description]
                }
            }
            #expect(claims == [[TestSeason.anhua.rawValue, view.id.description]])
            let home = try await ReadFamily(season.platform)(viewer)
            #expect(home.children.first?.application?.receipt == moved)
        }
    }

    @Test("a move that is refused leaves everything as it was")
    func refusedMove() async throws {
        try await TestSeason.run { season in
            let family = try SampleFamily(1)
            let (viewer, receipt) = try await season.qualified(family)
            let draft = try await EditApplication(season.platform)(viewer, receipt)
            let error = try await refusal {
                _ = try await season.submit(
                    viewer, draft, family, Answers(lives: SampleFamily.anhua, consents: []))
            }
            #expect(error?.code == "service.invalid")
            let view = try await season.read(viewer, receipt)
            #expect(view.state == .qualified && view.revision == 1)
        }
    }

    @Test("two repairs at once are one: the other learns where the application stands")
    func repairsAtOnce() async throws {
        try await TestSeason.run { season in
            let family = try SampleFamily(1)
            season.register(family)
            let viewer = try await season.arrive(family)
            let receipt = try await season.apply(viewer, family, Answers(certificateNumber: "湘(2023)桃江县不动产权第9999999号"))
            try await season.wait(viewer, receipt) { $0.state == .needsRepair && $0.status(.household) == .confirmed }
            season.registers.hold(.realEstateTitle)
            let refusals = try await withThrowingTaskGroup(of: ServiceError?.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        try await refusal {
                            try await RepairCredential(season.platform)(
                                viewer, receipt, .realEstateTitle, season.homeForm(family))
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(refusals.count { $0 == nil } == 1)
            #expect(refusals.count { $0 == .stateChanged(.verifying) } == 3)
            season.registers.letGo(.realEstateTitle)
            #expect(try await season.wait(viewer, receipt, for: .qualified).revision == 2)
        }
    }
}
