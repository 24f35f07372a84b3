/// One thing wrong in `Tenants/`, at the line where a person mends it.
public struct TenantProblem: Error, Sendable, Hashable, Codable, Comparable, CustomStringConvertible {
    /// Relative to `Tenants/`, or to the overlay's directory.
    public let file: String
    /// From 1.
    public let line: Int
    /// What the field belongs to: `category household_and_home`, `school 近桃小学`.
    public let subject: String
    public let field: String
    /// As written; empty where something is missing.
    public let value: String
    public let problem: String
    /// The rule that is broken, with what would be right.
    public let rule: String

    public init(
        file: String, line: Int, subject: String, field: String, value: String, problem: String, rule: String
    ) {
        self.file = file
        self.line = line
        self.subject = subject
        self.field = field
        self.value = value
        self.problem = problem
        self.rule = rule
    }

    /// `file:line: subject: field "value": problem, rule`.
    public var description: String { "\(file):\(line): \(subject): \(field) \"\(value)\": \(problem), \(rule)" }

    /// By file, then line, then words.
    public static func < (left: Self, right: Self) -> Bool {
        (left.file, left.line, left.description) < (right.file, right.line, right.description)
    }
}
