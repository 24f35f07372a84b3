import Enrollment
import Logging
import Services
import Tenancy
import Testing

@Suite("The province's numbers", .timeLimit(.minutes(5)))
struct ProvinceTests {
    private static let province: TenantCode = "430000"

    private func officer(_ season: TestSeason) async throws -> Viewer {
        try await season.officer(7, .provinceOfficer, in: Self.province)
    }

    @Test("an application is counted in its county, its city, its category and its state as soon as it moves")
    func follows() async throws {
        try await TestSeason.run { season in
            let officer = try await officer(season)
            #expect(try await now(season, officer).total == 0)
            let (viewer, receipt) = try await season.qualified(try SampleFamily(1))
            let neighbour = try SampleFamily(2)
            season.register(neighbour, title: false)
            let other = try await season.arrive(neighbour)
            _ = try await season.wait(other, try await season.apply(other, neighbour), for: .needsRepair)
            let numbers = try await now(season, officer)
            #expect(numbers.total == 2)
            #expect(numbers[.state, .init(state: .qualified)] == 1)
            #expect(numbers[.tenant, .init(tenant: TestSeason.taojiang)] == 2)
            #expect(numbers[.city, .init(city: "430900")] == 2)
            #expect(numbers[.category, .init(category: "household_and_home")] == 1)
            #expect(numbers[.category, .init(category: ProvinceNumbers.Key.unsettled)] == 1)
            #expect(numbers[.stage, .init(stage: .primary)] == 2)
            #expect(
                numbers.counts(.stateByCategoryAndTenant) == [
                    .init(state: .qualified, category: "household_and_home", tenant: TestSeason.taojiang): 1,
                    .init(
                        state: .needsRepair, category: ProvinceNumbers.Key.unsettled, tenant: TestSeason.taojiang): 1,
                ])
            try await WithdrawApplication(season.platform)(viewer, receipt)
            let after = try await now(season, officer)
            #expect(after.total == 2)
            #expect(after[.state, .init(state: .withdrawn)] == 1)
            #expect(after.counts(.stateByTenant).count == 2)
            for cube in ProvinceNumbers.Cube.allCases {
                #expect(after.counts(cube).values.reduce(0, +) == 2, "\(cube)")
            }
        }
    }

    /// The numbers as a process that keeps none yet reads them.
    private func now(_ season: TestSeason, _ officer: Viewer) async throws -> ProvinceNumbers {
        try await ReadProvince(try await TestSeason(beside: season).platform)(officer)
    }

    @Test("while somebody looks, the numbers are folded in the background, and what is new shows by itself")
    func keptFresh() async throws {
        try await TestSeason.run { season in
            let platform = season.platform
            let officer = try await officer(season)
            let read = ReadProvince(platform)
            let first = try await read(officer)
            #expect(first.total == 0)
            // Once more at once: nothing is asked of the database for it.
            #expect(try await read(officer).asOf == first.asOf)
            _ = try await season.qualified(try SampleFamily(1))
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await platform.province.keepFresh(platform) { Issue.record("\($0)") } }
                while try await read(officer).total == 0 { await Task.yield() }
                group.cancelAll()
            }
        }
    }

    @Test("only the province's officers see its numbers, and their role opens no county and no file")
    func forbidden() async throws {
        try await TestSeason.run { season in
            let platform = season.platform
            let (family, receipt) = try await season.qualified(try SampleFamily(1))
            let reviewer = try await season.officer(1, .firstReviewer, .secondReviewer, .admissionOfficer)
            for viewer in [family, reviewer] {
                #expect(try await refusal { _ = try await ReadProvince(platform)(viewer) } == .forbidden)
            }
            let officer = try await officer(season)
            for tenant in [TestSeason.taojiang, Self.province] {
                #expect(
                    try await refusal { _ = try await ReadDesk(platform)(officer, tenant, state: nil, after: nil) }
                        == .forbidden)
                #expect(try await refusal { _ = try await ReadCase(platform)(officer, tenant, receipt) } == .forbidden)
                #expect(try await refusal { _ = try await ReadAdmission(platform)(officer, tenant) } == .forbidden)
            }
            #expect(try await refusal { _ = try await season.read(officer, receipt) } == .notFound)
            // In a county the role would stand among those that open files; it cannot be given there, nor others here.
            for (role, tenant) in [(StaffRole.provinceOfficer, TestSeason.taojiang), (.firstReviewer, Self.province)] {
                #expect(
                    try await refusal {
                        _ = try await GrantStaffRole(platform)(
                            subject: "somebody", tenant: tenant, role: role, until: nil, by: "test")
                    } == .notFound)
            }
        }
    }

    @Test("compacting leaves one row a cell and the same numbers")
    func compacted() async throws {
        try await TestSeason.run { season in
            for number in 1...3 { _ = try await season.qualified(try SampleFamily(number)) }
            let recount = RecountCounters(season.platform)
            let before = try await recount()
            let fewer = try await CompactCounters(season.platform, logger: .init(label: "test"))()
            let after = try await recount()
            #expect(after.agrees && after.applications == 3)
            #expect(after.deltas == 1 && fewer == before.deltas - 1)
        }
    }
}
