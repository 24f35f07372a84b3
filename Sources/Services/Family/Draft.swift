import Catchments
public import Enrollment
import Foundation
import Storage

/// What a family has answered so far, sealed in its own file.
struct Draft: Codable, Sendable {
    let child: PersonIdentity
    let stage: Stage
    var relation: Relation?
    let household: HouseholdPlace?
    let otherParent: ClaimSubject?
    var place: PlaceAnswer?
    var home: HomeAnswer?
    var ranking: [SchoolCode]
    var phone: String?
    let edits: Edited?

    struct Edited: Codable, Sendable {
        let tenant: TenantCode
        let application: ApplicationID
        let receipt: ReceiptNumber
        /// The revision from which the draft was made.
        let revision: Int
    }

    func view(_ id: DraftID, guardianName: PersonName) -> DraftView {
        DraftView(
            id: id, child: child, stage: stage, guardianName: guardianName, relation: relation, household: household,
            otherParentName: otherParent?.name, place: place, home: home, ranking: ranking, phone: phone,
            edits: edits?.receipt)
    }

    /// The community the family chose, when it is one the gazetteer knows.
    func community(_ gazetteer: Gazetteer) -> Community? {
        guard let place else { return nil }
        if place.sameAsHousehold { return household?.community }
        guard let division = place.division, let township = place.township, let name = place.community else {
            return nil
        }
        let community = Community(division: division, township: township, name: name)
        return gazetteer.contains(community) ? community : nil
    }
}

extension Platform {
    func draft(_ id: DraftID, of viewer: Viewer) async throws -> Draft {
        let platform = self
        return try await database.read(.person(viewer.person)) { try platform.draft(id, of: viewer, in: $0) }
    }

    func draft(_ id: DraftID, of viewer: Viewer, in tx: any Reading) throws -> Draft {
        guard let sealed = try DraftRepository.find(id, person: viewer.person, in: tx) else {
            throw ServiceError.notFound
        }
        return try vault.sealer(of: viewer.person, in: tx).open(sealed, SealContext.draft(id))
    }

    /// Keeps a new draft, unless the family has begun one for the same child: then it goes on where it was.
    func begin(_ draft: Draft, of viewer: Viewer) async throws -> DraftID {
        let platform = self
        let begun: DraftID? = try await database.read(.person(viewer.person)) { tx in
            let sealer = try platform.vault.sealer(of: viewer.person, in: tx)
            return try DraftRepository.list(of: viewer.person, season: platform.season, as: DraftKind.self, in: tx)
                .first { entry in
                    let kept: Draft = try sealer.open(entry.sealed, SealContext.draft(entry.id))
                    return kept.edits == nil && kept.child == draft.child && kept.stage == draft.stage
                }?.id
        }
        if let begun { return begun }
        let id = DraftID(from: random)
        try await save(draft, as: id, of: viewer)
        return id
    }

    func save(_ draft: Draft, as id: DraftID, of viewer: Viewer) async throws {
        let platform = self
        let now = clock.real()
        try await database.write(.person(viewer.person)) { tx in
            let sealer = try platform.vault.sealer(of: viewer.person, in: tx)
            try DraftRepository.save(
                id, sealed: try sealer.seal(draft, SealContext.draft(id)), person: viewer.person,
                season: platform.season, at: now, in: tx)
        }
    }
}

/// Begins an application for a child of the household.
public struct StartDraft: Sendable {
    let platform: Platform
    public init(_ platform: Platform) { self.platform = platform }

