import Enrollment
import HTTPTypes
import Hummingbird
import Services

/// The three steps of a draft: place, home, check and submit.
struct DraftController {
    let zone: Zone

    func addRoutes(to router: Router<ZoneContext>) {
        addPlace(to: router)
        addHome(to: router)
        addCheck(to: router)
    }

    private func addPlace(to router: Router<ZoneContext>) {
        let zone = zone
        router.get("/family/drafts/:draft/place") { _, context in
            let draft = try await ReadDraft(zone.platform)(context.requireViewer(), context.draft())
            return try Self.place(zone, context, draft, typed: nil, problems: [])
        }
        router.post("/family/drafts/:draft/place") { _, context in
            let viewer = try context.requireViewer()
            let id = try context.draft()
            let form = context.form
            let isComplete = !["township", "community"].contains(form["step"])
            let save = SavePlace(zone.platform)
            let answer = PlaceForm(
                relation: form["relation"], sameAsHousehold: form["same_as_household"] == "yes",
                division: form["division"], township: form["township"], community: form["community"],
                address: form["address"])
            guard isComplete else {
                let draft = try await save(viewer, id, answer, complete: false)
                return try Self.place(zone, context, draft, typed: form, problems: [])
            }
            return try await zone.submit(stale: "/family") {
                _ = try await save(viewer, id, answer, complete: true)
                return "/family/drafts/\(id)/home"
            } refused: {
                let draft = try await ReadDraft(zone.platform)(viewer, id)
                return try Self.place(zone, context, draft, typed: form, problems: $0)
            }
        }
    }

    private func addHome(to router: Router<ZoneContext>) {
        let zone = zone
        router.get("/family/drafts/:draft/home") { _, context -> Response in
            let draft = try await ReadDraft(zone.platform)(context.requireViewer(), context.draft())
            guard draft.place != nil else { return .seeOther("/family/drafts/\(draft.id)/place") }
            return try Self.home(zone, context, draft, typed: nil, problems: [])
        }
        router.post("/family/drafts/:draft/home") { _, context in
            let viewer = try context.requireViewer()
            let id = try context.draft()
            let form = context.form
            return try await zone.submit(stale: "/family") {
                _ = try await SaveHome(zone.platform)(viewer, id, HomeForm(form))
                return "/family/drafts/\(id)/check"
            } refused: { problems in
                // The place is not on this page: a problem with it is mended one step back.
                if problems.contains(where: { $0.field == "community" }) {
                    return .seeOther("/family/drafts/\(id)/place")
                }
                let draft = try await ReadDraft(zone.platform)(viewer, id)
                return try Self.home(zone, context, draft, typed: form, problems: problems)
            }
        }
    }

    private func addCheck(to router: Router<ZoneContext>) {
        let zone = zone
        router.get("/family/drafts/:draft/check") { _, context -> Response in
            let viewer = try context.requireViewer()
            let id = try context.draft()
            let draft = try await ReadDraft(zone.platform)(viewer, id)
            guard draft.place != nil else { return .seeOther("/family/drafts/\(id)/place") }
            guard draft.home != nil else { return .seeOther("/family/drafts/\(id)/home") }
            do {
                return try await Self.check(zone, context, viewer, id, typed: nil, problems: [])
            } catch ServiceError.invalid(let problems) {
                // An answer no longer fits another one, such as a home in a community that was changed since.
                let step = problems.contains { $0.field == "division" } ? "place" : "home"
                return .seeOther("/family/drafts/\(id)/\(step)")
            }
        }
        router.post("/family/drafts/:draft/check") { _, context in
            let viewer = try context.requireViewer()
            let id = try context.draft()
            let form = context.form
            return try await zone.submit(stale: "/family") {
                let receipt = try await SubmitApplication(zone.platform)(viewer, id, SubmissionForm(form))
                return "/family/applications/\(receipt)?notice=submitted"
            } refused: {
                try await Self.check(zone, context, viewer, id, typed: form, problems: $0)
            }
        }
    }

    private static func place(
        _ zone: Zone, _ context: ZoneContext, _ draft: DraftView, typed: ReceivedForm?, problems: [FormProblem]
    ) throws -> Response {
        let words = zone.frame.words(context)
        let lists = PlaceLists(zone.platform.tenants(), stage: draft.stage, words: words)
        return try zone.frame.respond(
            PlacePage(draft, typed: typed, problems: problems, lists: lists, words: words), context,
            status: problems.isEmpty ? .ok : .unprocessableContent)
    }

    private static func home(
        _ zone: Zone, _ context: ZoneContext, _ draft: DraftView, typed: ReceivedForm?, problems: [FormProblem]
    ) throws -> Response {
        let page = HomePage(
            draft, guardian: try context.requireViewer().identity.document, typed: typed, problems: problems,
            words: zone.frame.words(context))
        return try zone.frame.respond(page, context, status: problems.isEmpty ? .ok : .unprocessableContent)
    }

    private static func check(
        _ zone: Zone, _ context: ZoneContext, _ viewer: Viewer, _ id: DraftID, typed: ReceivedForm?,
        problems: [FormProblem]
    ) async throws -> Response {
        let page = CheckPage(
            try await PreviewDraft(zone.platform)(viewer, id), typed: typed, problems: problems,
            fallbackPhone: viewer.identity.phone, words: zone.frame.words(context))
        return try zone.frame.respond(page, context, status: problems.isEmpty ? .ok : .unprocessableContent)
    }
}

extension HomeForm {
    init(_ form: ReceivedForm) {
        self.init(
            kind: form["kind"], certificateKind: form["certificate_kind"],
            certificateNumber: form["certificate_number"], contractNumber: form["contract_number"],
            owner: form["owner"], ownerName: form["owner_name"], ownerNumber: form["owner_number"])
    }
}

extension SubmissionForm {
    /// Ranks are read in their order, up to the first that is missing.
    init(_ form: ReceivedForm) {
        var ranking: [SchoolCode] = []
        while !form["rank_\(ranking.count + 1)"].isEmpty {
            ranking.append(SchoolCode(rawValue: form["rank_\(ranking.count + 1)"]))
        }
        let consents = form.fields(prefixed: "consent_").filter { $0.value == "yes" }.keys
        self.init(
            ranking: ranking, consents: Set(consents.map { CredentialID(rawValue: $0) }), phone: form["phone"],
            key: form["submission_key"])
    }
}
