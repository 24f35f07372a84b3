/// A community or village in canonical form: the county it lies in, its township or street office, and its own full name.
///
/// Two communities are the same when all three parts are equal letter by letter; short forms are resolved before this
/// type is made (see ``Gazetteer/communities(named:in:)``).
public struct Community: Hashable, Sendable, Codable, Comparable, CustomStringConvertible {
    /// The county's six-digit GB/T 2260 code.
    public let division: String
    /// The township or street office, as in the Ministry of Civil Affairs table.
    public let township: String
    /// The community's or village's full name, suffix included: 近桃社区, 创业村.
    public let name: String

    public init(division: String, township: String, name: String) {
        self.division = division
        self.township = township
        self.name = name
    }

    /// Reads the canonical text `430922/桃花江镇/近桃社区`; nil for any other shape.
    public init?(canonical text: some StringProtocol) {
        let parts = Substring(text).split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, parts[0].count == 6, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        self.init(division: parts[0], township: parts[1], name: parts[2])
    }

    /// The canonical text: `430922/桃花江镇/近桃社区`.
    public var description: String { "\(division)/\(township)/\(name)" }

    public static func < (left: Community, right: Community) -> Bool {
        (left.division, left.township, left.name) < (right.division, right.township, right.name)
    }
}
