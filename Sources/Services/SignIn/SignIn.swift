import Enrollment
import Foundation
import Protection
import Storage

/// Where to send the browser, and what it carries until it is back.
public struct SignInStart: Sendable, Hashable {
    public let address: String
    /// Sealed; goes into a short-lived cookie.
    public let cookie: String
}

public struct SignedIn: Sendable, Hashable {
    /// The session's secret; goes into the session cookie and nowhere else.
    public let token: String
    public let returnTo: String
}

private struct PendingSignIn: Codable, Sendable {
    let request: SignInRequest
    let returnTo: String
    let expires: Instant
}

/// Begins a sign-in at the identity provider.
public struct BeginSignIn: Sendable {
    let platform: Platform
    public init(_ platform: Platform) { self.platform = platform }

    /// - Parameter returnTo: a path of this portal; anything else becomes `/family`.
    public func callAsFunction(returnTo: String) async throws -> SignInStart {
        let token = { Hex.encode(platform.random.bytes(32)) }
        let request = SignInRequest(
            state: token(), nonce: token(), codeVerifier: token(),
            redirectAddress: platform.settings.signInRedirectAddress)
        let isLocal =
            returnTo.hasPrefix("/") && !returnTo.hasPrefix("//") && !returnTo.contains("\\")
            // Browsers drop tabs and line breaks from addresses, and header lines end at them.
            && returnTo.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7F }
        let pending = PendingSignIn(
            request: request, returnTo: isLocal ? returnTo : "/family",
            expires: platform.clock.real().adding(.seconds(600)))
        return SignInStart(
            address: try await platform.identity.authorizationAddress(request),
            cookie: try platform.vault.sealToken(pending, context: "sign-in"))
    }
}

/// Completes a sign-in: verifies the identity, finds or adds the person, opens a session.
public struct CompleteSignIn: Sendable {
    let platform: Platform
    public init(_ platform: Platform) { self.platform = platform }

    /// Throws `forbidden` when the answer does not belong to a sign-in that this browser began.
    public func callAsFunction(code: String, state: String, cookie: String) async throws -> SignedIn {
        let now = platform.clock.real()
        guard let pending = platform.vault.openToken(cookie, as: PendingSignIn.self, context: "sign-in"),
            pending.expires > now,
            constantTimeEqual(Array(pending.request.state.utf8), Array(state.utf8))
        else { throw ServiceError.forbidden }
        let identity = try await platform.identity.redeem(code, pending.request)
        let token = Hex.encode(platform.random.bytes(32))
        let csrf = Hex.encode(platform.random.bytes(16))
        let platform = platform
        try await platform.database.write(.signIn) { tx in
            let person = try Self.person(identity, platform, now, tx)
            try SessionRepository.deleteExpired(before: now, in: tx)
            try SessionRepository.insert(
                .init(person: person, csrf: csrf, expiresAt: now.adding(platform.settings.sessionLifetime)),
                tokenHash: platform.vault.tokenHash(token), at: now, in: tx)
        }
        return SignedIn(token: token, returnTo: pending.returnTo)
    }

    private static func person(
        _ identity: SignedInIdentity, _ platform: Platform, _ now: Instant, _ tx: any Writing
    ) throws -> PersonID {
        let stored = StoredIdentity(
            name: identity.name, document: identity.document, birthDate: identity.document.birthDate,
            phone: identity.phone, subject: identity.subject)
        let person = try platform.vault.findOrAdd(
            stored, otherIdentifiers: [(kind: "sign_in.subject", value: identity.subject)], random: platform.random,
            at: now, in: tx)
        // The provider's word is the newest: names and phones change.
        try tx.writing(.person(person)) { tx in
            let sealer = try platform.vault.sealer(of: person, in: tx)
            try PersonRepository.setIdentity(
                try sealer.seal(stored, SealContext.identity(person)), of: person, in: tx)
        }
        return person
    }
}

/// Reads who a session token stands for.
public struct ReadSession: Sendable {
    let platform: Platform
    public init(_ platform: Platform) { self.platform = platform }

    /// Nil for a token that is unknown, forged or expired.
    public func callAsFunction(token: String) async throws -> Viewer? {
        guard token.utf8.count == 64 else { return nil }
        let now = platform.clock.real()
        let platform = platform
        let hash = platform.vault.tokenHash(token)
        return try await platform.database.read(.session(tokenHash: hash)) { tx in
            guard let session = try SessionRepository.find(tokenHash: hash, at: now, in: tx) else { return nil }
            return try tx.reading(.person(session.person)) { try viewer(session, at: now, in: $0) }
        }
    }

    private func viewer(_ session: SessionRepository.Row, at now: Instant, in tx: any Reading) throws -> Viewer? {
        guard let row = try PersonRepository.find(session.person, in: tx), let sealed = row.sealedIdentity else {
            return nil
        }
        let sealer = try platform.vault.personSealer(session.person, wrappedKey: row.dataKey)
        let stored: StoredIdentity = try sealer.open(sealed, SealContext.identity(session.person))
        let grants = try StaffRepository.grants(of: session.person, at: now, in: tx).compactMap { row in
            StaffRole(rawValue: row.role).map {
                StaffGrant(id: row.id, tenant: row.tenant, role: $0, from: row.from, until: row.until)
            }
        }
        return Viewer(
            person: session.person,
            identity: SignedInIdentity(
                subject: stored.subject ?? "", name: stored.name, document: stored.document, phone: stored.phone),
            csrf: session.csrf, grants: grants)
    }
}

/// Ends a session.
public struct SignOut: Sendable {
    let platform: Platform
    public init(_ platform: Platform) { self.platform = platform }

    public func callAsFunction(token: String) async throws {
        let hash = platform.vault.tokenHash(token)
        try await platform.database.write(.session(tokenHash: hash)) {
            try SessionRepository.delete(tokenHash: hash, in: $0)
        }
    }
}

extension Viewer {
    /// Throws `forbidden` unless the viewer holds the role in the tenant.
    func require(_ role: StaffRole, in tenant: TenantCode) throws {
        guard roles(in: tenant).contains(role) else { throw ServiceError.forbidden }
    }

    /// Throws `forbidden` unless the viewer is staff of the tenant.
    func requireStaff(of tenant: TenantCode) throws {
        guard !roles(in: tenant).isEmpty else { throw ServiceError.forbidden }
    }
}
