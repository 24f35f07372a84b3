/// An HTTP client over libcurl: one multi handle on one thread of its own, connections kept alive and shared.
///
/// Blocking work never runs on Swift's cooperative threads: a call hands its request to the curl thread and is resumed
/// from there. Cookies, retries and caching are the caller's. Proxies from the environment are not used.
public final class CurlTransport: Sendable {
    private let loop: CurlLoop

    /// Starts the transport's thread.
    /// - Parameter maxConnectionsPerHost: more requests than this to one host wait for a connection, inside their
    ///   deadline.
    public init(maxConnectionsPerHost: Int = 64) {
        loop = CurlLoop(maxConnectionsPerHost: maxConnectionsPerHost)
        loop.run()
    }

    deinit { loop.stop() }

    /// Sends a request and returns its reply, whatever the status. Cancelling the task takes the transfer down.
    public func exchange(_ request: HTTPRequest) async throws(TransportError) -> HTTPReply {
        guard request.isWellFormed else { throw .malformedRequest }
        let transfer = CurlTransfer(request)
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { loop.start(transfer, continuation: $0) }
        } onCancel: {
            loop.cancel(transfer)
        }
        return try result.get()
    }

    /// Ends all transfers with ``TransportError/shutDown`` and returns when the thread and its connections are gone.
    /// May be called several times, and from several tasks.
    public func shutdown() async {
        loop.stop()
        await loop.ended()
    }
}
