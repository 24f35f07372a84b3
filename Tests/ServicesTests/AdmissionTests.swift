import Enrollment
import Services
import Storage
import Tenancy
import Testing

@Suite("Giving the seats", .timeLimit(.minutes(5)))
struct AdmissionTests {
    static let code = TestSeason.taojiang
    static let freezeMorning = "2026-07-21T09:00:00+08:00"

    private func roster(_ season: TestSeason, _ run: AllocationRunID) async throws -> [AdmissionRepository.RosterEntry]
    {
        let key = TenantSeason(Self.code, SeasonYear(2026))
        return try await season.database.read(.tenant(key.tenant, key.season)) {
            try AdmissionRepository.roster(run: run, of: key, in: $0)
        }
    }

    @Test("nothing runs before the freeze day, without anybody qualified, or by somebody without the role")
    func beforeFreeze() async throws {
        try await TestSeason.run { season in
            let officer = try await season.officer(1, .admissionOfficer)
            let reviewer = try await season.officer(2, .firstReviewer, .secondReviewer)
            let run = RunAdmission(season.platform)
            let freezes = try #require(CivilDate("2026-07-21"))
            #expect(
                try await refusal { try await run(officer, Self.code, provisional: true) }
                    == .rosterNotReady(.beforeFreeze(freezes)))
            #expect(try await ReadAdmission(season.platform)(officer, Self.code).problem == .beforeFreeze(freezes))
            try await season.move(to: Self.freezeMorning)
            #expect(
                try await refusal { try await run(officer, Self.code, provisional: true) } == .rosterNotReady(.nobody))
            #expect(try await refusal { try await run(reviewer, Self.code, provisional: true) } == .forbidden)
        }
    }

    @Test(
        "while a source may still answer nothing runs; after its time unresolved families enter only when an officer says so, in the category they claim"
    )
    func provisional() async throws {
        try await TestSeason.run(at: "2026-07-20T18:00:00+08:00") { season in
            _ = try await season.qualified(try SampleFamily(1))
            let family = try SampleFamily(2)
            season.register(family)
            season.registers.say(.realEstateTitle, about: family.mother, .unavailable(.timeout))
            let viewer = try await season.arrive(family)
            let receipt = try await season.apply(viewer, family)
            try await season.wait(viewer, receipt) {
                $0.state == .waitingForSource && $0.status(.household) == .confirmed
            }
            let officer = try await season.officer(1, .admissionOfficer)
            let run = RunAdmission(season.platform)

            try await season.move(to: Self.freezeMorning)
            let early = try await refusal { try await run(officer, Self.code, provisional: true) }
            guard case .rosterNotReady(.sourcesMayAnswer(let applications, let until))? = early else {
                Issue.record("ran inside the source's answer time: \(String(describing: early))")
                return
            }
            #expect(applications == 1)
            #expect(until.day == CivilDate("2026-07-23"))

            try await season.move(to: "2026-07-24T09:00:00+08:00")
            let late = try await refusal { try await run(officer, Self.code, provisional: false) }
            #expect(late == .rosterNotReady(.unresolved([.waitingForSource: 1])))
            let summary = try await run(officer, Self.code, provisional: true)
            #expect(summary.candidates == 2 && summary.placed == 2 && summary.provisional == 1)
            let entries = try await roster(season, summary.run)
            #expect(entries.map(\.category) == ["household_and_home", "household_and_home"])

            let other = try await season.officer(2, .admissionOfficer)
            try await ReleaseAdmission(season.platform)(other, Self.code, summary.run)
            let view = try await season.read(viewer, receipt)
            #expect(view.state == .offered)
            #expect(view.offer?.conditional == true)

            // The source is back, and is asked again by itself: what was given on the claim's word becomes final.
            season.register(family)
            let settled = try await season.wait(viewer, receipt) { $0.offer?.conditional == false }
            #expect(settled.state == .offered)
        }
    }

    @Test("a claim that a register refutes enters provisionally as claimed, never lower")
    func disputedEntersAsClaimed() async throws {
        try await TestSeason.run { season in
            let family = try SampleFamily(1)
            season.register(family, title: false)
            let viewer = try await season.arrive(family)
            let receipt = try await season.apply(viewer, family)
            try await season.wait(viewer, receipt) { $0.state == .needsRepair && $0.status(.household) == .confirmed }
            _ = try await season.qualified(try SampleFamily(2))
            let officer = try await season.officer(1, .admissionOfficer)
            try await season.move(to: "2026-07-24T09:00:00+08:00")
            let summary = try await RunAdmission(season.platform)(officer, Self.code, provisional: true)
            let entry = try #require(try await roster(season, summary.run).first { $0.provisional })
            #expect(entry.category == "household_and_home")
            #expect(entry.candidate.category == 1)
        }
    }

    @Test("a family that has something to correct is waited for too, while another of its sources may answer")
    func repairAndSilence() async throws {
        try await TestSeason.run(at: "2026-07-20T18:00:00+08:00") { season in
            _ = try await season.qualified(try SampleFamily(1))
            let family = try SampleFamily(2)
            season.register(family, title: false)
            season.registers.say(.household, about: family.child, .unavailable(.timeout))
            let viewer = try await season.arrive(family)
            let receipt = try await season.apply(viewer, family)
            try await season.wait(viewer, receipt) { $0.state == .needsRepair && $0.status(.household) == .sourceDown }
            let officer = try await season.officer(1, .admissionOfficer)
            try await season.move(to: Self.freezeMorning)
            let error = try await refusal {
                try await RunAdmission(season.platform)(officer, Self.code, provisional: true)
            }
            guard case .rosterNotReady(.sourcesMayAnswer(1, _))? = error else {
                Issue.record("ran inside the source's answer time: \(String(describing: error))")
                return
            }
        }
    }

    @Test(
        "seats are never exceeded, nobody is dropped, nothing shows before another officer releases it, and offers are answered once"
    )
    func wholeRun() async throws {
        let registry = try RealTenants.loaded.get().replacing(Self.code) { $0.with(seats: ["P01": 2, "P05": 1]) }
        try await TestSeason.run(registry: registry) { season in
            var families: [(viewer: Viewer, receipt: ReceiptNumber)] = []
            for number in 1...5 { families.append(try await season.qualified(try SampleFamily(number))) }
            let gone = try await season.qualified(try SampleFamily(6))
            try await WithdrawApplication(season.platform)(gone.viewer, gone.receipt)
            let platform = season.platform
            let officer = try await season.officer(1, .admissionOfficer)
            let other = try await season.officer(2, .admissionOfficer)
            try await season.move(to: Self.freezeMorning)
            let summary = try await RunAdmission(platform)(officer, Self.code, provisional: false)
            #expect(summary.candidates == 5 && summary.placed == 3 && summary.unplaced == 2)
            #expect(summary.schools == ["P01": 2, "P05": 1])
            #expect(
                try await refusal { try await RunAdmission(platform)(officer, Self.code, provisional: true) }
                    == .rosterNotReady(.runWaitsForRelease))

            for family in families {
                let view = try await season.read(family.viewer, family.receipt)
                #expect(view.state == .qualified && view.offer == nil)
            }
            #expect(
                try await refusal { try await ReleaseAdmission(platform)(officer, Self.code, summary.run) }
                    == .sameReviewer)
            let foreign = AllocationRunID(high: 1, low: 2)
            #expect(try await refusal { try await ReleaseAdmission(platform)(other, Self.code, foreign) } == .notFound)
            try await ReleaseAdmission(platform)(other, Self.code, summary.run)
            #expect(try await refusal { try await ReleaseAdmission(platform)(other, Self.code, summary.run) } != nil)

            var offered: [(viewer: Viewer, receipt: ReceiptNumber)] = []
            var states: [ApplicationState: Int] = [:]
            for family in families {
                let view = try await season.read(family.viewer, family.receipt)
                states[view.state, default: 0] += 1
                if let offer = view.offer {
                    #expect(view.state == .offered && offer.state == .open && !offer.conditional)
                    #expect(offer.drawNumber != nil)
                    offered.append(family)
                }
            }
            #expect(states == [.offered: 3, .coordination: 2])
            #expect(try await season.read(gone.viewer, gone.receipt).state == .withdrawn)
            #expect(try await ReadLeft(platform)(other, Self.code).map(\.cause) == [.noSeat, .noSeat])

            try await AnswerOffer(platform)(offered[0].viewer, offered[0].receipt, accept: true)
            try await AnswerOffer(platform)(offered[1].viewer, offered[1].receipt, accept: false)
            #expect(try await season.read(offered[0].viewer, offered[0].receipt).state == .accepted)
            #expect(try await season.read(offered[1].viewer, offered[1].receipt).offer?.state == .released)
            #expect(
                try await refusal {
                    try await AnswerOffer(platform)(offered[0].viewer, offered[0].receipt, accept: false)
                } == .stateChanged(.accepted))
            #expect(
                try await refusal { try await WithdrawApplication(platform)(offered[0].viewer, offered[0].receipt) }
                    == .stateChanged(.accepted))

            try await season.move(to: "2026-08-16T09:00:00+08:00")
            #expect(try await season.read(offered[2].viewer, offered[2].receipt).offer?.state == .expired)
            #expect(
                try await refusal {
                    try await AnswerOffer(platform)(offered[2].viewer, offered[2].receipt, accept: true)
                } == .stateChanged(.offered))
        }
    }

    @Test("the operator who ran it does not release it either")
    func operatorRun() async throws {
        try await TestSeason.run { season in
            _ = try await season.qualified(try SampleFamily(1))
            try await season.move(to: Self.freezeMorning)
            let summary = try await RunAdmission(season.platform)(asOperator: Self.code, provisional: false)
            let release = ReleaseAdmission(season.platform)
            #expect(try await refusal { try await release(asOperator: Self.code, summary.run) } == .sameReviewer)
            try await release(try await season.officer(1, .admissionOfficer), Self.code, summary.run)
        }
    }

    @Test("twins share a number and stand next to each other")
    func twins() async throws {
        try await TestSeason.run { season in
            let twins = try SampleFamily(1, childrenBorn: ["2020-03-15", "2020-03-15"])
            season.register(twins)
            let mother = try await season.arrive(twins)
            for child in twins.children {
                let receipt = try await season.apply(mother, twins, child: child)
                try await season.wait(mother, receipt, for: .qualified)
            }
            for number in 2...9 { _ = try await season.qualified(try SampleFamily(number)) }
            try await season.move(to: Self.freezeMorning)
            let summary = try await RunAdmission(season.platform)(asOperator: Self.code, provisional: false)
            let entries = try await roster(season, summary.run).sorted {
                ($0.candidate.drawNumber, $0.candidate.ticket) < ($1.candidate.drawNumber, $1.candidate.ticket)
            }
            #expect(entries.count == 10)
            let shared = Dictionary(grouping: entries.indices) { entries[$0].candidate.drawNumber }.values.filter {
                $0.count > 1
            }
            #expect(shared.count == 1)
            let pair = try #require(shared.first)
            #expect(pair.count == 2 && pair[1] == pair[0] + 1)
            #expect(Set(entries.map(\.candidate.ticket)).count == 10)
        }
    }

    @Test("a child that no category fits stays with its reviewers at the release, and goes to the bureau from there")
    func coordinationAtRelease() async throws {
        try await TestSeason.run { season in
            _ = try await season.qualified(try SampleFamily(1))
            let family = try SampleFamily(2, community: SampleFamily.anhua)
            season.register(family, title: false)
            season.registers.say(.residencePermit, about: family.mother, .records([]))
            let viewer = try await season.arrive(family)
            let receipt = try await season.apply(viewer, family, Answers(lives: SampleFamily.jintao, kind: .rented))
            try await season.wait(viewer, receipt) { $0.state == .needsRepair && $0.verificationMilliseconds != nil }
            try await AcceptRegister(season.platform)(viewer, receipt, .residencePermit)
            let officer = try await season.officer(1, .admissionOfficer)
            try await season.move(to: "2026-07-24T09:00:00+08:00")
            let summary = try await RunAdmission(season.platform)(officer, Self.code, provisional: true)
            #expect(summary.candidates + summary.coordination == 2)
            try await ReleaseAdmission(season.platform)(
                try await season.officer(2, .admissionOfficer), Self.code, summary.run)
            #expect(try await season.read(viewer, receipt).state == .firstReview)
            try await ReviewFirst(season.platform)(
                try await season.officer(3, .firstReviewer), Self.code, receipt, verdict: "coordination", findings: [:],
                reason: "没有符合的类别")
            try await ReviewSecond(season.platform)(
                try await season.officer(4, .secondReviewer), Self.code, receipt, verdict: "approve", reason: "同意")
            #expect(try await season.read(viewer, receipt).state == .coordination)
            #expect(try await ReadLeft(season.platform)(officer, Self.code).map(\.cause) == [.noCategory])
        }
    }
}
