import Enrollment
import Foundation
public import Protection
import Storage

/// Seals what is personal and makes the keyed hashes it is found by. Each person has a data key of their own, wrapped by
/// the master key: destroying it erases the person.
public struct Vault: Sendable {
    private let master: Sealer
    private let lookup: KeyedHash
    private let token: KeyedHash
    private let tokenSealer: Sealer
    private let ticket: KeyedHash
    /// What only these keys make: kept beside the data, it tells a wrong key file before anything is sealed with it.
    let proof: [UInt8]

    public init(_ keys: KeyRing) {
        master = Sealer(suite: .aes256GCM_SHA256, key: keys.master)
        lookup = KeyedHash(suite: .aes256GCM_SHA256, key: keys.lookup)
        token = KeyedHash(suite: .aes256GCM_SHA256, key: keys.token)
        tokenSealer = Sealer(suite: .aes256GCM_SHA256, key: keys.token)
        ticket = KeyedHash(suite: .aes256GCM_SHA256, key: keys.ticket)
        proof = Digest.sha256(
            [keys.master, keys.lookup, keys.token, keys.ticket].flatMap {
                KeyedHash(suite: .aes256GCM_SHA256, key: $0).hash("key.proof", "ruxue")
            })
    }

    /// A fresh data key for a person, wrapped.
    func newDataKey(for person: PersonID) throws -> [UInt8] {
        try master.wrap(SecretBytes.random(), context: "person.data_key:\(person)")
    }

    /// The sealer that works under a person's data key.
    func personSealer(_ person: PersonID, wrappedKey: [UInt8]) throws -> PersonSealer {
        let key = try master.unwrap(wrappedKey, context: "person.data_key:\(person)")
        return PersonSealer(person: person, sealer: Sealer(suite: .aes256GCM_SHA256, key: key))
    }

    /// The hash under which a value is looked up.
    func lookupHash(_ kind: String, _ value: String) -> [UInt8] { lookup.hash(kind, value) }

    /// The hash of a secret token.
    func tokenHash(_ value: String) -> [UInt8] { token.hash("session", value) }

    /// The child's pseudonym in draws of a season: bound to the child, not to a form.
    func drawTicket(child: PersonID, season: SeasonYear) -> String {
        Hex.encode(ticket.hash("ticket", "\(season)|\(child)").prefix(16))
    }

    /// Seals a short-lived value that a browser carries.
    func sealToken(_ value: some Encodable, context: String) throws -> String {
        let plain = try JSONEncoder().encode(value)
        return Data(try tokenSealer.seal(Array(plain), context: context)).base64EncodedString()
            .replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
            .replacingOccurrences(of: "=", with: "")
    }

    /// Opens what ``sealToken(_:context:)`` sealed; nil for anything else.
    func openToken<Value: Decodable>(_ text: String, as type: Value.Type, context: String) -> Value? {
        var base64 = text.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
        base64 += String(repeating: "=", count: (4 - base64.count % 4) % 4)
        guard let sealed = Data(base64Encoded: base64) else { return nil }
        // A forged or expired cookie is an everyday thing: it reads as no cookie.
        guard let plain = try? tokenSealer.open(Array(sealed), context: context) else { return nil }
        return try? JSONDecoder().decode(type, from: Data(plain))
    }
}

/// Seals and opens values under one person's data key. The context binds a sealed value to its place: moved to another
/// row it does not open.
struct PersonSealer: Sendable {
    let person: PersonID
    let sealer: Sealer

    func seal(_ value: some Encodable, _ context: String) throws -> [UInt8] {
        try sealer.seal(Array(try Self.encoder.encode(value)), context: context)
    }

    func open<Value: Decodable>(_ sealed: [UInt8], as type: Value.Type = Value.self, _ context: String) throws -> Value
    {
        try Self.decoder.decode(type, from: Data(try sealer.open(sealed, context: context)))
    }

    func sealBytes(_ bytes: [UInt8], _ context: String) throws -> [UInt8] { try sealer.seal(bytes, context: context) }

    func openBytes(_ sealed: [UInt8], _ context: String) throws -> [UInt8] { try sealer.open(sealed, context: context) }

    private static var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return encoder
    }

    private static var decoder: JSONDecoder { JSONDecoder() }
}

/// Where a sealed value lives.
enum SealContext {
    static func identity(_ person: PersonID) -> String { "person.identity:\(person)" }
    static func household(_ person: PersonID) -> String { "household:\(person)" }
    static func draft(_ draft: DraftID) -> String { "draft:\(draft)" }
    static func answers(_ application: ApplicationID) -> String { "answers:\(application)" }
    static func claim(_ application: ApplicationID, _ credential: CredentialID) -> String {
        "claim:\(application):\(credential)"
    }
    static func records(_ check: CheckID) -> String { "records:\(check)" }
    static func reason(_ application: ApplicationID) -> String { "reason:\(application)" }
    static func note(_ application: ApplicationID) -> String { "note:\(application)" }
    static func attachment(_ attachment: AttachmentID) -> String { "attachment:\(attachment)" }
    static func querySubject(_ person: PersonID) -> String { "query.subject:\(person)" }
}

/// A person's identity as stored, sealed.
struct StoredIdentity: Codable, Sendable {
    let name: PersonName
    let document: PersonDocument
    let birthDate: CivilDate?
    let phone: String?
    let subject: String?
}

extension Vault {
    /// The sealer of everything that belongs to one application.
    func sealer(of row: ApplicationRow) throws -> PersonSealer {
        try personSealer(PersonID(bytes: row.keySubject), wrappedKey: row.dataKey)
    }

    /// A fresh key for a new application, wrapped.
    func newDataKey(for application: ApplicationID) throws -> [UInt8] {
        try newDataKey(for: PersonID(bytes: application.bytes))
    }

    /// The sealer of a person who must exist.
    func sealer(of person: PersonID, in tx: any Reading) throws -> PersonSealer {
        guard let row = try PersonRepository.find(person, in: tx) else { throw ServiceError.notFound }
        return try personSealer(person, wrappedKey: row.dataKey)
    }

    /// Finds a person by a paper, or adds one with the identity given.
    func findOrAdd(
        _ identity: StoredIdentity, otherIdentifiers: [(kind: String, value: String)] = [], random: RandomSource,
        at now: Instant, in tx: any Writing
    ) throws -> PersonID {
        let identifiers = [(kind: "document.\(identity.document.kind.rawValue)", value: identity.document.number)]
        let all = (identifiers + otherIdentifiers).map { (kind: $0.kind, hash: lookupHash($0.kind, $0.value)) }
        var found: PersonID?
        for identifier in all where found == nil {
            found = try PersonRepository.find(kind: identifier.kind, keyedHash: identifier.hash, in: tx)
        }
        let person: PersonID
        if let found {
            person = found
        } else {
            let id = PersonID(from: random)
            let wrapped = try newDataKey(for: id)
            let sealed = try personSealer(id, wrappedKey: wrapped).seal(identity, SealContext.identity(id))
            person = try PersonRepository.add(
                .init(id: id, dataKey: wrapped, sealedIdentity: sealed), kind: all[0].kind, keyedHash: all[0].hash,
                at: now, in: tx)
        }
        for identifier in all {
            try PersonRepository.addIdentifier(
                kind: identifier.kind, keyedHash: identifier.hash, to: person, in: tx)
        }
        return person
    }
}
