import Enrollment
import Foundation

/// One family at its browser: signs in, files, and takes the later steps of its script.
struct FamilyReplay: Sendable {
    let family: GeneratedFamily
    let browser: ReplayBrowser
    let pace: ReplayPace
    /// Where submissions are counted; nil counts none.
    var traffic: ReplayTraffic?

    // MARK: Filing

    /// Signs in and agrees that the household register may be read.
    func signIn() async throws -> ReplayBrowser.Page {
        let page = try await browser.signIn(as: family.subject, next: "/family")
        guard let consent = page.form(endingIn: "/family/consent") else { return page }
        return try await checked(browser.send(consent, on: page))
    }

    /// The application that a child already has, as the family's first page lists it.
    func receipt(of child: GeneratedChild, on page: ReplayBrowser.Page) -> String? {
        page.links.lazy.compactMap { link -> String? in
            let parts = page.address.resolving(link.target)?.path.split(separator: "/").map(String.init) ?? []
            guard parts.count == 3, parts[1] == "applications", Self.names(child, page.surroundings(of: link)) else {
                return nil
            }
            return parts[2]
        }.first
    }

    /// Whether a text names the child, and not a brother or sister whose name begins with the child's.
    static func names(_ child: GeneratedChild, _ text: String) -> Bool {
        text.ranges(of: child.name).contains { range in
            let before = range.lowerBound == text.startIndex ? nil : text[text.index(before: range.lowerBound)]
            let after = range.upperBound == text.endIndex ? nil : text[range.upperBound]
            return before?.isLetter != true && after?.isLetter != true
        }
    }

    /// Files one child's application and answers its receipt number.
    /// - Parameter home: the family's first page where it stands open already.
    func file(_ child: GeneratedChild, from home: ReplayBrowser.Page? = nil) async throws -> String {
        let place = try await child.document == nil ? startFromHousehold(child, home) : startByHand(child)
        return try await fill(child.answers, from: place)
    }

    private func startFromHousehold(
        _ child: GeneratedChild, _ home: ReplayBrowser.Page?
    ) async throws -> ReplayBrowser.Page {
        let page = if let home { home } else { try await checked(browser.open("/family")) }
        let forms = page.forms.filter { page.address.resolving($0.action)?.path.hasSuffix("/family/drafts") == true }
        // The child's own button stands beside its name. A child that is not named there is of another season.
        guard let form = forms.first(where: { Self.names(child, page.surroundings(of: $0)) }) else {
            throw ReplayFailure(cause: .noForm("drafts"), path: page.address.path)
        }
        return try await checked(browser.send(form, on: page))
    }

    private func startByHand(_ child: GeneratedChild) async throws -> ReplayBrowser.Page {
        let page = try await checked(browser.open("/family/children/new"))
        guard let document = child.document, let form = page.form(endingIn: "/family/children/new") else {
            throw ReplayFailure(cause: .noForm("children/new"), path: page.address.path)
        }
        return try await checked(
            browser.send(
                form, on: page,
                [
                    "name": child.name, "document_kind": document.kind, "document_number": document.number,
                    "birth_date": document.kind == "id_number" ? "" : child.birthDate.description,
                ]))
    }

    /// Fills the pages from the place on, and submits.
    private func fill(_ answers: TypedAnswers, from first: ReplayBrowser.Page) async throws -> String {
        let homePage = try await fillPlace(answers.place, on: first)
        guard let homeForm = homePage.form(endingIn: "/home") else {
            throw ReplayFailure(cause: .noForm("home"), path: homePage.address.path)
        }
        let checkPage = try await checked(browser.send(homeForm, on: homePage, Self.fields(answers.home)))
        guard let checkForm = checkPage.form(endingIn: "/check") else {
            throw ReplayFailure(cause: .noForm("check"), path: checkPage.address.path)
        }
        let statePage = try await checked(
            browser.send(checkForm, on: checkPage, Self.checkFields(checkForm, answers)))
        let parts = statePage.address.path.split(separator: "/").map(String.init)
        guard parts.count >= 3, parts[1] == "applications" else {
            throw ReplayFailure(cause: .noForm("receipt"), path: statePage.address.path)
        }
        traffic?.submitted(in: family.tenant, after: statePage.answeredAfter)
        return parts[2]
    }

    /// Chooses county, township and community as the lists appear.
    private func fillPlace(_ place: TypedPlace, on first: ReplayBrowser.Page) async throws -> ReplayBrowser.Page {
        var page = first
        for attempt in 0..<4 {
            guard let form = page.form(endingIn: "/place") else {
                throw ReplayFailure(cause: .noForm("place"), path: page.address.path)
            }
            var fields = ["relation": place.relation, "step": "next"]
            if form.has("same_as_household") { fields["same_as_household"] = place.sameAsHousehold ? "yes" : "no" }
            if !place.sameAsHousehold || !form.has("same_as_household") {
                fields["address"] = place.address
                fields["division"] = form.value(for: place.division, in: "division")
                fields["township"] = form.value(for: place.township, in: "township")
                fields["community"] = form.value(for: place.community, in: "community")
                guard fields["division"] != nil else {
                    throw ReplayFailure(cause: .noChoice("division"), path: page.address.path)
                }
                if fields["township"] == nil {
                    fields["step"] = "township"
                } else if fields["community"] == nil {
                    fields["step"] = "community"
                }
                // A list that does not come is a page that cannot be gone on from.
                if attempt == 3, fields["step"] != "next" {
                    throw ReplayFailure(cause: .noChoice(fields["step"] ?? ""), path: page.address.path)
                }
            }
            page = try await checked(browser.send(form, on: page, fields))
            if fields["step"] == "next" { return page }
        }
        return page
    }

