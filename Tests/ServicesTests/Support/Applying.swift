import Catchments
import Enrollment
import Foundation
import Services
import Testing

/// What a family fills in; a family that owns its home, unless a test says otherwise.
struct Answers: Sendable {
    var relation = "mother"
    /// Nil where the family lives at its registered address.
    var lives: Community?
    var kind = HomeKind.owned
    var certificateNumber: String?
    var contractNumber = ""
    var owner = "guardian"
    var ranking: [SchoolCode]?
    var consents: Set<CredentialID>?
    var phone = "13900001234"
}

extension TestSeason {
    /// Writes down what registers truly hold about a family: its household, and its title.
    func register(_ family: SampleFamily, title: Bool = true) {
        for person in [family.father, family.mother] + family.children {
            registers.say(.household, about: person, family.household)
        }
        if title { registers.say(.realEstateTitle, about: family.mother, family.title) }
    }

    /// Signs the mother in, who lets the portal read her household.
    func arrive(_ family: SampleFamily) async throws -> Viewer {
        let viewer = try await signIn(family.mother)
        try await GiveHouseholdConsent(platform)(viewer)
        return viewer
    }

    func begin(_ viewer: Viewer, _ child: SamplePerson) async throws -> DraftID {
        let home = try await ReadFamily(platform)(viewer)
        let card = try #require(home.children.first { $0.name == child.name && $0.birthDate == child.birthDate })
        return try await StartDraft(platform)(viewer, member: card.member)
    }

    func fill(_ viewer: Viewer, _ draft: DraftID, _ family: SampleFamily, _ answers: Answers = Answers()) async throws {
        let place = answers.lives
        _ = try await SavePlace(platform)(
            viewer, draft,
            PlaceForm(
                relation: answers.relation, sameAsHousehold: place == nil, division: place?.division ?? "",
                township: place?.township ?? "", community: place?.name ?? "",
                address: place.map { SampleFamily.address($0, number: "1") } ?? ""), complete: true)
        _ = try await SaveHome(platform)(viewer, draft, homeForm(family, answers))
    }

    func homeForm(_ family: SampleFamily, _ answers: Answers = Answers()) -> HomeForm {
        HomeForm(
            kind: answers.kind.rawValue, certificateKind: "real_estate_certificate",
            certificateNumber: answers.certificateNumber ?? family.certificateNumber,
            contractNumber: answers.contractNumber, owner: answers.owner, ownerName: "", ownerNumber: "")
    }

    /// The form that the page of a filled draft sends.
    func form(_ viewer: Viewer, _ draft: DraftID, _ answers: Answers = Answers()) async throws -> SubmissionForm {
        let preview = try await PreviewDraft(platform)(viewer, draft)
        let ranking = preview.schools.count > 1 ? preview.schools.map(\.code) : []
        return SubmissionForm(
            ranking: answers.ranking ?? ranking,
            consents: answers.consents ?? Set(preview.checks.filter(\.isNeeded).map(\.connector.credential)),
            phone: answers.phone, key: preview.submissionKey)
    }

    /// From the first page to the receipt.
    func apply(
        _ viewer: Viewer, _ family: SampleFamily, child: SamplePerson? = nil, _ answers: Answers = Answers()
    ) async throws -> ReceiptNumber {
        let draft = try await begin(viewer, child ?? family.child)
        return try await submit(viewer, draft, family, answers)
    }

    func submit(
        _ viewer: Viewer, _ draft: DraftID, _ family: SampleFamily, _ answers: Answers = Answers()
    ) async throws -> ReceiptNumber {
        try await fill(viewer, draft, family, answers)
        return try await SubmitApplication(platform)(viewer, draft, try await form(viewer, draft, answers))
    }

    /// A family of which the registers know everything, qualified.
    func qualified(_ family: SampleFamily) async throws -> (viewer: Viewer, receipt: ReceiptNumber) {
        register(family)
        let viewer = try await arrive(family)
        let receipt = try await apply(viewer, family)
        try await wait(viewer, receipt, for: .qualified)
        return (viewer, receipt)
    }
}
