import Enrollment

/// What a replay remembers while many work at once.
actor ReplayLedger {
    private var byReceipt: [String: ReplayedChild] = [:]
    private var byFamily: [Int: [String]] = [:]
    private var byTenant: [TenantCode: [String]] = [:]
    private(set) var failures: [ReplayReport.Failure] = []

    /// Everybody, in the order of the receipts.
    var children: [ReplayedChild] { byReceipt.values.sorted { $0.receipt < $1.receipt } }

    func keep(_ child: ReplayedChild) { byReceipt[child.receipt] = child }

    func child(_ receipt: String) -> ReplayedChild? { byReceipt[receipt] }

    /// Children of one family, in the order of its list.
    func children(ofFamily family: Int) -> [ReplayedChild] {
        (byFamily[family] ?? []).compactMap { byReceipt[$0] }
    }

    /// Children of one tenant, in the order of their receipts.
    func children(of tenant: TenantCode) -> [ReplayedChild] {
        (byTenant[tenant] ?? []).sorted().compactMap { byReceipt[$0] }
    }

    func add(_ receipt: String, family: Int, _ child: ReplayedChild) {
        byFamily[family, default: []].append(receipt)
        byTenant[child.tenant, default: []].append(receipt)
        byReceipt[receipt] = child
    }

    func fail(_ failure: ReplayReport.Failure) { failures.append(failure) }
}
