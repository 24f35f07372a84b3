import Synchronization
import Tenancy

/// The tenants that this process serves; swapped whole.
final class TenantSnapshot: Sendable {
    private let current: Mutex<TenantRegistry>

    init(_ registry: TenantRegistry) { current = Mutex(registry) }

    var registry: TenantRegistry { current.withLock { $0 } }

    func swap(_ registry: TenantRegistry) { current.withLock { $0 = registry } }
}
