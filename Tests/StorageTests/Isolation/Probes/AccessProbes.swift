import Enrollment
import Storage

extension Probe {
    private static let now = Planted.now
    private static let key = Planted.mine
    private static let bearer: [Scope] = [.session(tokenHash: Planted.token)]
    private static let session = SessionRepository.Row(
        person: Planted.mother, csrf: "new", expiresAt: Planted.far)

    private static func pinning(_ version: String, _ kind: TenantSeason) -> @Sendable (any Writing) throws -> Bool {
        { try TenantVersionRepository.pin(kind, versionHash: version, at: now, in: $0) }
    }

    static let accessProbes: [Probe] = [
        Probe("SessionRepository.insert(row,tokenHash,now)", [.signIn]) {
            try SessionRepository.insert(session, tokenHash: Planted.newToken, at: now, in: $0)
        },
        Probe("SessionRepository.find(tokenHash,now)", bearer) {
            try SessionRepository.find(tokenHash: Planted.token, at: now, in: $0)
        },
        Probe("SessionRepository.find(tokenHash,now)", "an expired one", [.session(tokenHash: Planted.expiredToken)]) {
            try SessionRepository.find(tokenHash: Planted.expiredToken, at: now, in: $0)
        },
        Probe("SessionRepository.delete(tokenHash)", bearer) {
            try SessionRepository.delete(tokenHash: Planted.token, in: $0)
        },
        Probe("SessionRepository.deleteExpired(now)", [.signIn]) {
            try SessionRepository.deleteExpired(before: now, in: $0)
        },
        Probe("StaffRepository.insert(row)", [.province]) {
            try StaffRepository.insert(
                .init(
                    id: Planted.id(129), person: Planted.mother, tenant: key.tenant, role: "new", from: now, until: nil,
                    grantedBy: "test"), in: $0)
        },
        Probe("StaffRepository.revoke(id,now)", [.province]) {
            try StaffRepository.revoke(Planted.id(120), at: now, in: $0)
        },
        Probe("StaffRepository.revoke(id,now)", "a second time", [.province]) {
            try StaffRepository.revoke(Planted.id(124), at: now.adding(.seconds(1)), in: $0)
        },
        Probe("StaffRepository.grants(person,now)", [.person(Planted.mother)]) {
            try StaffRepository.grants(of: Planted.mother, at: now, in: $0)
        },
        Probe("StaffRepository.list(tenant,now)", "of a tenant", [.province]) {
            try StaffRepository.list(tenant: key.tenant, at: now, in: $0)
        },
        Probe("StaffRepository.list(tenant,now)", "of all", [.province]) {
            try StaffRepository.list(tenant: nil, at: now, in: $0)
        },
        Probe("RateRepository.add(counts,stretch)", [.province]) {
            try RateRepository.add([[1]: 3, [9]: 1], stretch: 20, in: $0)
        },
        Probe("RateRepository.forget(stretch)", [.province]) { try RateRepository.forget(before: 20, in: $0) },
        Probe("AuditRepository.append(entries,writer)", []) {
            try AuditRepository.append(
                [.init(sequence: 4, prevHash: "h3", entry: "b4", hash: "h4", at: now)], writer: "b", in: $0)
        },
        Probe("AuditRepository.entries(writer,after,limit)", [.province]) {
            try AuditRepository.entries(of: "b", after: 1, limit: 99, in: $0)
        },
        Probe("AuditRepository.writers()", [.province]) { try AuditRepository.writers(in: $0) },
        Probe("TenantVersionRepository.insert(key,versionHash,bundle,now)", "a new one", []) {
            try TenantVersionRepository.insert(key, versionHash: "x", bundle: "new", at: now, in: $0)
        },
        Probe("TenantVersionRepository.insert(key,versionHash,bundle,now)", "a kept one", []) {
            try TenantVersionRepository.insert(key, versionHash: "v", bundle: "new", at: now, in: $0)
        },
        Probe("TenantVersionRepository.bundle(key,versionHash)", []) {
            try TenantVersionRepository.bundle(key, versionHash: "v", in: $0)
        },
        Probe("TenantVersionRepository.pinned(key)", [.province] + shared) {
            try TenantVersionRepository.pinned(key, in: $0)
        },
        Probe("TenantVersionRepository.pinned(season)", [.province]) {
            try TenantVersionRepository.pinned(season: key.season, in: $0)
        },
        Probe(
            "TenantVersionRepository.pin(key,versionHash,now)", "pinned before", [.province] + shared,
            pinning("new", key)),
        Probe(
            "TenantVersionRepository.pin(key,versionHash,now)", "a tenant without rounds", [.province],
            pinning("new", Planted.idle)),
        Probe("TenantVersionRepository.keyProof()", []) { try TenantVersionRepository.keyProof(in: $0) },
        Probe("TenantVersionRepository.keepKeyProof(proof)", "another one", []) {
            try TenantVersionRepository.keepKeyProof([9], in: $0)
        },
        Probe("TenantVersionRepository.businessClockAhead()", []) {
            try TenantVersionRepository.businessClockAhead(in: $0)
        },
        Probe("TenantVersionRepository.setBusinessClockAhead(milliseconds)", []) {
            try TenantVersionRepository.setBusinessClockAhead(7, in: $0)
        },
    ]
}
