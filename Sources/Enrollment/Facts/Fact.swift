/// The name of a fact a rule may use: subject, dot, property.
public struct FactKey: Code {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// What a fact's value is made of.
public enum FactType: String, Sendable, Codable { case flag, integer, code, date }

/// A fact's value, coded: never a name, a number of a paper or an address.
public enum FactValue: Hashable, Sendable, Codable {
    case flag(Bool)
    case integer(Int)
    case code(String)
    case date(CivilDate)

    public var type: FactType {
        switch self {
        case .flag: .flag
        case .integer: .integer
        case .code: .code
        case .date: .date
        }
    }

    /// One line of text for storage: `flag:true`, `integer:12`, `code:owned`, `date:2024-03-01`.
    public var encoded: String {
        switch self {
        case .flag(let flag): "flag:\(flag)"
        case .integer(let integer): "integer:\(integer)"
        case .code(let code): "code:\(code)"
        case .date(let date): "date:\(date)"
        }
    }

    /// Reads ``encoded``.
    public init?(encoded text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let type = FactType(rawValue: parts[0]) else { return nil }
        switch type {
        case .flag:
            guard let flag = Bool(parts[1]) else { return nil }
            self = .flag(flag)
        case .integer:
            guard let integer = Int(parts[1]) else { return nil }
            self = .integer(integer)
        case .code: self = .code(parts[1])
        case .date:
            guard let date = CivilDate(parts[1]) else { return nil }
            self = .date(date)
        }
    }
}

/// Why a fact is not known; each leads to another next step.
public enum UnknownReason: String, Sendable, Codable, Hashable {
    /// No check that could tell has been planned.
    case notAsked = "not_asked"
    /// A check is under way.
    case waiting
    /// The register did not answer; it is asked again.
    case sourceDown = "source_down"
    /// A register refutes or does not find what the family claims.
    case disputed
    /// No register can tell: a person has to.
    case notSupported = "not_supported"
    /// The family asked for a person.
    case personAsked = "person_asked"
}

/// Known or not: the third truth value is a value of its own.
public enum FactState: Hashable, Sendable, Codable {
    case known(FactValue)
    case unknown(UnknownReason)

    public var value: FactValue? {
        if case .known(let value) = self { return value }
        return nil
    }
}

/// Where a fact comes from; a later case outranks an earlier one.
public enum FactSource: String, Sendable, Codable, CaseIterable, Comparable {
    /// The family said so, against its own interest or where no register is asked.
    case declared
    /// A department answered.
    case check
    /// The family accepted what a register says.
    case acceptance
    /// A person found it, and a second one signed.
    case finding

    public static func < (left: FactSource, right: FactSource) -> Bool { left.rank < right.rank }
    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// A fact with its provenance.
public struct Fact: Hashable, Sendable, Codable {
    public let key: FactKey
    public let state: FactState
    public let source: FactSource
    /// The credential whose register it came from.
    public let credential: CredentialID?
    /// The business day for which it holds.
    public let asOf: CivilDate
    /// When it was fetched or found.
    public let fetchedAt: Instant

    public init(
        key: FactKey, state: FactState, source: FactSource, credential: CredentialID?, asOf: CivilDate,
        fetchedAt: Instant
    ) {
        self.key = key
        self.state = state
        self.source = source
        self.credential = credential
        self.asOf = asOf
        self.fetchedAt = fetchedAt
    }
}
