import Catchments
import Enrollment
import Foundation
import Protection
import Services
import Storage
import StorageDrivers
import Synchronization
import Tenancy

/// Brings families to the last page, through the use cases that a browser would reach, and writes the forms they are
/// about to send: one a line, `class TAB path TAB session TAB body`.
///
/// Families live in communities of tenants drawn at random, one county seven times as often as the others. Every
/// fortieth sends its form twice, and of every fortieth the other parent sends one for the same child as well: classes
/// `large` and `other` by county, with `+` on what follows a first form.
struct PlantIntake: Sendable {
    static let largeCounty = "430922"
    private static let times = 7
    private let options: Options

    init(_ options: Options) { self.options = options }

    struct Result: Encodable {
        let families: Int
        let forms: Int
        let tenants: Int
        /// Children: as many claims there are to be in the end.
        let children: Int
    }

    /// Households by the number of who asks, and sign-ins by their code.
    private final class Known: Sendable {
        let households = Mutex<[String: RegisterRecord]>([:])
        let signIns = Mutex<[String: SignedInIdentity]>([:])
    }

    private struct Form {
        let tenant: TenantCode
        let line: String
    }

    func run() async throws -> Result {
        let season = SeasonYear(2026)
        let registry = try TenantRegistry.load(directory: try options.text("tenants"), season: season)
        let keys = try KeyFile.load(try options.text("data") + "/keys.json")
        var address = try PostgreSQLSettings(try options.text("database"))
        address.poolSize = 8
        let database = try await PostgreSQLDatabase.open(address)
        let known = Known()
        let platform = try Self.platform(registry, keys, database, known, clock: try options.text("business-clock"))
        let tenants = Self.communities(registry, on: platform.clock.business().day)
        let (first, count) = (try options.number("first", else: 1), try options.number("families", else: 1000))
        let forms = try await withThrowingTaskGroup(of: [[Form]].self) { group in
            let lanes = 8
            for lane in 0..<lanes {
                group.addTask {
                    var forms: [[Form]] = []
                    for number in stride(from: first + lane, to: first + count, by: lanes) {
                        var generator = Seeded(state: UInt64(number) &* 0x9E37_79B9_7F4A_7C15)
                        guard let community = tenants.randomElement(using: &generator)?.randomElement(using: &generator)
                        else { throw OptionError(words: "no tenant takes primary pupils") }
                        let family = try PlantedFamily(number, in: community, registry.gazetteer)
                        forms.append(try await Self.forms(of: family, platform, known))
                    }
                    return forms
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        try await database.close()
        var generator = Seeded(state: 2026)
        let lines = forms.flatMap { $0 }.shuffled(using: &generator).map(\.line)
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(
            to: URL(fileURLWithPath: try options.text("out")), options: .atomic)
        return Result(
            families: count, forms: lines.count, tenants: Set(forms.compactMap { $0.first?.tenant }).count,
            children: count)
    }

    /// Communities whose children of primary school age may register that day, by tenant; the large county so many times.
    private static func communities(_ registry: TenantRegistry, on day: CivilDate) -> [[Community]] {
        var byTenant: [TenantCode: [Community]] = [:]
        for division in Set(registry.tenants.flatMap(\.divisions)).sorted() {
            guard let tenant = registry.tenant(serving: division, stage: .primary),
                tenant.policy.calendar.window(on: day) == .open
            else { continue }
            for township in registry.gazetteer.townships(in: division.rawValue) {
                byTenant[tenant.code, default: []] += registry.gazetteer.communities(
                    in: division.rawValue, township: township)
            }
        }
        return byTenant.sorted { $0.key < $1.key }.flatMap {
            Array(repeating: $0.value, count: $0.key.rawValue == largeCounty ? times : 1)
        }
    }

    private static func platform(
        _ registry: TenantRegistry, _ keys: KeyRing, _ database: any Database, _ known: Known, clock: String
    ) throws -> Platform {
        guard let start = Instant(clock) else { throw OptionError(words: "--business-clock is no instant") }
        let moved = DemonstrationClock(
            aheadMilliseconds: start.milliseconds - DemonstrationClock.machineNow().milliseconds)
        return Platform(
            database: database, vault: Vault(keys), clock: moved.clock, random: .system,
            source: CredentialSource { question in
                guard let record = known.households.withLock({ $0[question.subject.number] }) else {
                    return .records([])
                }
                return .records([record])
            },
            identity: IdentityProvider(
                authorizationAddress: { "https://sign-in.example/?state=\($0.state)" },
                redeem: { code, _ in
                    guard let identity = known.signIns.withLock({ $0.removeValue(forKey: code) }) else {
                        throw ServiceError.forbidden
                    }
                    return identity
                }),
            changes: Changes(), settings: PlatformSettings(signInRedirectAddress: "https://portal.example/callback"),
            registry: registry, demonstrationClock: moved, background: Background { work in Task { await work() } })
    }

    private static func forms(of family: PlantedFamily, _ platform: Platform, _ known: Known) async throws -> [Form] {
        known.households.withLock { households in
            for parent in [family.mother, family.father] { households[parent.document.number] = family.household }
        }
        defer {
            known.households.withLock { households in
                for parent in [family.mother, family.father] { households[parent.document.number] = nil }
            }
        }
        let form = try await form(of: family, by: family.mother, "", platform, known)
        switch family.number % 40 {
        case 0:
            let again = form.line.replacingOccurrences(of: "\t/family", with: "+\t/family")
            return [form, Form(tenant: form.tenant, line: again)]
        case 20: return [form, try await Self.form(of: family, by: family.father, "+", platform, known)]
        default: return [form]
        }
    }

    private static func form(
        of family: PlantedFamily, by parent: PlantedFamily.Member, _ mark: String, _ platform: Platform, _ known: Known
    ) async throws -> Form {
        let begun = try await BeginSignIn(platform)(returnTo: "/family")
        let code = parent.document.number
        known.signIns.withLock { $0[code] = parent.identity }
        let state = begun.address.split(separator: "=").last.map(String.init) ?? ""
        let session = try await CompleteSignIn(platform)(code: code, state: state, cookie: begun.cookie)
        guard let viewer = try await ReadSession(platform)(token: session.token) else { throw ServiceError.forbidden }
        try await GiveHouseholdConsent(platform)(viewer)
        guard let card = try await ReadFamily(platform)(viewer).children.first(where: { $0.name == family.child.name })
        else { throw OptionError(words: "family \(family.number) has no child of age") }
        let draft = try await StartDraft(platform)(viewer, member: card.member)
        _ = try await SavePlace(platform)(
            viewer, draft,
            PlaceForm(
                relation: parent.document == family.mother.document ? "mother" : "father", sameAsHousehold: true,
                division: "", township: "", community: "", address: ""), complete: true)
        _ = try await SaveHome(platform)(
            viewer, draft,
            HomeForm(
                kind: "owned", certificateKind: "real_estate_certificate",
                certificateNumber: "湘(2023)桃江县不动产权第\(1_000_000 + family.number)号", contractNumber: "",
                owner: "guardian", ownerName: "", ownerNumber: ""))
        let preview = try await PreviewDraft(platform)(viewer, draft)
        var fields = [("csrf", viewer.csrf), ("submission_key", preview.submissionKey), ("phone", "13900001234")]
        if preview.schools.count > 1 {
            fields += preview.schools.enumerated().map { ("rank_\($0 + 1)", $1.code.rawValue) }
        }
        fields += preview.checks.filter(\.isNeeded).map { ("consent_\($0.connector.credential)", "yes") }
        let body = fields.map { name, value in
            "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")"
        }.joined(separator: "&")
        let isLarge = family.community.division == largeCounty
        return Form(
            tenant: preview.tenant.code,
            line: "\(isLarge ? "large" : "other")\(mark)\t/family/drafts/\(draft)/check\t\(session.token)\t\(body)")
    }
}

/// The same numbers on every run.
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
