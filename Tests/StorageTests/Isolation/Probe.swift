import Enrollment

@testable import Storage

/// One call of a repository's function on the planted database, and what can be told of it.
///
/// The catalogue of probes is what conformance, scopes and mutation share; a repository's function without a probe fails
/// the suite.
struct Probe: Sendable {
    /// `Repository.function(parameters)`, parameters by the names they have inside the function.
    let function: String
    /// Tells calls of one function apart.
    let detail: String
    /// Scopes in which the call works; the first is its own. Empty: it works in all.
    let scopes: [Scope]
    /// Whether the call gives the same in all its scopes.
    let isAlike: Bool
    private let call: @Sendable (any Writing) throws -> String

    var name: String { detail.isEmpty ? function : "\(function): \(detail)" }
    var scope: Scope { scopes.first ?? .province }
    func works(in scope: Scope) -> Bool { scopes.isEmpty || scopes.contains(scope) }

    init<T>(
        _ function: String, _ detail: String, _ scopes: [Scope], isAlike: Bool = true,
        _ call: @escaping @Sendable (any Writing) throws -> T
    ) {
        self.function = function
        self.detail = detail
        self.scopes = scopes
        self.isAlike = isAlike
        self.call = { told(try call($0)) }
    }

    init<T>(_ function: String, _ scopes: [Scope], _ call: @escaping @Sendable (any Writing) throws -> T) {
        self.init(function, "", scopes, call)
    }

    /// What the call gives or throws.
    enum Outcome: Hashable, Sendable, CustomStringConvertible {
        case result(String)
        case thrown(StorageError)

        var description: String {
            switch self {
            case .result(let text): text
            case .thrown(let error): "throws \(error)"
            }
        }
    }

    /// Makes the call in a transaction that is rolled back, and looks at the database before that.
    /// - Parameter tx: wraps the transaction, to watch or change its statements.
    func run<Seen: Sendable>(
        on database: any Database, in scope: Scope? = nil,
        through wrapped: @escaping @Sendable (any Writing) -> any Writing = { $0 },
        then look: @escaping @Sendable (any Writing, Outcome) throws -> Seen
    ) async throws -> (outcome: Outcome, seen: Seen) {
        let call = call
        do {
            try await database.write(scope ?? self.scope) { tx in
                let outcome: Outcome
                do { outcome = .result(try call(wrapped(tx))) } catch let error as StorageError {
                    outcome = .thrown(error)
                }
                throw Undone(outcome: outcome, seen: try look(tx, outcome))
            }
            preconditionFailure("the transaction was to be rolled back")
        } catch let undone as Undone<Seen> {
            return (outcome: undone.outcome, seen: undone.seen)
        }
    }

    func run(on database: any Database, in scope: Scope? = nil) async throws -> Outcome {
        try await run(on: database, in: scope) { _, _ in 0 }.outcome
    }

    static let all: [Probe] =
        applicationProbes + submissionProbes + intakeProbes + verificationProbes + jobProbes + reviewProbes
        + admissionProbes + counterProbes
        + personProbes + accessProbes
}

/// Scopes by what they may work on.
extension Probe {
    static let staff: [Scope] = [.tenant(Planted.mine.tenant, Planted.season)]
    static let filing: [Scope] = Planted.scopes.filter {
        if case .filing = $0 { true } else { false }
    }
    /// Staff and whoever files the file that is probed.
    static let file = staff + [.filing(Planted.mother, Planted.mine.tenant, Planted.season, Planted.file)]
    /// Staff, everybody who files in the tenant, and its intake.
    static let shared =
        staff
        + filing.filter {
            if case .filing(_, Planted.mine.tenant, Planted.season, _) = $0 { true } else { false }
        } + [.intake(Planted.mine.tenant, Planted.season)]
    static let own: [Scope] =
        [.person(Planted.mother)]
        + filing.filter {
            if case .filing(Planted.mother, _, _, _) = $0 { true } else { false }
        }
    static let adding: [Scope] = [.signIn] + filing
}

/// Rolls a probe's transaction back and carries out what was seen in it.
private struct Undone<Seen: Sendable>: Error {
    let outcome: Probe.Outcome
    let seen: Seen
}

/// Text of a result; what has no order is sorted.
private func told(_ value: Any) -> String {
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .dictionary:
        let pairs = mirror.children.map { child in Mirror(reflecting: child.value).children.map { told($0.value) } }
        return "[" + pairs.map { $0.joined(separator: ": ") }.sorted().joined(separator: ", ") + "]"
    case .set: return "[" + mirror.children.map { told($0.value) }.sorted().joined(separator: ", ") + "]"
    default: return "\(value)"
    }
}
