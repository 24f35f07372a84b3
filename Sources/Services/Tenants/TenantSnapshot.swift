import Enrollment
import Synchronization
import Tenancy

/// The tenants that this process serves, swapped whole; and the pins of their rounds that it has seen on disk.
final class TenantSnapshot: Sendable {
    private let current: Mutex<TenantRegistry>
    private let pins = Mutex<[TenantCode: String]>([:])

    init(_ registry: TenantRegistry) { current = Mutex(registry) }

    var registry: TenantRegistry { current.withLock { $0 } }

    func swap(_ registry: TenantRegistry) { current.withLock { $0 = registry } }

    func isPinned(_ tenant: TenantCode, to versionHash: String) -> Bool {
        pins.withLock { $0[tenant] == versionHash }
    }

    func notePin(_ tenant: TenantCode, to versionHash: String) { pins.withLock { $0[tenant] = versionHash } }
}
