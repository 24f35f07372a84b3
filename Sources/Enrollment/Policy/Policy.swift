/// Where a section of a policy comes from.
public struct Authority: Hashable, Sendable, Codable {
    public enum Kind: String, Sendable, Codable {
        /// A published document stands behind the section.
        case published
        /// The province's usual wording, without a published source of the county's own; the portal says so.
        case template
        /// Obviously-sample data of a demonstration season.
        case sample
    }

    public let kind: Kind
    public let document: String?
    public let number: String?
    public let year: Int?
    public let link: String?
    /// Last year's text that still serves.
    public let carriedOver: Bool

    public init(
        kind: Kind, document: String? = nil, number: String? = nil, year: Int? = nil, link: String? = nil,
        carriedOver: Bool = false
    ) {
        self.kind = kind
        self.document = document
        self.number = number
        self.year = year
        self.link = link
        self.carriedOver = carriedOver
    }
}

/// 类别: a row of the ordered list of families.
public struct Category: Hashable, Sendable, Codable {
    /// How a family of this category is given a school.
    public enum Seat: String, Sendable, Codable {
        /// By the catchment of its place.
        case catchment
        /// 统筹: the bureau places it, after the catchments.
        case coordination
    }

    public let id: CategoryID
    public let title: LocalizedText
    public let condition: Condition
    /// The fact that names the place whose catchment counts: `home.community`, `household.community`, …
    public let place: FactKey
    public let seat: Seat
    public let rankKeys: [RankKeyRule]

    public init(
        id: CategoryID, title: LocalizedText, condition: Condition, place: FactKey, seat: Seat,
        rankKeys: [RankKeyRule] = []
    ) {
        self.id = id
        self.title = title
        self.condition = condition
        self.place = place
        self.seat = seat
        self.rankKeys = rankKeys
    }
}

/// One key by which families of a category are ranked before the draw.
public struct RankKeyRule: Hashable, Sendable, Codable {
    public enum Order: String, Sendable, Codable {
        /// The earlier date or smaller number stands first.
        case ascending
        /// The later date or greater number stands first.
        case descending
    }

    public let fact: FactKey
    public let order: Order

    public init(fact: FactKey, order: Order) {
        self.fact = fact
        self.order = order
    }
}

/// Days from which rules count back.
public struct ReferenceDates: Hashable, Sendable, Codable {
    /// The day on which the child's age counts.
    public let age: CivilDate
    /// The day from which held and paid months are counted back.
    public let months: CivilDate

    public init(age: CivilDate, months: CivilDate) {
        self.age = age
        self.months = months
    }
}

/// The days of the public round.
public struct Calendar: Hashable, Sendable, Codable {
    /// First day of registration.
    public let opens: CivilDate
    /// Last day of registration, until midnight.
    public let closes: CivilDate
    /// From this day on the roster may be frozen and seats be given.
    public let freezes: CivilDate
    /// Last day on which an offer can be accepted.
    public let offersUntil: CivilDate
    /// The day on which children report at school.
    public let reports: CivilDate

    public init(opens: CivilDate, closes: CivilDate, freezes: CivilDate, offersUntil: CivilDate, reports: CivilDate) {
        self.opens = opens
        self.closes = closes
        self.freezes = freezes
        self.offersUntil = offersUntil
        self.reports = reports
    }

    /// Where a day stands against the registration window.
    public enum Window: String, Sendable { case notOpen = "not_open", open, closed }

    public func window(on day: CivilDate) -> Window { day < opens ? .notOpen : day > closes ? .closed : .open }
}

/// A county's rules for a season, apart from schools and catchments.
public struct Policy: Hashable, Sendable, Codable {
    public let categories: [Category]
    public let categoriesAuthority: Authority
    public let calendar: Calendar
    public let calendarAuthority: Authority
    public let referenceDates: ReferenceDates
    public let referenceDatesAuthority: Authority
    public let entryAge: [Stage: EntryAge]

    public init(
        categories: [Category], categoriesAuthority: Authority, calendar: Calendar, calendarAuthority: Authority,
        referenceDates: ReferenceDates, referenceDatesAuthority: Authority, entryAge: [Stage: EntryAge]
    ) {
        self.categories = categories
        self.categoriesAuthority = categoriesAuthority
        self.calendar = calendar
        self.calendarAuthority = calendarAuthority
        self.referenceDates = referenceDates
        self.referenceDatesAuthority = referenceDatesAuthority
        self.entryAge = entryAge
    }

    public func category(_ id: CategoryID) -> Category? { categories.first { $0.id == id } }

    /// 1 for the first category.
    public func ordinal(of id: CategoryID) -> Int? { categories.firstIndex { $0.id == id }.map { $0 + 1 } }
}

/// A school of a tenant in one season.
public struct School: Hashable, Sendable, Codable {
    public let code: SchoolCode
    public let name: LocalizedText
    public let stage: Stage
    /// Number of classes to be formed.
    public let classes: Int
    /// Pupils in each class.
    public let classSize: Int
    public let address: String?

    public init(code: SchoolCode, name: LocalizedText, stage: Stage, classes: Int, classSize: Int, address: String?) {
        self.code = code
        self.name = name
        self.stage = stage
        self.classes = classes
        self.classSize = classSize
        self.address = address
    }

    public var seats: Int { classes * classSize }
}
