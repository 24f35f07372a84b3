import Hummingbird

/// What a load balancer asks: is the process alive, and can it serve.
struct HealthController {
    let frame: ZoneFrame

    func addRoutes(to router: Router<ZoneContext>) {
        router.get("/healthz") { _, _ in Response.text("ok") }
        router.get("/readyz") { _, _ in
            await frame.isReady() ? Response.text("ok") : Response.text("not ready", status: .serviceUnavailable)
        }
    }
}