    /// - Parameter member: the key from ``ChildCard/member``.
    public func callAsFunction(_ viewer: Viewer, member: String) async throws -> DraftID {
        guard case .household(let household) = try await ReadHousehold(platform: platform)(viewer) else {
            throw ServiceError.sourceUnavailable(.household)
        }
        guard let child = household.members.first(where: { platform.memberKey($0.number) == member }),
            let birthDate = child.birthDate
        else { throw ServiceError.notFound }
        let name: PersonName
        let number: IDNumber
        do {
            name = try PersonName(child.name)
            number = try IDNumber(child.number)
        } catch { throw ServiceError.invalid([FormProblem("member", "document.number")]) }
        let stage = try platform.stage(bornOn: birthDate, field: "member")
        let document = PersonDocument(number)
        let draft = Draft(
            child: PersonIdentity(name: name, document: document, birthDate: birthDate), stage: stage,
            relation: household.suggestedRelation(guardian: viewer.identity.document, child: child.number),
            household: HouseholdPlace(community: household.community, address: household.address),
            otherParent: household.otherParent(guardian: viewer.identity.document, child: child.number), place: nil,
            home: nil, ranking: [], phone: viewer.identity.phone, edits: nil)
        return try await platform.begin(draft, of: viewer)
    }
}

/// What is typed for a child whom the household register does not list.
public struct ChildForm: Sendable, Hashable {
    public let name: String
    public let documentKind: String
    public let documentNumber: String
    public let birthDate: String

    public init(name: String, documentKind: String, documentNumber: String, birthDate: String) {
        self.name = name
        self.documentKind = documentKind
        self.documentNumber = documentNumber
        self.birthDate = birthDate
    }
}

/// Begins an application for a child who is not in the household: without an ID number, or registered elsewhere.
public struct StartDraftByHand: Sendable {
    let platform: Platform
    public init(_ platform: Platform) { self.platform = platform }

    public func callAsFunction(_ viewer: Viewer, _ form: ChildForm) async throws -> DraftID {
        var problems: [FormProblem] = []
        let name = FormReading.name(form.name, field: "name", into: &problems)
        let document = FormReading.document(
            kind: form.documentKind, number: form.documentNumber, field: "document_number", into: &problems)
        var birthDate = document?.birthDate
        if birthDate == nil, document != nil || form.documentKind != "id_number" {
            birthDate = CivilDate(form.birthDate.trimmingCharacters(in: .whitespaces))
            if birthDate == nil { problems.append(FormProblem("birth_date", "birth_date")) }
        }
        if let birthDate, birthDate > platform.clock.business().day {
            problems.append(FormProblem("birth_date", "birth_date"))
        }
        guard problems.isEmpty, let name, let document, let birthDate else { throw ServiceError.invalid(problems) }
        let stage = try platform.stage(
            bornOn: birthDate, field: document.kind == .idNumber ? "document_number" : "birth_date")
        // The guardian's own registration is what is known of the family's place.
        var household: Household?
        if case .household(let known) = try await ReadHousehold(platform: platform)(viewer) { household = known }
        let draft = Draft(
            child: PersonIdentity(name: name, document: document, birthDate: birthDate), stage: stage, relation: nil,
            household: household.map { HouseholdPlace(community: $0.community, address: $0.address) },
            otherParent: nil, place: nil, home: nil, ranking: [], phone: viewer.identity.phone, edits: nil)
        return try await platform.begin(draft, of: viewer)
    }
}

/// Reads a draft.
public struct ReadDraft: Sendable {
    let platform: Platform
    public init(_ platform: Platform) { self.platform = platform }

    public func callAsFunction(_ viewer: Viewer, _ id: DraftID) async throws -> DraftView {
        try await platform.draft(id, of: viewer).view(id, guardianName: viewer.identity.name)
    }
}

extension Platform {
    /// The stage a child of this birth date enters; throws a form problem for one who enters none.
    func stage(bornOn birthDate: CivilDate, field: String) throws -> Stage {
        switch entryAge(bornOn: birthDate) {
        case .enters(let stage): return stage
        case .tooYoung(let bornBy):
            throw ServiceError.invalid([FormProblem(field, "too_young", ["bornBy": bornBy.description])])
        case .pastEntry: throw ServiceError.invalid([FormProblem(field, "past_entry")])
        }
    }
}
