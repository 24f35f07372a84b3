import HTTPTypes
import Hummingbird

/// Serves styles and scripts under addresses that change with their content.
struct AssetController {
    let assets: AssetStore

    func addRoutes(to router: Router<ZoneContext>) {
        router.get("/assets/:file") { _, context -> Response in
            guard let asset = assets.asset(context.parameters.get("file") ?? "") else { throw HTTPError(.notFound) }
            return Response(
                status: .ok,
                headers: [.contentType: asset.mediaType, .cacheControl: "public, max-age=31536000, immutable"],
                body: .init(byteBuffer: ByteBuffer(bytes: asset.bytes)))
        }
    }
}
