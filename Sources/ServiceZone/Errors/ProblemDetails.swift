import Foundation
import HTTPTypes
import Hummingbird

/// An error of the JSON interface (RFC 9457).
struct ProblemDetails: Codable, Sendable {
    let type: String
    let title: String
    let status: Int
    let detail: String
    /// The stable code.
    let code: String
    let requestID: String

    enum CodingKeys: String, CodingKey {
        case type, title, status, detail, code
        case requestID = "request_id"
    }

    var response: Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Texts and one number always encode; an empty body would still carry the status.
        let body = (try? encoder.encode(self)).map { ByteBuffer(bytes: $0) } ?? ByteBuffer()
        return Response(
            status: .init(code: status), headers: [.contentType: "application/problem+json"],
            body: .init(byteBuffer: body))
    }
}
