/// How a clause holds: for good or for a year, by right or only where seats are left, and what the text adds about the place
/// or the school's name.
public struct ClauseStanding: Hashable, Sendable, Codable {
    /// For how long.
    public enum Term: Hashable, Sendable, Codable {
        case permanent
        /// 临时, 本年度: for one season, the year when it is written.
        case temporary(year: Int?)
    }

    public var term: Term
    /// 备选, 学位有余量: a seat only after everybody with a right to one.
    public var isReserve: Bool
    /// 暂名, 校名暂定: the school's name may change.
    public var hasProvisionalName: Bool
    /// 已拆迁: the buildings are gone, and the households registered there keep the clause.
    public var isDemolished: Bool

    public init(
        term: Term = .permanent, isReserve: Bool = false, hasProvisionalName: Bool = false, isDemolished: Bool = false
    ) {
        self.term = term
        self.isReserve = isReserve
        self.hasProvisionalName = hasProvisionalName
        self.isDemolished = isDemolished
    }

    /// By right, for good, nothing added.
    public static let permanent = ClauseStanding()

    /// Both remarks together.
    public func adding(_ other: Self) -> Self {
        ClauseStanding(
            term: other.term == .permanent ? term : other.term, isReserve: isReserve || other.isReserve,
            hasProvisionalName: hasProvisionalName || other.hasProvisionalName,
            isDemolished: isDemolished || other.isDemolished)
    }
}
