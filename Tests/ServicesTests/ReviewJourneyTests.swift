import Enrollment
import Services
import Testing

@Suite("What people decide", .timeLimit(.minutes(5)))
struct ReviewJourneyTests {
    /// A family in a self-built home, before the first reviewer.
    private func selfBuilt(_ season: TestSeason) async throws -> (viewer: Viewer, receipt: ReceiptNumber) {
        let family = try SampleFamily(1)
        season.register(family, title: false)
        let viewer = try await season.arrive(family)
        let receipt = try await season.apply(viewer, family, Answers(kind: .selfBuilt))
        try await season.wait(viewer, receipt, for: .firstReview)
        return (viewer, receipt)
    }

    @Test("a self-built home is found by one officer, signed by another, and qualifies")
    func twoPeople() async throws {
        try await TestSeason.run { season in
            let (viewer, receipt) = try await selfBuilt(season)
            let first = try await season.officer(1, .firstReviewer, .secondReviewer)
            let second = try await season.officer(2, .secondReviewer)
            let code = TestSeason.taojiang
            let open = try await ReadCase(season.platform)(first, code, receipt)
            #expect(open.canFirstReview && !open.canSecondReview)
            #expect(open.openFacts.map(\.key).contains(.homeOwned))
            #expect(open.openFacts.map(\.key).contains(.homeResidential))

            try await ReviewFirst(season.platform)(
                first, code, receipt, verdict: "findings", findings: [.homeOwned: "yes", .homeResidential: "yes"],
                reason: "看过样例宅基地证")
            let proposed = try await season.read(viewer, receipt)
            #expect(proposed.state == .secondReview)
            #expect(proposed.category == nil, "a finding that nobody has signed counts for nothing")
            #expect(try await ReadCase(season.platform)(first, code, receipt).mayBeSecond == false)
            #expect(
                try await refusal {
                    try await ReviewSecond(season.platform)(first, code, receipt, verdict: "approve", reason: "同意")
                } == .sameReviewer)

            try await ReviewSecond(season.platform)(second, code, receipt, verdict: "return", reason: "缺照片")
            #expect(try await season.read(viewer, receipt).state == .firstReview)
            try await ReviewFirst(season.platform)(
                first, code, receipt, verdict: "findings", findings: [.homeOwned: "yes", .homeResidential: "yes"],
                reason: "照片已补")
            try await ReviewSecond(season.platform)(second, code, receipt, verdict: "approve", reason: "同意")
            let view = try await season.read(viewer, receipt)
            #expect(view.state == .qualified)
            #expect(view.category?.id == "household_and_home")
            #expect(view.schools.map(\.code) == ["P01", "P05"])
            let fact = try #require(view.facts.first { $0.key == .homeOwned })
            #expect(fact.source == .finding && fact.state == .known(.flag(true)))
            let findings = try await ReadCase(season.platform)(second, code, receipt).findings
            #expect(findings.count { $0.signedTwice } == 2)
            #expect(view.reviews.map(\.stage) == [.first, .second, .first, .second])
        }
    }

    @Test("findings that nobody vouched for in the vocabulary's values are refused, and nothing is written")
    func wrongFindings() async throws {
        try await TestSeason.run { season in
            let (viewer, receipt) = try await selfBuilt(season)
            let first = try await season.officer(1, .firstReviewer)
            for findings: [FactKey: String] in [
                [.homeOwned: "maybe"], [.insuranceMonths: "-1"], [.permitCommunity: "430922/桃花江镇/没有的社区"],
                ["no.such_fact": "yes"], [:],
            ] {
                let error = try await refusal {
                    try await ReviewFirst(season.platform)(
                        first, TestSeason.taojiang, receipt, verdict: "findings", findings: findings, reason: "看过")
                }
                #expect(error?.code == "service.invalid")
            }
            #expect(try await season.read(viewer, receipt).state == .firstReview)
        }
    }

    @Test("where no category fits, two officers hand the child to the bureau, which names a next step")
    func coordination() async throws {
        try await TestSeason.run { season in
            let (viewer, receipt) = try await selfBuilt(season)
            let first = try await season.officer(1, .firstReviewer)
            let second = try await season.officer(2, .secondReviewer, .admissionOfficer)
            try await ReviewFirst(season.platform)(
                first, TestSeason.taojiang, receipt, verdict: "coordination", findings: [:], reason: "由局里统筹")
            try await ReviewSecond(season.platform)(
                second, TestSeason.taojiang, receipt, verdict: "approve", reason: "同意统筹")
            #expect(try await season.read(viewer, receipt).state == .coordination)
            let left = try await ReadLeft(season.platform)(second, TestSeason.taojiang)
            #expect(left.map(\.receipt) == [receipt])
            #expect(left.first?.childName == "林****")
        }
    }

    @Test("an officer asks for something, the family answers, the officer reads it")
    func supplement() async throws {
        try await TestSeason.run { season in
            let (viewer, receipt) = try await selfBuilt(season)
            let first = try await season.officer(1, .firstReviewer)
            try await RequestSupplement(season.platform)(first, TestSeason.taojiang, receipt, note: "请补宅基地证照片")
            let asked = try await season.read(viewer, receipt)
            #expect(asked.state == .supplementRequested)
            #expect(asked.supplementNote == "请补宅基地证照片")
            try await AnswerSupplement(season.platform)(
                viewer, receipt, note: "已附上照片", photo: Upload(bytes: SampleImage.png))
            let answered = try await season.read(viewer, receipt)
            #expect(answered.state == .firstReview)
            #expect(answered.attachments.count == 1)
            #expect(
                try await ReadCase(season.platform)(first, TestSeason.taojiang, receipt).familyNotes == [
                    CaseNote(text: "已附上照片")
                ])
            #expect(
                try await refusal {
                    try await AnswerSupplement(season.platform)(viewer, receipt, note: "再来一次", photo: nil)
                } == .stateChanged(.firstReview))
        }
    }

    @Test("staff of one county sees nothing of another, and nobody without the role decides")
    func otherTenant() async throws {
        try await TestSeason.run { season in
            let (viewer, receipt) = try await selfBuilt(season)
            let stranger = try await season.officer(
                1, .firstReviewer, .secondReviewer, .admissionOfficer, in: TestSeason.anhua)
            let platform = season.platform
            let code = TestSeason.taojiang
            #expect(
                try await refusal { _ = try await ReadDesk(platform)(stranger, code, state: nil, after: nil) }
                    == .forbidden)
            #expect(try await refusal { _ = try await ReadCase(platform)(stranger, code, receipt) } == .forbidden)
            #expect(
                try await refusal { _ = try await ReadCase(platform)(stranger, TestSeason.anhua, receipt) } == .notFound
            )
            #expect(try await refusal { _ = try await ReadAdmission(platform)(stranger, code) } == .forbidden)
            #expect(try await refusal { _ = try await ReadLeft(platform)(stranger, code) } == .forbidden)
            #expect(try await refusal { _ = try await ReadCounts(platform)(stranger, code) } == .forbidden)
            #expect(
                try await refusal { try await RequestSupplement(platform)(stranger, code, receipt, note: "请补") }
                    == .forbidden)
            #expect(
                try await refusal {
                    try await ReviewFirst(platform)(
                        stranger, TestSeason.anhua, receipt, verdict: "coordination", findings: [:], reason: "统筹")
                } == .notFound)
            let second = try await season.officer(2, .secondReviewer)
            #expect(
                try await refusal {
                    try await ReviewFirst(platform)(
                        second, code, receipt, verdict: "coordination", findings: [:], reason: "统筹")
                } == .forbidden)
            #expect(
                try await refusal { _ = try await ReadDesk(platform)(viewer, code, state: nil, after: nil) }
                    == .forbidden)
            #expect(try await ReadDesk(platform)(stranger, TestSeason.anhua, state: nil, after: nil).lines.isEmpty)
            #expect(try await season.read(viewer, receipt).state == .firstReview)
        }
    }

    @Test("a role that was taken away is gone at once")
    func revoked() async throws {
        try await TestSeason.run { season in
            let officer = try await season.officer(1, .firstReviewer)
            let grant = try #require(try await GrantStaffRole(season.platform).list(tenant: TestSeason.taojiang).first)
            #expect(officer.roles(in: TestSeason.taojiang) == [.firstReviewer])
            try await GrantStaffRole(season.platform).revoke(grant.id, by: "test")
            let again = try await season.officer(1)
            #expect(again.person == officer.person)
            #expect(again.grants.isEmpty)
        }
    }

    @Test("lists show masked names and only what is open")
    func desk() async throws {
        try await TestSeason.run { season in
            let (_, receipt) = try await selfBuilt(season)
            let neighbour = try await season.qualified(try SampleFamily(2))
            let first = try await season.officer(1, .firstReviewer)
            let all = try await ReadDesk(season.platform)(first, TestSeason.taojiang, state: nil, after: nil)
            #expect(Set(all.lines.map(\.receipt)) == [receipt, neighbour.receipt])
            #expect(all.counts == [.firstReview: 1, .qualified: 1])
            #expect(all.lines.allSatisfy { $0.childName == "林****" })
            let open = try await ReadDesk(season.platform)(first, TestSeason.taojiang, state: .firstReview, after: nil)
            #expect(open.lines.map(\.receipt) == [receipt])
            #expect(open.lines.first?.pending.isEmpty == false)
            let counts = try await ReadCounts(season.platform)(first, TestSeason.taojiang)
            #expect(counts.byCategory == ["household_and_home": 1])
        }
    }
}
