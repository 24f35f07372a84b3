/// What a replay remembers while many work at once.
actor ReplayLedger {
    private(set) var children: [String: ReplayedChild] = [:]
    private(set) var failures: [ReplayReport.Failure] = []

    func keep(_ child: ReplayedChild) { children[child.receipt] = child }

    func child(_ receipt: String) -> ReplayedChild? { children[receipt] }

    /// Children of one family, in the order of its list.
    func children(ofFamily family: Int) -> [ReplayedChild] {
        (byFamily[family] ?? []).compactMap { children[$0] }
    }

    func add(_ receipt: String, family: Int, _ child: ReplayedChild) {
        byFamily[family, default: []].append(receipt)
        children[receipt] = child
    }

    func fail(_ failure: ReplayReport.Failure) { failures.append(failure) }

    private var byFamily: [Int: [String]] = [:]
}
