import Enrollment
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
import Services

/// Tells a browser live how an application stands (server-sent events, WHATWG HTML § 9.2).
struct EventsController {
    let zone: Zone

    /// How often a line without meaning shows whether the browser is still there.
    static let heartbeat = Duration.seconds(15)
    /// After so many heartbeats the stream ends; the browser comes back by itself and its session is looked at again.
    static let mostHeartbeats = 40

    private enum Tick: Sendable { case changed, heartbeat }

    private struct StateEvent: Encodable {
        let state: String
        let html: String
    }

    func addRoutes(to router: Router<ZoneContext>) {
        let zone = zone
        router.get("/family/applications/:receipt/events") { _, context -> Response in
            let viewer = try context.requireViewer()
            let receipt = try context.receipt()
            let changes = try await WatchApplication(zone.platform)(viewer, receipt)
            var response = Response(
                status: .ok, headers: [.contentType: "text/event-stream"],
                body: ResponseBody { writer in
                    try await writer.write(ByteBuffer(string: "retry: 2000\n\n"))
                    try await Self.pump(changes, zone: zone) { tick in
                        let text =
                            switch tick {
                            case .changed: try await Self.event(zone, context, viewer, receipt)
                            case .heartbeat: ": \n\n"
                            }
                        try await writer.write(ByteBuffer(string: text))
                    }
                    try await writer.finish(nil)
                })
            // nginx would hold events back until its buffer is full.
            if let name = HTTPField.Name("X-Accel-Buffering") { response.headers[name] = "no" }
            return response
        }
    }

    /// Calls with every change, the first at once, and with every heartbeat, until the stream is old or closed.
    private static func pump(
        _ changes: AsyncStream<Void>, zone: Zone, _ send: (Tick) async throws -> Void
    ) async throws {
        let (ticks, continuation) = AsyncStream.makeStream(of: Tick.self, bufferingPolicy: .bufferingNewest(4))
        let key = zone.live.add { continuation.finish() }
        defer { zone.live.remove(key) }
        continuation.yield(.changed)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for await _ in changes { continuation.yield(.changed) }
            }
            group.addTask {
                for _ in 0..<mostHeartbeats {
                    try await Task.sleep(for: heartbeat)
                    continuation.yield(.heartbeat)
                }
                continuation.finish()
            }
            for await tick in ticks { try await send(tick) }
            group.cancelAll()
        }
    }

    private static func event(
        _ zone: Zone, _ context: ZoneContext, _ viewer: Viewer, _ receipt: ReceiptNumber
    ) async throws -> String {
        let view = try await ReadApplication(zone.platform)(viewer, receipt)
        let page = StatePage(
            view, now: zone.platform.clock.business(), notice: nil, words: zone.frame.words(context))
        let html = try zone.frame.renderer.part(StatePage.livePart, page, zone.frame.layout(context))
        let data = try JSONEncoder().encode(StateEvent(state: view.state.rawValue, html: html))
        // JSON holds no line end of its own, so one data line carries it all.
        return "event: state\ndata: \(String(decoding: data, as: UTF8.self))\n\n"
    }
}
