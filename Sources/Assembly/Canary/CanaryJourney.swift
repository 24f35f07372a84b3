import Enrollment
import Services
import Storage

/// The watched family's season, from consent to the seat, through every route of the portal that touches a family. Each
/// step is tried by every stranger before it is taken.
struct CanaryJourney {
    let run: CanaryRun
    let people: CanaryPeople
    let visitors: CanaryPeople.Visitors
    /// What stands in the photograph that the family sends.
    static let pictured = "canary-photograph-1"
    let title = CredentialID.realEstateTitle

    var portal: CanaryPortal { run.portal }
    var mother: CanaryVisitor { visitors.mother }
    private var family: CanaryFamily { people.watched }

    /// Applies for a child without anybody trying anything.
    /// - Parameter works: whether its checks are done; otherwise they wait.
    func file(
        _ family: CanaryFamily, child: Int = 0, certificate: String? = nil, as guardian: CanaryVisitor,
        works: Bool = true
    ) async throws -> ReceiptNumber {
        _ = try await portal.ask(guardian, .post("/family/consent", ["purpose": "household_prefill"]))
        let draft = try await led(
            portal.ask(
                guardian, .post("/family/drafts", ["member": try await member(family.children[child], guardian)])),
            "/family/drafts/")
        _ = try await portal.ask(guardian, .post("/family/drafts/\(draft)/place", Self.place))
        _ = try await portal.ask(
            guardian, .post("/family/drafts/\(draft)/home", Self.home(certificate ?? family.certificate)))
        let answer = try await portal.ask(
            guardian, .post("/family/drafts/\(draft)/check", try await submission(draft, family, guardian)))
        if works { try await portal.work() }
        return try receipt(answer)
    }

    /// From the family's first page to the receipt.
    func apply() async throws -> ReceiptNumber {
        let outside = visitors.outsideFamily
        let child = family.children[0]
        let consent = CanaryRequest.post("/family/consent", ["purpose": "household_prefill"])
        try await run.take(
            CanaryStep(request: consent, by: mother, strangers: outside, proof: .leads("/family"), own: consent))
        try await own("/family", shows: child.name.value)
        try await run.take(
            CanaryStep(
                request: .get("/family/children/new"), by: mother, strangers: outside, proof: .answers,
                own: .get("/family/children/new")))
        try await enterByHand()
        let begun = try await run.take(
            CanaryStep(
                request: .post("/family/drafts", ["member": try await member(child, mother)]), by: mother,
                strangers: outside, proof: .leads("/family/drafts/")))
        let draft = try led(begun, "/family/drafts/")
        run.watch([draft])
        let path = "/family/drafts/\(draft)"
        try await read("\(path)/place", shows: child.name.value)
        try await write("\(path)/place", Self.place, leads: "\(path)/home")
        try await read("\(path)/home", shows: nil)
        try await write("\(path)/home", Self.home(family.wrongCertificate), leads: "\(path)/check")
        try await read("\(path)/check", shows: child.name.value)
        let form = try await submission(draft, family, mother)
        let submitted = try await run.take(
            CanaryStep(
                request: .post("\(path)/check", form), by: mother, strangers: outside,
                proof: .leads("/family/applications/")))
        return try receipt(submitted)
    }

    private func enterByHand() async throws {
        let request = { (person: CanaryFamily.Person) in
            CanaryRequest.post(
                "/family/children/new",
                [
                    "name": person.name.value, "document_kind": "id_number", "document_number": person.number.value,
                    "birth_date": person.birthDate.description,
                ])
        }
        try await run.take(
            CanaryStep(
                request: request(family.children[2]), by: mother, strangers: visitors.outsideFamily,
                proof: .leads("/family/drafts/"), own: request(people.stranger.children[0])))
    }

    /// The family's pages, and what it does when a register and its claim differ.
    func correct(_ receipt: ReceiptNumber) async throws -> AttachmentID {
        let path = "/family/applications/\(receipt)"
        let name = family.children[0].name.value
        for page in ["", "/why", "/receipt", "/events"] {
            try await read(path + page, shows: page == "/why" ? nil : page == "/events" ? "state" : name)
        }
        try await read("/api/v1/applications/\(receipt)", shows: receipt.rawValue)
        try await own("/family", shows: name)
        try await own("/family/queries", shows: name)
        try await read("\(path)/repair/\(title)", shows: nil)
        try await write(
            "\(path)/repair/\(title)", Self.home(family.wrongCertificate + "1"), leads: "\(path)?notice=repaired")
        try await read("\(path)/person/\(title)", shows: nil)
        try await write(
            "\(path)/person/\(title)", ["note": family.note], photo: CanaryPicture.holding(Self.pictured),
            leads: "\(path)?notice=person")
        guard let attachment = try await ReadApplication(portal.platform)(viewer(mother), receipt).attachments.first
        else { throw CanaryError.unplanted("attachment") }
        run.watch([attachment.id.description, Self.pictured])
        return attachment.id
    }

