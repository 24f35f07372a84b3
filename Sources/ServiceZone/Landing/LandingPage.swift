import Enrollment
import Tenancy

/// The first page: what this is, and the one button that begins.
struct LandingPage: Page {
    static let template = "landing"

    let title: String
    let startAddress: String
    let startLabel: String
    /// How many cities and counties families can apply in.
    let reach: String
    /// Begin and end of the registration, when all tenants keep the province's days.
    let window: String?

    init(title: String, startAddress: String, startLabel: String, reach: String, window: String?) {
        self.title = title
        self.startAddress = startAddress
        self.startLabel = startLabel
        self.reach = reach
        self.window = window
    }

    init(_ registry: TenantRegistry, isSignedIn: Bool, words: Words) {
        let windows = Set(registry.tenants.map { [$0.policy.calendar.opens, $0.policy.calendar.closes] })
        let days = DateWords(words)
        self.init(
            title: words("landing.title", ["year": "\(registry.season)"]),
            startAddress: isSignedIn ? "/family" : "/sign-in?next=/family",
            startLabel: words(isSignedIn ? "landing.continue" : "landing.start"),
            reach: words(
                "landing.reach",
                [
                    "cities": "\(registry.cities.count)",
                    "counties": "\(registry.tenants.count { $0.kind == .county })",
                ]),
            window: windows.count == 1
                ? windows.first.map {
                    words("landing.window", ["opens": days.day($0[0]), "closes": days.day($0[1])])
                } : nil)
    }

    static func samples(_ words: Words) -> [LandingPage] {
        [
            LandingPage(
                title: words("landing.title", ["year": "2026"]), startAddress: "/sign-in?next=/family",
                startLabel: words("landing.start"), reach: words("landing.reach", ["cities": "14", "counties": "117"]),
                window: words("landing.window", ["opens": "2026 年 7 月 1 日", "closes": "2026 年 7 月 15 日"]))
        ]
    }
}
