/// Kleene's three truth values (S. C. Kleene, Introduction to Metamathematics, § 64).
public enum Truth: String, Sendable, Codable, Hashable {
    case yes, no, unknown

    public init(_ flag: Bool) { self = flag ? .yes : .no }

    public static prefix func ! (truth: Truth) -> Truth {
        switch truth {
        case .yes: .no
        case .no: .yes
        case .unknown: .unknown
        }
    }

    /// False if any is false, else unknown if any is unknown, else true.
    public static func all(_ truths: some Sequence<Truth>) -> Truth {
        var result = Truth.yes
        for truth in truths {
            if truth == .no { return .no }
            if truth == .unknown { result = .unknown }
        }
        return result
    }

    /// True if any is true, else unknown if any is unknown, else false.
    public static func any(_ truths: some Sequence<Truth>) -> Truth { !all(truths.lazy.map { !$0 }) }
}
