import Enrollment
import Hummingbird
import Services

/// Giving seats: what stands in the way, the run, its release by another officer, and a demonstration's clock.
struct AdmissionController {
    let zone: Zone

    func addRoutes(to router: Router<ZoneContext>) {
        router.get("/county/:code/admission", use: show)
        router.post("/county/:code/admission/run", use: run)
        router.post("/county/:code/admission/release", use: release)
        router.post("/county/:code/clock", use: moveClock)
    }

    @Sendable private func show(_ request: Request, _ context: ZoneContext) async throws -> Response {
        try await page(request, context, status: .ok)
    }

    @Sendable private func run(_ request: Request, _ context: ZoneContext) async throws -> Response {
        try await act(request, context) { viewer, code in
            _ = try await RunAdmission(zone.platform)(
                viewer, code, provisional: context.form["provisional"] == "yes")
            return .runFinished
        }
    }

    @Sendable private func release(_ request: Request, _ context: ZoneContext) async throws -> Response {
        try await act(request, context) { viewer, code in
            guard let run = AllocationRunID(context.form["run"]) else { throw ServiceError.notFound }
            try await ReleaseAdmission(zone.platform)(viewer, code, run)
            return .released
        }
    }

    @Sendable private func moveClock(_ request: Request, _ context: ZoneContext) async throws -> Response {
        try await act(request, context) { viewer, code in
            guard context.form["to"] == "after_window" else { throw ServiceError.notFound }
            try await MoveDemonstrationClock(zone.platform)(viewer, code)
            return .clockMoved
        }
    }

    /// The page itself says what stands in the way, and whose signature is missing: an action that cannot be done comes
    /// back to it.
    private func act(
        _ request: Request, _ context: ZoneContext, _ action: (Viewer, TenantCode) async throws -> DeskNotice
    ) async throws -> Response {
        let viewer = try context.requireViewer()
        let code = try context.tenantCode()
        do {
            let notice = try await action(viewer, code)
            return .seeOther("/county/\(code)/admission?\(notice.query())")
        } catch ServiceError.rosterNotReady {
            return try await page(request, context, status: .unprocessableContent)
        } catch ServiceError.sameReviewer {
            return try await page(request, context, status: .unprocessableContent)
        }
    }

    private func page(
        _ request: Request, _ context: ZoneContext, status: HTTPResponse.Status
    ) async throws -> Response {
        let viewer = try context.requireViewer()
        let view = try await ReadAdmission(zone.platform)(viewer, context.tenantCode())
        let words = zone.frame.words(context)
        return try zone.frame.respond(
            AdmissionPage(view, viewer: viewer, notice: DeskNotice.text(request, words), words: words), context,
            status: status)
    }
}
