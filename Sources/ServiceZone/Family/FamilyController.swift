import Enrollment
import HTTPTypes
import Hummingbird
import Services

/// A family's first page, consent, children entered by hand, and who asked about the family.
struct FamilyController {
    let zone: Zone

    func addRoutes(to router: Router<ZoneContext>) {
        let zone = zone
        router.get("/family") { _, context in
            let viewer = try context.requireViewer()
            let page = FamilyHomePage(
                try await ReadFamily(zone.platform)(viewer), guardian: viewer.identity.name,
                words: zone.frame.words(context))
            return try zone.frame.respond(page, context)
        }
        router.post("/family/consent") { _, context -> Response in
            guard context.form["purpose"] == "household_prefill" else { throw ZoneError.unreadableForm }
            try await GiveHouseholdConsent(zone.platform)(context.requireViewer())
            return .seeOther("/family")
        }
        router.post("/family/drafts") { _, context -> Response in
            let draft = try await StartDraft(zone.platform)(context.requireViewer(), member: context.form["member"])
            return .seeOther("/family/drafts/\(draft)/place")
        }
        router.get("/family/children/new") { _, context in
            _ = try context.requireViewer()
            return try Self.child(zone, context, typed: ReceivedForm(), problems: [])
        }
        router.post("/family/children/new") { _, context in
            let viewer = try context.requireViewer()
            let form = context.form
            return try await zone.submit(stale: "/family") {
                let draft = try await StartDraftByHand(zone.platform)(
                    viewer,
                    ChildForm(
                        name: form["name"], documentKind: form["document_kind"],
                        documentNumber: form["document_number"], birthDate: form["birth_date"]))
                return "/family/drafts/\(draft)/place"
            } refused: {
                try Self.child(zone, context, typed: form, problems: $0)
            }
        }
        router.get("/family/queries") { _, context in
            let log = try await ReadQueryLog(zone.platform)(context.requireViewer())
            let page = QueriesPage(log, registry: zone.platform.tenants(), words: zone.frame.words(context))
            return try zone.frame.respond(page, context)
        }
    }

    private static func child(
        _ zone: Zone, _ context: ZoneContext, typed: ReceivedForm, problems: [FormProblem]
    ) throws -> Response {
        try zone.frame.respond(
            ChildPage(typed: typed, problems: problems, words: zone.frame.words(context)), context,
            status: problems.isEmpty ? .ok : .unprocessableContent)
    }
}