    /// Officers of the county may open the attachment at this address too.
    func attachment(_ id: AttachmentID, _ receipt: ReceiptNumber, beside neighbours: ReceiptNumber) async throws {
        try await run.take(
            CanaryStep(
                request: .get("/family/applications/\(receipt)/attachments/\(id)"), by: mother,
                strangers: visitors.outsideFamily.filter { $0.title != visitors.first.title },
                proof: .shows(Self.pictured),
                detours: [
                    (visitors.neighbour, .get("/family/applications/\(neighbours)/attachments/\(id)"))
                ]))
    }

    /// A second child: the register is accepted, the answers are edited, the application is withdrawn.
    func withdraw(_ receipt: ReceiptNumber) async throws {
        let path = "/family/applications/\(receipt)"
        try await write("\(path)/accept/\(title)", [:], leads: "\(path)?notice=accepted")
        let edited = try await write("\(path)/edit", [:], leads: "/family/drafts/")
        run.watch([try led(edited, "/family/drafts/")])
        try await read("\(path)/withdraw", shows: nil)
        try await write("\(path)/withdraw", ["confirm": "yes"], leads: "\(path)?notice=withdrawn")
    }

    func answer(_ receipt: ReceiptNumber, _ answer: String) async throws {
        let path = "/family/applications/\(receipt)"
        try await write("\(path)/offer", ["answer": answer], leads: "\(path)?notice=offer")
    }

    /// What an officer asked for is read and answered.
    func supplement(_ receipt: ReceiptNumber) async throws {
        let path = "/family/applications/\(receipt)"
        try await read("\(path)/supplement", shows: CanaryDesk.question)
        try await write(
            "\(path)/supplement", ["note": family.note], photo: CanaryPicture.holding(Self.pictured),
            leads: "\(path)?notice=supplement")
    }
}

extension CanaryJourney {
    static let place = ["relation": "mother", "same_as_household": "yes"]

    static func home(_ certificate: String) -> [String: String] {
        [
            "kind": HomeKind.owned.rawValue, "certificate_kind": CertificateKind.realEstate.rawValue,
            "certificate_number": certificate, "owner": "guardian",
        ]
    }

    private func read(_ path: String, shows mark: String?) async throws {
        try await run.take(
            CanaryStep(
                request: .get(path), by: mother, strangers: visitors.outsideFamily,
                proof: mark.map { .shows($0) } ?? .answers))
    }

    /// A page that everybody has of their own.
    private func own(_ path: String, shows mark: String) async throws {
        try await run.take(
            CanaryStep(
                request: .get(path), by: mother, strangers: visitors.outsideFamily, proof: .shows(mark),
                own: .get(path)))
    }

    @discardableResult
    private func write(
        _ path: String, _ form: [String: String], photo: [UInt8]? = nil, leads: String
    ) async throws -> CanaryAnswer {
        try await run.take(
            CanaryStep(
                request: .post(path, form, photo: photo), by: mother, strangers: visitors.outsideFamily,
                proof: .leads(leads)))
    }

    func viewer(_ visitor: CanaryVisitor) throws -> Viewer {
        guard let viewer = visitor.viewer else { throw CanaryError.unplanted("viewer") }
        return viewer
    }

    private func member(_ child: CanaryFamily.Person, _ guardian: CanaryVisitor) async throws -> String {
        let home = try await ReadFamily(portal.platform)(viewer(guardian))
        guard let card = home.children.first(where: { $0.name == child.name }) else {
            throw CanaryError.unplanted("child of the household")
        }
        return card.member
    }

    private func submission(
        _ draft: String, _ family: CanaryFamily, _ guardian: CanaryVisitor
    ) async throws -> [String: String] {
        guard let id = DraftID(draft) else { throw CanaryError.unplanted("draft") }
        let preview = try await PreviewDraft(portal.platform)(viewer(guardian), id)
        var form = ["phone": family.phone, "submission_key": preview.submissionKey]
        for check in preview.checks where check.isNeeded { form["consent_\(check.connector.credential)"] = "yes" }
        return form
    }

    /// What follows the beginning of the address that an answer leads to.
    private func led(_ answer: CanaryAnswer, _ beginning: String) throws -> String {
        guard let location = answer.location, location.hasPrefix(beginning),
            let id = location.dropFirst(beginning.count).split(whereSeparator: { "/?".contains($0) }).first
        else { throw CanaryError.unplanted("\(answer.route ?? "route") (\(answer.status))") }
        return String(id)
    }

    private func receipt(_ answer: CanaryAnswer) throws -> ReceiptNumber {
        ReceiptNumber(rawValue: try led(answer, "/family/applications/"))
    }
}

/// A picture that is one by its parts, with a text where its points would be.
enum CanaryPicture {
    static func holding(_ text: String) -> [UInt8] {
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])
            + chunk("IDAT", Array(text.utf8)) + chunk("IEND", [])
    }

    private static func chunk(_ type: String, _ body: [UInt8]) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: body.count >> (24 - 8 * $0)) } + Array(type.utf8) + body + [0, 0, 0, 0]
    }
}
