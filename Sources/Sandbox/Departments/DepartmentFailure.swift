import Enrollment
import HTTPTypes
import Hummingbird
import NIOCore

/// What a broken department puts on the wire.
struct DepartmentFailure: Sendable {
    let controls: DepartmentControls
    let credential: CredentialID

    /// A call that hangs is looked at this often, to end when the department is healed.
    private static let glance: Duration = .milliseconds(100)
    /// A call hangs at most this long, so that an abandoned sandbox stops in the end.
    private static let longestHang: Duration = .seconds(60)

    /// The broken reply; nil for a failure that is told inside the protocol, or none.
    func response(
        _ failure: DepartmentBehaviour.Failure, to request: Request, _ context: SandboxRequestContext
    ) async throws -> Response? {
        switch failure {
        case .none, .wrongSignature, .queued, .notSupported: return nil
        case .error500: return Response(status: .internalServerError, body: .init(byteBuffer: .init(string: "500")))
        case .hang:
            try await hang(request)
            return Response(status: .serviceUnavailable)
        case .garbage:
            var bytes = ByteBuffer(string: "<html><body>网关超时 ")
            bytes.writeBytes([0xFF, 0xFE, 0x00, 0xC3, 0x28])
            return Response(status: .ok, headers: [.contentType: "application/json"], body: .init(byteBuffer: bytes))
        case .truncated: return truncated(context)
        case .down:
            try await context.channel.close()
            return Response(status: .serviceUnavailable)
        case .oversized: return oversized()
        }
    }

    /// Waits until the asker hangs up, the department is healed, or the longest time is over.
    private func hang(_ request: Request) async throws {
        try await request.body.consumeWithCancellationOnInboundClose { _ in
            let end = ContinuousClock.now.advanced(by: Self.longestHang)
            while controls.state(of: credential)?.behaviour.failure == .hang, ContinuousClock.now < end {
                try await Task.sleep(for: Self.glance)
            }
        }
    }

    private func truncated(_ context: SandboxRequestContext) -> Response {
        let channel = context.channel
        let body = ResponseBody(contentLength: 4096) { writer in
            try await writer.write(ByteBuffer(string: #"{"code":"200","message":"ok","data":{"rows":[{"#))
            try await channel.close()
        }
        return Response(status: .ok, headers: [.contentType: "application/json"], body: body)
    }

    /// 64 MiB that begin like a reply.
    private func oversized() -> Response {
        let body = ResponseBody { writer in
            try await writer.write(ByteBuffer(string: #"{"code":"200","message":"ok","data":{"rows":[{"zz":""#))
            let mebibyte = ByteBuffer(repeating: UInt8(ascii: "x"), count: 1 << 20)
            for _ in 0..<64 { try await writer.write(mebibyte) }
            try await writer.write(ByteBuffer(string: #""}]}}"#))
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: [.contentType: "application/json"], body: body)
    }
}
