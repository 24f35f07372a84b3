// Protection: what keeps personal data unreadable and records unforgeable.
//
// Purpose: sealing (AES-256-GCM; SM4-CTR with HMAC-SM3), keyed hashes for look-ups, digests, Merkle trees for rosters,
// the audit chain, and the file in which an installation keeps its keys. Suites are named by an id inside every sealed
// value, so that old values stay readable when the suite changes.
// Not here: keys (callers hand them in), SQL, HTTP, people. OpenSSL's libcrypto and Foundation are the only imports, and
// raw pointers appear in this target's wrappers only.
// Start reading at `Sealing/Sealer.swift`; then `Hashing/KeyedHash.swift`, `Keys/KeyFile.swift`.
