import Enrollment
import Synchronization

/// Counts what replayed browsers met on the way; shared by all of them.
final class ReplayTraffic: Sendable {
    private struct Counts {
        var statuses: [Int: Int] = [:]
        var busy = 0
        var lost = 0
        var submissions: [TenantCode: [Float]] = [:]
    }

    private let counts = Mutex(Counts())

    /// A reply came.
    func reply(_ status: Int) { counts.withLock { $0.statuses[status, default: 0] += 1 } }

    /// A server asked for patience, and the same request is sent again.
    func busy() { counts.withLock { $0.busy += 1 } }

    /// No reply came, and the same request is sent again.
    func lost() { counts.withLock { $0.lost += 1 } }

    /// A family's submission was acknowledged, so long after it was first sent.
    func submitted(in tenant: TenantCode, after duration: Duration) {
        counts.withLock { $0.submissions[tenant, default: []].append(Float(duration / .milliseconds(1))) }
    }

    var report: ReplayReport.Traffic {
        let counts = counts.withLock { $0 }
        return ReplayReport.Traffic(
            requests: counts.statuses.values.reduce(0, +),
            statuses: Dictionary(uniqueKeysWithValues: counts.statuses.map { (String($0), $1) }),
            askedToWait: counts.busy, withoutReply: counts.lost)
    }

    /// How long submissions took, of the tenant with most of them against the others; nil without any.
    var submissions: ReplayReport.Submissions? {
        let byTenant = counts.withLock { $0.submissions }
        guard let largest = byTenant.max(by: { ($0.value.count, $1.key) < ($1.value.count, $0.key) })?.key,
            let all = ReplayReport.Latency(of: byTenant.values.joined().map(Double.init))
        else { return nil }
        let latencies = byTenant.compactMapValues { ReplayReport.Latency(of: $0.map(Double.init)) }
        return ReplayReport.Submissions(
            all: all, largestTenant: largest, largest: latencies[largest],
            others: ReplayReport.Latency(of: byTenant.filter { $0.key != largest }.values.joined().map(Double.init)),
            byTenant: Dictionary(uniqueKeysWithValues: latencies.map { ($0.rawValue, $1) }))
    }
}
