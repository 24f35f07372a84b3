public import Enrollment
import Foundation
import Storage
import Synchronization
import Tenancy

/// A business clock that runs ahead of or behind the machine's by a set time, the same in every process of an
/// installation because the database keeps it. Only a demonstration has one; security always uses real time.
public final class DemonstrationClock: Sendable {
    private let aheadMilliseconds: Mutex<Int64>

    public init(aheadMilliseconds: Int64) { self.aheadMilliseconds = Mutex(aheadMilliseconds) }

    /// The clock that use cases are given.
    public var clock: Clock {
        Clock(business: { [self] in now() }, real: { Self.machineNow() })
    }

    public func now() -> Instant {
        Instant(milliseconds: Self.machineNow().milliseconds + aheadMilliseconds.withLock { $0 })
    }

    func set(aheadMilliseconds value: Int64) { aheadMilliseconds.withLock { $0 = value } }

    /// Now by the machine's clock.
    public static func machineNow() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Instant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
    }
}

/// Moves a demonstration past the registration window, so that seats can be given while somebody watches.
public struct MoveDemonstrationClock: Sendable {
    let platform: Platform
    public init(_ platform: Platform) { self.platform = platform }

    /// An officer's button: to nine in the morning of the tenant's freeze day.
    public func callAsFunction(_ viewer: Viewer, _ tenant: TenantCode) async throws {
        try viewer.require(.admissionOfficer, in: tenant)
        let freezes = try platform.tenant(tenant).policy.calendar.freezes
        try await callAsFunction(to: Instant(startOf: freezes).adding(.seconds(9 * 3600)))
    }

    /// To an instant; for the operator.
    public func callAsFunction(to instant: Instant) async throws {
        guard let clock = platform.demonstrationClock else { throw ServiceError.forbidden }
        let ahead = instant.milliseconds - platform.clock.real().milliseconds
        try await platform.database.write(.province) { tx in
            try TenantVersionRepository.setBusinessClockAhead(ahead, in: tx)
        }
        clock.set(aheadMilliseconds: ahead)
    }

    /// Takes over what another process has set.
    public func refresh() async throws {
        guard let clock = platform.demonstrationClock else { return }
        if let ahead = try await platform.database.read(
            .province, { try TenantVersionRepository.businessClockAhead(in: $0) })
        {
            clock.set(aheadMilliseconds: ahead)
        }
    }
}
