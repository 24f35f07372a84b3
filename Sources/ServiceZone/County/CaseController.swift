import Enrollment
import Hummingbird
import Services
import Tenancy

/// One application before an officer: the page, both reviews, the request for a supplement, and attachments.
struct CaseController {
    let zone: Zone

    func addRoutes(to router: Router<ZoneContext>) {
        let path: RouterPath = "/county/:code/cases/:receipt"
        router.get(path, use: show)
        router.post("/county/:code/cases/:receipt/supplement", use: supplement)
        router.post("/county/:code/cases/:receipt/first-review", use: firstReview)
        router.post("/county/:code/cases/:receipt/second-review", use: secondReview)
        router.get("/county/:code/cases/:receipt/attachments/:id", use: attachment)
    }

    @Sendable private func show(_ request: Request, _ context: ZoneContext) async throws -> Response {
        try await page(context, .untouched, status: .ok)
    }

    @Sendable private func supplement(_ request: Request, _ context: ZoneContext) async throws -> Response {
        let note = context.form["note"]
        return try await act(context, form: "supplement", findings: [:], text: note) { viewer, code, receipt in
            try await RequestSupplement(zone.platform)(viewer, code, receipt, note: note)
            return (.supplementAsked, .firstReview)
        }
    }

    @Sendable private func firstReview(_ request: Request, _ context: ZoneContext) async throws -> Response {
        let form = context.form
        let findings = Dictionary(
            form.fields(prefixed: "finding.").map { (FactKey(rawValue: $0.key), $0.value) }
        ) { first, _ in first }
        return try await act(context, form: "first", findings: findings, text: form["reason"]) {
            viewer, code, receipt in
            try await ReviewFirst(zone.platform)(
                viewer, code, receipt, verdict: form["verdict"], findings: findings, reason: form["reason"])
            return (.sentToSecond, .firstReview)
        }
    }

    @Sendable private func secondReview(_ request: Request, _ context: ZoneContext) async throws -> Response {
        let form = context.form
        return try await act(context, form: "second", findings: [:], text: form["reason"]) { viewer, code, receipt in
            try await ReviewSecond(zone.platform)(
                viewer, code, receipt, verdict: form["verdict"], reason: form["reason"])
            return (form["verdict"] == "approve" ? .approved : .returned, .secondReview)
        }
    }

    @Sendable private func attachment(_ request: Request, _ context: ZoneContext) async throws -> Response {
        let viewer = try context.requireViewer()
        let code = try context.tenantCode()
        let receipt = try context.receipt()
        // An officer of one county must not open a file of another through an address of the first.
        guard receipt.tenant == code, !viewer.roles(in: code).isEmpty,
            let id = context.parameters.get("id").flatMap({ AttachmentID($0) })
        else { throw ServiceError.notFound }
        return .attachment(try await ReadAttachment(zone.platform)(viewer, receipt, id))
    }

    /// Does what a form asks and goes back to the list it was taken from, so that the next one is at hand. A form that
    /// cannot be taken comes back with what was typed.
    private func act(
        _ context: ZoneContext, form: String, findings: [FactKey: String], text: String,
        _ action: (Viewer, TenantCode, ReceiptNumber) async throws -> (DeskNotice, ApplicationState)
    ) async throws -> Response {
        let viewer = try context.requireViewer()
        let code = try context.tenantCode()
        let receipt = try context.receipt()
        do {
            let (notice, list) = try await action(viewer, code, receipt)
            return .seeOther("/county/\(code)?state=\(list.rawValue)&\(notice.query(receipt))")
        } catch ServiceError.invalid(let problems) {
            let typed = CaseForm(form: form, findings: findings, text: text, problems: problems)
            return try await page(context, typed, status: .unprocessableContent)
        } catch ServiceError.sameReviewer {
            return try await page(context, .untouched, status: .unprocessableContent)
        } catch ServiceError.stateChanged(let state) {
            return .seeOther("/county/\(code)?state=\(state.rawValue)&\(DeskNotice.stateChanged.query(receipt))")
        }
    }

    private func page(
        _ context: ZoneContext, _ form: CaseForm, status: HTTPResponse.Status
    ) async throws -> Response {
        let viewer = try context.requireViewer()
        let view = try await ReadCase(zone.platform)(viewer, context.tenantCode(), context.receipt())
        let registry = zone.platform.tenants()
        let page = CasePage(
            view, viewer: viewer, connectors: registry.connectors, gazetteer: registry.gazetteer, form: form,
            words: zone.frame.words(context))
        return try zone.frame.respond(page, context, status: status)
    }
}