    private static func checkFields(_ form: PageForm, _ answers: TypedAnswers) -> [String: String] {
        var fields = ["phone": answers.phone]
        for field in form.fields where field.name.hasPrefix("consent_") { fields[field.name] = "yes" }
        var rank = 1
        for school in answers.preference where form.has("rank_\(rank)") {
            guard let value = form.value(for: school.rawValue, in: "rank_\(rank)") else { continue }
            fields["rank_\(rank)"] = value
            rank += 1
        }
        return fields
    }

    /// A home's answers as the form names them; a repair's form has the paper's part of them.
    static func fields(_ home: TypedHome, for form: PageForm? = nil) -> [String: String] {
        let fields = [
            "kind": home.kind.rawValue, "certificate_kind": home.certificateKind?.rawValue,
            "certificate_number": home.certificateNumber, "contract_number": home.contractNumber, "owner": home.owner,
            "owner_name": home.owner == nil ? nil : home.ownerName ?? "",
            "owner_number": home.owner == nil ? nil : home.ownerNumber ?? "",
        ].compactMapValues(\.self)
        guard let form else { return fields }
        return fields.filter { form.has($0.key) }
    }

    // MARK: Later steps

    /// Reads the application's state.
    func read(_ receipt: String) async throws -> ApplicationReading {
        try await browser.application(receipt)
    }

    /// Reads until the machine rests.
    func settled(_ receipt: String, waitsForSources: Bool = true) async throws -> ApplicationReading {
        try await pace.poll(path: "/api/v1/applications/\(receipt)") {
            let reading = try await read(receipt)
            let isMoving = reading.state == .verifying || (waitsForSources && reading.state == .waitingForSource)
            return (isMoving ? nil : reading, reading.state.rawValue)
        }
    }

    /// Takes one step.
    func take(_ step: FamilyStep, for receipt: String) async throws {
        let base = "/family/applications/\(receipt)"
        switch step.action {
        case .repair:
            guard let credential = step.credential, let home = step.home else { return }
            let (page, form) = try await form(at: "\(base)/repair/\(credential)")
            _ = try await checked(browser.send(form, on: page, Self.fields(home, for: form)))
        case .accept:
            guard let credential = step.credential else { return }
            try await press("/accept/\(credential)", at: base)
        case .person:
            guard let credential = step.credential else { return }
            let (page, form) = try await form(at: "\(base)/person/\(credential)")
            let fields = ["home_kind": step.homeKind?.rawValue ?? "", "note": step.note ?? ""]
            _ = try await checked(browser.send(form, on: page, fields, file: Self.file(step.photo)))
        case .edit:
            guard let answers = step.answers else { return }
            let page = try await checked(browser.open(base))
            guard let form = page.form(endingIn: "/edit") else {
                throw ReplayFailure(cause: .noForm("edit"), path: base)
            }
            _ = try await fill(answers, from: checked(browser.send(form, on: page)))
        case .withdraw:
            let (page, form) = try await form(at: "\(base)/withdraw")
            _ = try await checked(browser.send(form, on: page, ["confirm": "yes"]))
        }
    }

    /// Answers what a reviewer asked for.
    func supplement(_ receipt: String, photo: SamplePhoto.Format) async throws {
        let (page, form) = try await form(at: "/family/applications/\(receipt)/supplement")
        _ = try await checked(browser.send(form, on: page, ["note": "照片已补上(样例)"], file: Self.file(photo)))
    }

    /// Accepts or releases the offer.
    func answerOffer(_ receipt: String, accepts: Bool) async throws {
        let base = "/family/applications/\(receipt)"
        let page = try await checked(browser.open(base))
        guard let form = page.form(endingIn: "/offer") else { throw ReplayFailure(cause: .noForm("offer"), path: base) }
        _ = try await checked(browser.send(form, on: page, ["answer": accepts ? "accept" : "release"]))
    }

    /// Lets stand what a register says, where the script says nothing.
    func accept(_ credential: CredentialID, for receipt: String) async throws {
        try await press("/accept/\(credential)", at: "/family/applications/\(receipt)")
    }

    private func press(_ suffix: String, at path: String) async throws {
        let page = try await checked(browser.open(path))
        guard let form = page.form(endingIn: suffix) else { throw ReplayFailure(cause: .noForm(suffix), path: path) }
        _ = try await checked(browser.send(form, on: page))
    }

    private func form(at path: String) async throws -> (ReplayBrowser.Page, PageForm) {
        let page = try await checked(browser.open(path))
        guard let form = page.form(endingIn: path) else { throw ReplayFailure(cause: .noForm("self"), path: path) }
        return (page, form)
    }

    private static func file(_ format: SamplePhoto.Format?) -> FormBody.File? {
        format.map {
            FormBody.File(
                field: "photo", name: "sample.\($0.rawValue)", mediaType: $0.mediaType, bytes: SamplePhoto.bytes($0))
        }
    }

    private func checked(_ page: ReplayBrowser.Page) throws -> ReplayBrowser.Page { try page.checked() }
}
