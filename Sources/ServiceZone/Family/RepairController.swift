import Enrollment
import HTTPTypes
import Hummingbird
import Services

/// What a family does when a register and its claim differ: repair, accept, ask for a person, answer a reviewer.
struct RepairController {
    let zone: Zone

    func addRoutes(to router: Router<ZoneContext>) {
        addRepair(to: router)
        addPerson(to: router)
        addSupplement(to: router)
    }

    private func addRepair(to router: Router<ZoneContext>) {
        let zone = zone
        router.get("/family/applications/:receipt/repair/:credential") { _, context -> Response in
            let (view, credential) = try await Self.read(zone, context)
            guard credential.canRepair else { return .seeOther(ApplicationController.stale(view.receipt)) }
            let page = RepairPage(view, credential, typed: nil, problems: [], words: zone.frame.words(context))
            return try zone.frame.respond(page, context)
        }
        router.post("/family/applications/:receipt/repair/:credential") { _, context in
            let receipt = try context.receipt()
            let viewer = try context.requireViewer()
            let form = context.form
            return try await zone.submit(stale: ApplicationController.stale(receipt)) {
                try await RepairCredential(zone.platform)(viewer, receipt, context.credential(), HomeForm(form))
                return "/family/applications/\(receipt)?notice=repaired"
            } refused: { problems in
                let (view, credential) = try await Self.read(zone, context)
                let page = RepairPage(
                    view, credential, typed: form, problems: problems, words: zone.frame.words(context))
                return try zone.frame.respond(page, context, status: .unprocessableContent)
            }
        }
        router.post("/family/applications/:receipt/accept/:credential") { _, context in
            let receipt = try context.receipt()
            let viewer = try context.requireViewer()
            return try await zone.submit(stale: ApplicationController.stale(receipt)) {
                try await AcceptRegister(zone.platform)(viewer, receipt, context.credential())
                return "/family/applications/\(receipt)?notice=accepted"
            } refused: {
                throw ServiceError.invalid($0)
            }
        }
    }

    private func addPerson(to router: Router<ZoneContext>) {
        let zone = zone
        router.get("/family/applications/:receipt/person/:credential") { _, context -> Response in
            let (view, credential) = try await Self.read(zone, context)
            guard credential.canAskPerson else { return .seeOther(ApplicationController.stale(view.receipt)) }
            let page = PersonPage(view, credential, typed: nil, problems: [], words: zone.frame.words(context))
            return try zone.frame.respond(page, context)
        }
        router.post("/family/applications/:receipt/person/:credential") { _, context in
            let receipt = try context.receipt()
            let viewer = try context.requireViewer()
            let form = context.form
            return try await zone.submit(stale: ApplicationController.stale(receipt)) {
                try await AskForPerson(zone.platform)(
                    viewer, receipt, context.credential(), homeKind: form["home_kind"], note: form["note"],
                    photo: form.photo)
                return "/family/applications/\(receipt)?notice=person"
            } refused: { problems in
                let (view, credential) = try await Self.read(zone, context)
                let page = PersonPage(
                    view, credential, typed: form, problems: problems, words: zone.frame.words(context))
                return try zone.frame.respond(page, context, status: .unprocessableContent)
            }
        }
    }

    private func addSupplement(to router: Router<ZoneContext>) {
        let zone = zone
        router.get("/family/applications/:receipt/supplement") { _, context -> Response in
            let view = try await ReadApplication(zone.platform)(context.requireViewer(), context.receipt())
            guard view.state == .supplementRequested else {
                return .seeOther(ApplicationController.stale(view.receipt))
            }
            let page = SupplementPage(view, typed: nil, problems: [], words: zone.frame.words(context))
            return try zone.frame.respond(page, context)
        }
        router.post("/family/applications/:receipt/supplement") { _, context in
            let receipt = try context.receipt()
            let viewer = try context.requireViewer()
            let form = context.form
            return try await zone.submit(stale: ApplicationController.stale(receipt)) {
                try await AnswerSupplement(zone.platform)(viewer, receipt, note: form["note"], photo: form.photo)
                return "/family/applications/\(receipt)?notice=supplement"
            } refused: { problems in
                let view = try await ReadApplication(zone.platform)(viewer, receipt)
                let page = SupplementPage(view, typed: form, problems: problems, words: zone.frame.words(context))
                return try zone.frame.respond(page, context, status: .unprocessableContent)
            }
        }
    }

    private static func read(
        _ zone: Zone, _ context: ZoneContext
    ) async throws -> (ApplicationView, CredentialView) {
        let view = try await ReadApplication(zone.platform)(context.requireViewer(), context.receipt())
        let id = context.credential()
        guard let credential = view.credentials.first(where: { $0.connector.credential == id }) else {
            throw ServiceError.notFound
        }
        return (view, credential)
    }
}
