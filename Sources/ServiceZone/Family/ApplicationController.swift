import Enrollment
import HTTPTypes
import Hummingbird
import Services
import Tenancy

/// An application after it was submitted: state, reasons, receipt, and what a family can do with it as a whole.
struct ApplicationController {
    let zone: Zone

    func addRoutes(to router: Router<ZoneContext>) {
        addPages(to: router)
        addActions(to: router)
    }

    private func addPages(to router: Router<ZoneContext>) {
        let zone = zone
        router.get("/family/applications/:receipt") { request, context in
            let view = try await ReadApplication(zone.platform)(context.requireViewer(), context.receipt())
            let page = StatePage(
                view, now: zone.platform.clock.business(), notice: request.uri.queryParameters.get("notice"),
                words: zone.frame.words(context))
            return try zone.frame.respond(page, context)
        }
        router.get("/family/applications/:receipt/why") { _, context in
            let view = try await ReadApplication(zone.platform)(context.requireViewer(), context.receipt())
            let page = WhyPage(view, connectors: zone.platform.tenants().connectors, words: zone.frame.words(context))
            return try zone.frame.respond(page, context)
        }
        router.get("/family/applications/:receipt/receipt") { _, context in
            let view = try await ReadApplication(zone.platform)(context.requireViewer(), context.receipt())
            return try zone.frame.respond(ReceiptPage(view, words: zone.frame.words(context)), context)
        }
        router.get("/family/applications/:receipt/attachments/:attachment") { _, context -> Response in
            guard let id = AttachmentID(context.parameters.get("attachment") ?? "") else { throw ServiceError.notFound }
            return .attachment(try await ReadAttachment(zone.platform)(context.requireViewer(), context.receipt(), id))
        }
    }

    private func addActions(to router: Router<ZoneContext>) {
        let zone = zone
        router.post("/family/applications/:receipt/edit") { _, context -> Response in
            let receipt = try context.receipt()
            let viewer = try context.requireViewer()
            return try await zone.submit(stale: Self.stale(receipt)) {
                "/family/drafts/\(try await EditApplication(zone.platform)(viewer, receipt))/place"
            } refused: {
                throw ServiceError.invalid($0)
            }
        }
        router.get("/family/applications/:receipt/withdraw") { _, context -> Response in
            let view = try await ReadApplication(zone.platform)(context.requireViewer(), context.receipt())
            guard view.canWithdraw else { return .seeOther(Self.stale(view.receipt)) }
            return try zone.frame.respond(
                WithdrawPage(view, problems: [], words: zone.frame.words(context)), context)
        }
        router.post("/family/applications/:receipt/withdraw") { _, context -> Response in
            let receipt = try context.receipt()
            let viewer = try context.requireViewer()
            guard context.form["confirm"] == "yes" else {
                let view = try await ReadApplication(zone.platform)(viewer, receipt)
                let problems = [FormProblem("confirm", "confirm")]
                return try zone.frame.respond(
                    WithdrawPage(view, problems: problems, words: zone.frame.words(context)), context,
                    status: .unprocessableContent)
            }
            return try await zone.submit(stale: Self.stale(receipt)) {
                try await WithdrawApplication(zone.platform)(viewer, receipt)
                return "/family/applications/\(receipt)?notice=withdrawn"
            } refused: {
                throw ServiceError.invalid($0)
            }
        }
        router.post("/family/applications/:receipt/offer") { _, context -> Response in
            let receipt = try context.receipt()
            let viewer = try context.requireViewer()
            guard ["accept", "release"].contains(context.form["answer"]) else { throw ZoneError.unreadableForm }
            return try await zone.submit(stale: Self.stale(receipt)) {
                try await AnswerOffer(zone.platform)(viewer, receipt, accept: context.form["answer"] == "accept")
                return "/family/applications/\(receipt)?notice=offer"
            } refused: {
                throw ServiceError.invalid($0)
            }
        }
    }

    static func stale(_ receipt: ReceiptNumber) -> String { "/family/applications/\(receipt)?notice=state_changed" }
}

extension Response {
    /// A file that a browser saves and never shows: what a family uploaded is not trusted to be harmless.
    static func attachment(_ file: AttachmentFile) -> Response {
        var response = Response(
            status: .ok,
            headers: [.contentType: file.mediaType, .contentSecurityPolicy: "default-src 'none'; sandbox"],
            body: .init(byteBuffer: ByteBuffer(bytes: file.bytes)))
        response.headers[.contentDisposition] = "attachment; filename=\"\(file.name)\""
        return response
    }
}
