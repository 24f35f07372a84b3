import Enrollment
import Services

/// A family's first page: before consent the question, afterwards the children and what to do for each.
struct FamilyHomePage: Page {
    static let template = "family/home"

    struct Child: Sendable, Equatable {
        let name: String
        let birth: String
        /// What stands about its age or application.
        let text: String
        let mark: Mark
        let badge: String?
        /// Key of the household member, where a draft can be started.
        let member: String?
        let startLabel: String?
        /// Address of the application that exists.
        let address: String?
        let openLabel: String?
    }

    let title: String
    let greeting: String
    let asksConsent: Bool
    /// What became of the household register, when it gave no children.
    let notice: String?
    let children: [Child]
    /// Whether at least one child can be entered by hand; false before consent.
    let offersByHand: Bool

    init(
        title: String, greeting: String, asksConsent: Bool, notice: String?, children: [Child], offersByHand: Bool
    ) {
        self.title = title
        self.greeting = greeting
        self.asksConsent = asksConsent
        self.notice = notice
        self.children = children
        self.offersByHand = offersByHand
    }

    init(_ home: FamilyHome, guardian: PersonName, words: Words) {
        let others = home.otherApplications.map { Child(name: $0.childName.value, birth: "", application: $0, words) }
        let asksConsent = home.household == .consentNeeded
        self.init(
            title: words("home.title"), greeting: words("home.greeting", ["name": guardian.value]),
            asksConsent: asksConsent, notice: Self.notice(home.household, words),
            children: home.children.map { Child($0, words) } + others, offersByHand: true)
    }

    private static func notice(_ household: FamilyHome.Household, _ words: Words) -> String? {
        switch household {
        case .consentNeeded, .read: nil
        case .unavailable: words("home.household_unavailable")
        case .none: words("home.household_none")
        }
    }

    static func samples(_ words: Words) -> [FamilyHomePage] {
        let child = Child(
            name: "林样例", birth: words("home.born", ["date": "2020-03-01"]), text: words("home.enters.primary"),
            mark: .dash, badge: nil, member: "sample", startLabel: words("home.start", ["name": "林样例"]), address: nil,
            openLabel: nil)
        let applied = Child(
            name: "林例二", birth: words("home.born", ["date": "2014-03-01"]),
            text: words("home.receipt", ["receipt": "430922-26-0017-4482"]), mark: .good,
            badge: words("state.qualified.badge"), member: nil, startLabel: nil,
            address: "/family/applications/430922-26-0017-4482", openLabel: words("home.open"))
        let title = words("home.title")
        let greeting = words("home.greeting", ["name": "林样"])
        return [
            FamilyHomePage(
                title: title, greeting: greeting, asksConsent: false, notice: words("home.household_unavailable"),
                children: [child, applied], offersByHand: true),
            FamilyHomePage(
                title: title, greeting: greeting, asksConsent: true, notice: nil, children: [], offersByHand: true),
        ]
    }
}

extension FamilyHomePage.Child {
    init(_ card: ChildCard, _ words: Words) {
        let birth = words("home.born", ["date": DateWords(words).day(card.birthDate)])
        if let application = card.application, application.state != .withdrawn {
            self.init(name: card.name.value, birth: birth, application: application, words)
            return
        }
        switch card.age {
        case .enters(let stage):
            let text = words(card.application == nil ? "home.enters.\(stage.rawValue)" : "home.withdrawn")
            self.init(
                name: card.name.value, birth: birth, text: text, mark: .dash,
                badge: nil, member: card.member, startLabel: words("home.start", ["name": card.name.value]),
                address: nil, openLabel: nil)
        case .tooYoung(let bornBy):
            self.init(
                name: card.name.value, birth: birth,
                text: words("home.too_young", ["date": DateWords(words).day(bornBy)]), mark: .dash,
                badge: words("home.not_this_year"), member: nil, startLabel: nil, address: nil, openLabel: nil)
        case .pastEntry:
            self.init(
                name: card.name.value, birth: birth, text: words("home.past_entry"), mark: .dash,
                badge: words("home.not_this_year"), member: nil, startLabel: nil, address: nil, openLabel: nil)
        }
    }

    init(name: String, birth: String, application: ApplicationSummary, _ words: Words) {
        self.init(
            name: name, birth: birth, text: words("home.receipt", ["receipt": application.receipt.rawValue]),
            mark: StateWords(words).mark(application.state), badge: StateWords(words).badge(application.state),
            member: nil, startLabel: nil, address: "/family/applications/\(application.receipt)",
            openLabel: words("home.open"))
    }
}
