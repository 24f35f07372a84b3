import Enrollment
import Tenancy
import Testing

@Suite("Shared files")
struct SharedFilesTests {
    private static let household = "credentials/household.yaml"
    private static let communities = "gazetteer/communities.csv"

    static let breakages: [Breakage] = [
        .init(
            "an unknown key in the province's standards", "province.yaml", "name: { zh: 湖南省",
            "nane: 湖南\nname: { zh: 湖南省",
            at: "nane:", field: "nane", value: "nane", "unknown key"),
        .init(
            "a legal maximum over 55", "province.yaml", "legal_maximum: 55", "legal_maximum: 60",
            field: "legal_maximum", value: "60", "not an allowed whole number"),
        .init(
            "an unknown fact in the template", "province.yaml", "- parents.own_no_home == true",
            "- parents.are_poor == true", field: "condition.all", value: "parents.are_poor", "unknown fact"),
        .init(
            "another season", "province.yaml", "season: 2026", "season: 2025", field: "season", value: "2025",
            "another season"),
        .init(
            "an unknown credential", household, "credential: household", "credential: passport", field: "credential",
            value: "passport", "not an allowed value"),
        .init(
            "a field nothing reads", household, "household_number:", "houshold_number:",
            field: "fields.houshold_number",
            value: "houshold_number", "unknown field"),
        .init(
            "a way of reading nobody knows", household, "from: csrq, as: date", "from: csrq, as: day",
            field: "fields.members.records.birth_date.as", value: "day", "not an allowed value"),
        .init(
            "a request that asks about nobody", household, "gmsfhm: subject_number, ", "", at: "request:",
            field: "request", value: "", "nobody is asked about"),
        .init(
            "an unknown source of a request field", household, "sqmd: purpose", "sqmd: reason", field: "request.sqmd",
            value: "reason", "not an allowed value"),
        .init(
            "a deadline that is no number", household, "deadline_milliseconds: 5000", "deadline_milliseconds: 5s",
            field: "deadline_milliseconds", value: "5s", "not an allowed whole number"),
        .init(
            "a community of an unknown division", communities, "430922,", "430999,", field: "county_code",
            value: "", "not one of today's divisions"),
        .init(
            "a community without a township", communities, "430922,桃花江镇,", "430922,,", field: "columns",
            value: "", "wrong number of cells"),
        .init(
            "a division of an unknown level", "gazetteer/divisions.csv", "桃江县,county,", "桃江县,shire,", field: "level",
            value: "shire", "unknown level"),
        .init(
            "a township of an unknown division", "gazetteer/townships.csv", "township,430922", "township,430999",
            field: "parent_code", value: "430999", "not one of today's divisions"),
    ]

    @Test("a broken shared file refuses to load, with file and line", arguments: breakages)
    func refuses(_ breakage: Breakage) throws {
        let fixture = try TenantsFixture()
        try fixture.replace(breakage.old, with: breakage.new, in: breakage.file)
        let line = try fixture.line(of: breakage.at, in: breakage.file)
        let error = try #require(throws: TenancyError.self) { try fixture.load() }
        #expect(error.code == "tenancy.shared_files_broken")
        let problem = try #require(error.problems.first)
        #expect(
            "\(problem.file):\(problem.line) \(problem.field)" == "\(breakage.file):\(line) \(breakage.field)",
            "\(error)")
        #expect(problem.problem.contains(breakage.problem), "\(error)")
        if !breakage.value.isEmpty { #expect(problem.value == breakage.value) }
    }

    @Test("all problems of all shared files are told at once")
    func accumulates() throws {
        let fixture = try TenantsFixture()
        try fixture.replace("legal_maximum: 55", with: "legal_max: 55", in: "province.yaml")
        try fixture.replace("valid_hours: 24", with: "valid_hours: 0", in: Self.household)
        try fixture.replace("桃江县,county,", with: "桃江县,shire,", in: "gazetteer/divisions.csv")
        let error = try #require(throws: TenancyError.self) { try fixture.load() }
        #expect(Set(error.problems.map(\.file)).isSuperset(of: [Self.household, "gazetteer/divisions.csv"]))
        #expect(TenantReport.validation(error).hasSuffix("none can be served."))
    }

    @Test("a register that a rule needs and nobody can ask refuses the template")
    func missingConnector() throws {
        let fixture = try TenantsFixture()
        try fixture.remove("credentials/social_insurance.yaml")
        let error = try #require(throws: TenancyError.self) { try fixture.load() }
        #expect(error.problems.map(\.value) == ["social_insurance"])
        #expect(error.problems.map(\.problem) == ["没有连接器 no connector"])
        #expect(error.problems.map(\.file) == ["province.yaml"])
    }

    @Test("a directory that is not there is told by its path")
    func noDirectory() {
        #expect(throws: TenancyError.directoryUnreadable("nowhere")) {
            try TenantRegistry.load(directory: "nowhere", season: RealTenants.season)
        }
    }

    @Test("a season that the standards are not written for is refused")
    func otherSeason() throws {
        let fixture = try TenantsFixture()
        let error = try #require(throws: TenancyError.self) {
            try TenantRegistry.load(directory: fixture.directory, season: SeasonYear(2027))
        }
        #expect(error.problems.first?.field == "season")
    }
}
