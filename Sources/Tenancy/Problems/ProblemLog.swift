/// Collects problems while files are read; nothing stops at the first.
final class ProblemLog {
    private(set) var problems: [TenantProblem] = []

    func report(_ problem: TenantProblem) { problems.append(problem) }

    func report(_ more: some Sequence<TenantProblem>) { problems.append(contentsOf: more) }

    var isEmpty: Bool { problems.isEmpty }

    /// Each problem once, in the order of file and line.
    var sorted: [TenantProblem] { Set(problems).sorted() }
}
