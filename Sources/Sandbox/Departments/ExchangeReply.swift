import Foundation

/// A reply of the exchange or of a department: `{code, message, data}`.
struct ExchangeReply: Encodable, Sendable {
    enum Content: Encodable, Sendable {
        case rows(WireRows)
        case secret(String, endTime: String)

        private enum CodingKeys: String, CodingKey {
            case rows, secret, secretEndTime
        }

        func encode(to encoder: any Encoder) throws {
            var values = encoder.container(keyedBy: CodingKeys.self)
            switch self {
            case .rows(let rows): try values.encode(rows, forKey: .rows)
            case .secret(let secret, let endTime):
                try values.encode(secret, forKey: .secret)
                try values.encode(endTime, forKey: .secretEndTime)
            }
        }
    }

    let code: String
    let message: String
    var data: Content?

    /// Asked by a stranger, with a wrong signature, too late, or with a secret that ended.
    static func refused(_ message: String) -> ExchangeReply { ExchangeReply(code: "-1", message: message) }

    /// Asked for a service that the requester has no right to, or that does not exist.
    static let notAuthorised = ExchangeReply(code: "E-106", message: "not authorised for the service")
}
