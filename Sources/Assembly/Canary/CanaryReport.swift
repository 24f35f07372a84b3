/// What the canary found. Names routes, tables, scopes and kinds of viewers, never anything of anybody.
public struct CanaryReport: Encodable, Sendable {
    /// Cases of one kind.
    public struct Group: Encodable, Sendable {
        public let name: String
        /// Routes, scopes, commands: things that each have a case.
        public internal(set) var cases = 0
        /// Attempts by somebody who may not.
        public internal(set) var attempts = 0
        /// Cases that show no family, each for a reason that is written down.
        public internal(set) var reasoned = 0
    }

    /// What somebody saw or changed who may not, or a case that proves nothing.
    public struct Finding: Encodable, Sendable, Hashable {
        public enum Kind: String, Encodable, Sendable {
            /// Something of the family was shown.
            case leaked
            /// Something of the family was changed.
            case changed
            /// An answer was not the refusal it should have been.
            case notRefused = "not_refused"
            /// Something has no case and no reason.
            case noCase = "no_case"
            /// Who may do it could not either, so that nothing is proved.
            case noControl = "no_control"
        }

        public let kind: Kind
        /// The route, scope, table or command.
        public let what: String
        /// Who asked.
        public let viewer: String
    }

    public internal(set) var groups: [Group] = []
    public internal(set) var findings: [Finding] = []
    /// Rows of the reserved tenants that the service's role may not delete, by table: of sample people, sealed.
    public internal(set) var remaining: [String: Int] = [:]
    public internal(set) var milliseconds = 0

    public var isSilent: Bool { findings.isEmpty }

    mutating func count(_ group: String, cases: Int = 0, attempts: Int = 0, reasoned: Int = 0) {
        let index =
            groups.firstIndex { $0.name == group }
            ?? {
                groups.append(Group(name: group))
                return groups.count - 1
            }()
        groups[index].cases += cases
        groups[index].attempts += attempts
        groups[index].reasoned += reasoned
    }

    mutating func find(_ kind: Finding.Kind, _ what: String, _ viewer: String) {
        let finding = Finding(kind: kind, what: what, viewer: viewer)
        if !findings.contains(finding) { findings.append(finding) }
    }

    /// For people.
    var lines: [String] {
        var lines = groups.map { group in
            let reasoned = group.reasoned > 0 ? "，另有 \(group.reasoned) 项不涉及任何家庭 \(group.reasoned) show no family" : ""
            return "\(group.name): \(group.cases) 项 cases，\(group.attempts) 次越权尝试 attempts\(reasoned)"
        }
        lines += findings.map { "✗ \($0.kind.rawValue): \($0.what) ← \($0.viewer)" }
        if !remaining.isEmpty {
            let rows = remaining.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
            lines.append(
                "只增不删的表里留有密封的样例行，加 --owner-database 则一并删除 Sealed sample rows stay in tables that are only added to; --owner-database removes them: \(rows)"
            )
        }
        lines.append(
            isSilent
                ? "没有泄露。Nothing leaked. (\(milliseconds) ms)"
                : "发现 \(findings.count) 个问题。Problems were found: \(findings.count).")
        return lines
    }
}
