public import Enrollment
import Foundation
import Storage
import Tenancy

/// Keeps what was loaded from `Tenants/` as versions in the database, and serves each tenant by the version its round is
/// pinned to: once a window has opened, other rules take effect in a later round only.
public struct PublishLoadedTenants: Sendable {
    let platform: Platform
    public init(_ platform: Platform) { self.platform = platform }

    /// - Parameter pins: whether windows that have begun are pinned to what was loaded; a command that only looks must
    ///   not decide by which rules a county enrolls.
    /// - Returns: tenants that go on under a pinned version although the files say something else.
    @discardableResult
    public func callAsFunction(pins: Bool = true) async throws -> [TenantCode] {
        let loaded = platform.tenants()
        let now = platform.clock.business()
        let bundles = try loaded.tenants.map { (tenant: $0, bundle: try $0.bundle()) }
        let season = platform.season
        let kept: [TenantCode: String] = try await platform.database.write(.province) { tx in
            var kept: [TenantCode: String] = [:]
            let pinned = try TenantVersionRepository.pinned(season: season, in: tx)
            for (tenant, bundle) in bundles {
                let key = TenantSeason(tenant.code, season)
                try TenantVersionRepository.insert(
                    key, versionHash: tenant.versionHash, bundle: bundle, at: now, in: tx)
                if let pin = pinned[tenant.code] {
                    guard pin != tenant.versionHash else { continue }
                    kept[tenant.code] = try TenantVersionRepository.bundle(key, versionHash: pin, in: tx)
                } else if pins, tenant.policy.calendar.window(on: now.day) != .notOpen {
                    guard try !TenantVersionRepository.pin(key, versionHash: tenant.versionHash, at: now, in: tx),
                        let pin = try TenantVersionRepository.pinned(key, in: tx), pin != tenant.versionHash
                    else { continue }
                    // Another process pinned it a moment ago, to what it had loaded.
                    kept[tenant.code] = try TenantVersionRepository.bundle(key, versionHash: pin, in: tx)
                }
            }
            // A county whose files broke after its window had opened goes on as pinned.
            for tenant in loaded.quarantined {
                guard let pin = pinned[tenant.code] else { continue }
                kept[tenant.code] = try TenantVersionRepository.bundle(
                    TenantSeason(tenant.code, season), versionHash: pin, in: tx)
            }
            return kept
        }
        let decoder = JSONDecoder()
        let pinned = try kept.mapValues { try decoder.decode(Tenant.self, from: Data($0.utf8)) }
        let codes = Set(loaded.tenants.map(\.code))
        platform.snapshot.swap(
            TenantRegistry(
                season: loaded.season, provinceName: loaded.provinceName,
                tenants: loaded.tenants.map { pinned[$0.code] ?? $0 }
                    + pinned.values.filter { !codes.contains($0.code) },
                quarantined: loaded.quarantined.filter { pinned[$0.code] == nil },
                problems: loaded.problems, gazetteer: loaded.gazetteer, connectors: loaded.connectors))
        return pinned.keys.sorted()
    }
}

extension Platform {
    /// Pins the public round to the rules a submission is read by: where the window opened while the portal ran, the
    /// first submission does what the next start would have done.
    func pin(_ tenant: Tenant, at now: Instant, in tx: any Writing) throws {
        // A pin never moves: one that was seen on disk needs no second look.
        guard !snapshot.isPinned(tenant.code, to: tenant.versionHash) else { return }
        let key = key(tenant.code)
        let snapshot = snapshot
        tx.afterCommit { snapshot.notePin(tenant.code, to: tenant.versionHash) }
        guard try TenantVersionRepository.pin(key, versionHash: tenant.versionHash, at: now, in: tx) else {
            // Where another process has pinned other rules, this one follows within a second; until then it takes nothing.
            guard try TenantVersionRepository.pinned(key, in: tx) == tenant.versionHash else {
                throw ServiceError.overloaded(retryAfterSeconds: 2)
            }
            return
        }
        try TenantVersionRepository.insert(
            key, versionHash: tenant.versionHash, bundle: try tenant.bundle(), at: now, in: tx)
    }
}

extension Tenant {
    /// The tenant as it is kept.
    fileprivate func bundle() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
}
