import Foundation
import FoundationNetworking

/// One HTTP request, one reply, no redirect followed.
final class PlainClient: NSObject, URLSessionTaskDelegate, Sendable {
    struct Reply: Sendable {
        let status: Int
        let body: Data
        let location: String?

        var text: String { String(decoding: body, as: UTF8.self) }

        /// The body as a JSON object; empty when it is none.
        var json: [String: Any] {
            // A body that is no JSON is what some tests expect.
            ((try? JSONSerialization.jsonObject(with: body)) as? [String: Any]) ?? [:]
        }
    }

    struct NotHTTP: Error {}

    func send(
        _ method: String, _ address: String, headers: [String: String] = [:], body: String? = nil,
        seconds: TimeInterval = 20
    ) async throws -> Reply {
        guard let url = URL(string: address) else { throw NotHTTP() }
        var request = URLRequest(url: url, timeoutInterval: seconds)
        request.httpMethod = method
        request.httpBody = body.map { Data($0.utf8) }
        for (name, value) in headers { request.setValue(value, forHTTPHeaderField: name) }
        let session = URLSession(configuration: .ephemeral, delegate: self, delegateQueue: nil)
        defer { session.finishTasksAndInvalidate() }
        let (data, response) = try await session.data(for: request)
        guard let response = response as? HTTPURLResponse else { throw NotHTTP() }
        return Reply(
            status: response.statusCode, body: data, location: response.value(forHTTPHeaderField: "Location"))
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) { completionHandler(nil) }
}
