import Foundation
import JWTKit

/// The provider's signing keys, by key id.
struct ProviderKeys: Sendable {
    private let keys: [JWK]

    /// Reads a JWKS. A key of a kind that is unknown here, or meant for encryption, is left out: providers add such
    /// keys without warning, and they do no harm to the others.
    init(parsing bytes: [UInt8]) throws(GatewayError) {
        let document: Document
        do { document = try JSONDecoder().decode(Document.self, from: Data(bytes)) } catch { throw .unreadable }
        keys = document.keys.compactMap(\.key)
    }

    /// The one key that may have signed a token with this header; nil when none can be told.
    func key(id: String?, algorithm: String) -> JWK? {
        let fitting = keys.filter { key in
            (key.algorithm.map { $0.rawValue == algorithm } ?? true)
                && key.keyType == (algorithm == "ES256" ? .ecdsa : .rsa)
                && (id == nil || key.keyIdentifier?.string == id)
        }
        return fitting.count == 1 ? fitting.first : nil
    }

    private struct Document: Decodable { let keys: [Entry] }

    private struct Entry: Decodable {
        let key: JWK?

        private enum CodingKeys: String, CodingKey { case use }

        init(from decoder: any Decoder) throws {
            let use = try decoder.container(keyedBy: CodingKeys.self).decodeIfPresent(String.self, forKey: .use)
            // A key that JWTKit cannot read is a key that this client cannot use.
            key = use == nil || use == "sig" ? try? JWK(from: decoder) : nil
        }
    }
}
