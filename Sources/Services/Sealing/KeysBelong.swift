public import Storage

/// Makes sure that the keys in use are those of the database.
public struct KeysBelong: Sendable {
    let vault: Vault
    public init(_ vault: Vault) { self.vault = vault }

    /// Keeps the proof of the keys where there is none.
    /// - Returns: whether the keys are those the database was begun with.
    public func callAsFunction(_ database: any Database) async throws -> Bool {
        let proof = vault.proof
        if let kept = try await database.read(.province, { try TenantVersionRepository.keyProof(in: $0) }) {
            return kept == proof
        }
        return try await database.write(.province) { tx in
            try TenantVersionRepository.keepKeyProof(proof, in: tx)
            return try TenantVersionRepository.keyProof(in: tx) == proof
        }
    }
}
