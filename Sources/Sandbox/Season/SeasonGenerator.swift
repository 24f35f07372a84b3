public import Catchments
import Enrollment
public import Tenancy

/// Generates a season: invented families whose truth is chosen first and then made so in the registers.
///
/// Of the platform it uses names, lists and days only; it calls no rule, reading, catchment or admission code.
public struct SeasonGenerator: Sendable {
    public let settings: SeasonSettings
    private let tenants: [Tenant]
    private let map: SeasonMap

    public init(settings: SeasonSettings, tenants: [Tenant], gazetteer: Gazetteer) {
        self.settings = settings
        self.tenants = tenants.filter { (settings.families[$0.code] ?? 0) > 0 }.sorted { $0.code < $1.code }
        map = SeasonMap(gazetteer)
    }

    /// Tenants for which a season can be generated: those that serve a division and whose rules the generator knows.
    public static func canGenerate(for tenant: Tenant) -> Bool { obstacle(for: tenant) == nil }

    /// What stands in the way of a season for a tenant; nil where nothing does.
    public static func obstacle(for tenant: Tenant) -> SeasonObstacle? {
        if tenant.divisions.isEmpty { return .servesNoDivision }
        if tenant.mode != .hosted { return .verificationOnly }
        if !tenant.stages.contains(.primary) { return .noPrimary }
        return SeasonRules(of: tenant) == nil ? .unknownRules : nil
    }

    /// - Parameter progress: how many families are written, and of how many; called after each tenant.
    /// - Throws: ``SandboxError/noGround(tenant:)``.
    public func generate(progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }) throws -> GeneratedSeason {
        let total = tenants.reduce(0) { $0 + (settings.families[$1.code] ?? 0) }
        let samples = SamplePeople.registers.households.flatMap { $0.members.map(\.number) }
        var people = SeasonPeople(
            numbers: SeasonNumbers(taken: Set(samples + SamplePeople.identities.map(\.number))),
            random: SeasonRandom(seed: settings.seed), year: settings.year)
        var registers = RegisterBook()
        var identities: [SandboxIdentity] = []
        var families: [GeneratedFamily] = []
        var overlay: [String: String] = [:]
        var parts: [SeasonManifest.TenantPart] = []
        for tenant in tenants {
            guard Self.canGenerate(for: tenant) else { throw SandboxError.noGround(tenant: tenant.code.rawValue) }
            let count = settings.families[tenant.code] ?? 0
            people.random = SeasonRandom(seed: settings.seed, stream: tenant.code.rawValue)
            var lists = SchoolList.published(by: tenant)
            let isSample = lists.isEmpty
            if isSample {
                let plan = try SamplePlan(tenant: tenant, families: count, map: map, year: settings.year)
                lists = plan.lists
                overlay.merge(plan.files(of: tenant.code)) { $1 }
            }
            let ground = try SeasonGround(
                tenant: tenant, lists: lists, map: map, elsewhere: elsewhere(than: tenant, &people.random),
                random: &people.random)
            let calendar = tenant.policy.calendar
            var writer = FamilyWriter(
                ground: ground,
                dates: SeasonDates(opens: calendar.opens, months: tenant.policy.referenceDates.months), people: people)
            let kinds = Self.kinds(count: count, &writer.people.random)
            let outages = Self.outages(kinds)
            // In a very small season coverage would leave no room for chance.
            if count >= 4 * ground.listed.count { writer.uncovered = ground.listed }
            for (index, kind) in kinds.enumerated() { writer.write(kind, index: index + 1, outage: outages[index]) }
            people = writer.people
            registers.merge(writer.registers)
            identities += writer.identities
            families += writer.families
            parts.append(
                SeasonManifest.TenantPart(
                    code: tenant.code, name: tenant.name.zh, families: writer.families.count,
                    children: writer.families.reduce(0) { $0 + $1.children.count }, schools: ground.schools,
                    sampleSchools: isSample, categoryOrder: ground.rules.order,
                    seatsByCoordination: ground.rules.seatsByCoordination,
                    kinds: Dictionary(writer.families.map { ($0.kind.rawValue, 1) }, uniquingKeysWith: +),
                    opens: calendar.opens, closes: calendar.closes))
            progress(families.count, total)
        }
        return GeneratedSeason(
            manifest: SeasonManifest(
                generatorVersion: SeasonManifest.currentVersion, seed: settings.seed, year: settings.year,
                families: families.count, children: parts.reduce(0) { $0 + $1.children }, tenants: parts),
            registers: registers, identities: identities, families: families, overlay: overlay)
    }

    /// Communities of other counties, where households of people from elsewhere stand.
    private func elsewhere(than tenant: Tenant, _ random: inout SeasonRandom) throws -> [SeasonPlace] {
        let own = Set(tenant.divisions.map(\.rawValue))
        let others = map.counties.filter { !own.contains($0) }
        let chosen = random.shuffled(others).prefix(24).sorted()
        let places = chosen.flatMap { map.communities(in: $0).prefix(40).compactMap { map.place($0) } }
        guard !places.isEmpty else { throw SandboxError.noGround(tenant: tenant.code.rawValue) }
        return places
    }

    /// A kind for each family, in the shares that kinds have; each kind at least once where there is room for all.
    static func kinds(count: Int, _ random: inout SeasonRandom) -> [FamilyKind] {
        let all = FamilyKind.allCases
        let total = all.reduce(0) { $0 + $1.share }
        var kinds: [FamilyKind] = []
        for kind in all {
            let share = kind.share * count / total
            kinds += Array(repeating: kind, count: share == 0 && count >= 3 * all.count ? 1 : share)
        }
        while kinds.count < count { kinds.append(all[random.weighted(all.map(\.share))]) }
        return Array(random.shuffled(kinds).prefix(count))
    }

    /// Families that meet a department out of order: one of a hundred, at most forty, at least one of each department
    /// where there is a family for it.
    private static func outages(_ kinds: [FamilyKind]) -> [Int: CredentialID] {
        var outages: [Int: CredentialID] = [:]
        let limit = max(1, min(20, kinds.count / 200))
        for (kind, credential) in [(FamilyKind.ownHome, CredentialID.realEstateTitle), (.migrant, .socialInsurance)] {
            for index in kinds.indices.filter({ kinds[$0] == kind }).prefix(limit) { outages[index] = credential }
        }
        return outages
    }
}
