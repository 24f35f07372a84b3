import Enrollment
import Foundation
import Hummingbird
import Services
import Tenancy

/// The JSON interface below `/api/v1`, as `Assets/openapi.yaml` describes it; errors follow RFC 9457.
struct InterfaceController {
    let zone: Zone
    /// Numbers that were encoded once are sent to everybody who asks until there are newer ones.
    private let provinceBytes = Latest<InterfacePath, Data>()

    init(zone: Zone) { self.zone = zone }

    func addRoutes(to router: Router<ZoneContext>) {
        for path in InterfacePath.allCases { router.get(RouterPath(path.rawValue), use: handler(path)) }
    }

    private func handler(
        _ path: InterfacePath
    ) -> @Sendable (Request, ZoneContext) async throws -> Response {
        switch path {
        case .description: description
        case .tenants: tenants
        case .application: application
        case .cases: cases
        case .counts: counts
        case .province: province
        }
    }

    @Sendable private func description(_ request: Request, _ context: ZoneContext) async throws -> Response {
        Response(
            status: .ok, headers: [.contentType: "application/yaml; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(bytes: try InterfaceDescription.bytes())))
    }

    @Sendable private func tenants(_ request: Request, _ context: ZoneContext) async throws -> Response {
        try .json(zone.platform.tenants().listings)
    }

    @Sendable private func application(_ request: Request, _ context: ZoneContext) async throws -> Response {
        let viewer = try context.requireViewer()
        return try .json(ApplicationResource(try await ReadApplication(zone.platform)(viewer, context.receipt())))
    }

    @Sendable private func cases(_ request: Request, _ context: ZoneContext) async throws -> Response {
        let viewer = try context.requireViewer()
        let query = request.uri.queryParameters
        let list = try await ReadDesk(zone.platform)(
            viewer, context.tenantCode(), state: try Self.state(query.get("state")),
            after: query.get("after").flatMap { ReceiptNumber(reading: $0) })
        return try .json(CaseListResource(list))
    }

    @Sendable private func counts(_ request: Request, _ context: ZoneContext) async throws -> Response {
        let viewer = try context.requireViewer()
        let counts = try await ReadCounts(zone.platform)(viewer, context.tenantCode())
        return try .json(CountsResource(byState: counts.byState, byCategory: counts.byCategory))
    }

    @Sendable private func province(_ request: Request, _ context: ZoneContext) async throws -> Response {
        let numbers = try await ReadProvince(zone.platform)(context.requireViewer())
        let bytes = try provinceBytes(.province, of: numbers.asOf) {
            try Response.encoder.encode(ProvinceResource(numbers, zone.platform.tenants()))
        }
        return .json(bytes: bytes)
    }

    /// Every application without a state; a word that is no state is the caller's mistake, not an empty list.
    private static func state(_ text: String?) throws -> ApplicationState? {
        guard let text, !text.isEmpty else { return nil }
        guard let state = ApplicationState(rawValue: text) else { throw HTTPError(.badRequest) }
        return state
    }
}

/// Every address of the interface; each stands in `Assets/openapi.yaml`.
enum InterfacePath: String, CaseIterable {
    case description = "/api/v1/openapi.yaml"
    case tenants = "/api/v1/tenants"
    case application = "/api/v1/applications/:receipt"
    case cases = "/api/v1/county/:code/cases"
    case counts = "/api/v1/county/:code/counts"
    case province = "/api/v1/province/numbers"
}

/// The interface's own description.
enum InterfaceDescription {
    static func bytes() throws -> [UInt8] {
        [UInt8](
            try Data(contentsOf: Bundle.module.bundleURL.appendingPathComponent("Assets/openapi.yaml")))
    }
}

extension Response {
    /// JSON with its keys in order, so that equal answers are equal bytes.
    static func json(_ value: some Encodable) throws -> Response { json(bytes: try encoder.encode(value)) }

    static func json(bytes: Data) -> Response {
        Response(
            status: .ok, headers: [.contentType: "application/json; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    static var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }
}
