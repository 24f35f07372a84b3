import Catchments
public import Enrollment
import Tenancy

/// Where the family lives, as the form sends it.
public struct PlaceForm: Sendable, Hashable {
    public let relation: String
    public let sameAsHousehold: Bool
    public let division: String
    public let township: String
    public let community: String
    public let address: String

    public init(
        relation: String, sameAsHousehold: Bool, division: String, township: String, community: String, address: String
    ) {
        self.relation = relation
        self.sameAsHousehold = sameAsHousehold
        self.division = division
        self.township = township
        self.community = community
        self.address = address
    }
}

/// Keeps where the family lives.
public struct SavePlace: Sendable {
    let platform: Platform
    public init(_ platform: Platform) { self.platform = platform }

    /// - Parameter complete: false only narrows the lists, and keeps what was chosen so far.
    public func callAsFunction(
        _ viewer: Viewer, _ id: DraftID, _ form: PlaceForm, complete: Bool
    ) async throws -> DraftView {
        var draft = try await platform.draft(id, of: viewer)
        let gazetteer = platform.tenants().gazetteer
        draft.relation = Relation(rawValue: form.relation) ?? draft.relation
        let chosen = { (text: String) in text.isEmpty ? nil : text }
        draft.place = PlaceAnswer(
            sameAsHousehold: form.sameAsHousehold, division: chosen(form.division), township: chosen(form.township),
            community: chosen(form.community), address: String(form.address.prefix(200)))
        guard complete else {
            try await platform.save(draft, as: id, of: viewer)
            return draft.view(id, guardianName: viewer.identity.name)
        }
        var problems: [FormProblem] = []
        if Relation(rawValue: form.relation) == nil { problems.append(FormProblem("relation", "relation")) }
        let community = draft.community(gazetteer)
        if let community {
            let division = DivisionCode(rawValue: community.division)
            if platform.tenants().tenant(serving: division, stage: draft.stage) == nil {
                problems.append(FormProblem("division", "division.not_served"))
            }
        } else {
            problems.append(FormProblem("community", "community.unknown"))
        }
        if form.sameAsHousehold, let household = draft.household {
            draft.place = PlaceAnswer(
                sameAsHousehold: true, division: household.community?.division,
                township: household.community?.township, community: household.community?.name,
                address: household.address)
        } else {
            _ = FormReading.text(
                form.address, field: "address", code: "address.length", lengths: 2...100, into: &problems)
        }
        try await platform.save(draft, as: id, of: viewer)
        guard problems.isEmpty else { throw ServiceError.invalid(problems) }
        return draft.view(id, guardianName: viewer.identity.name)
    }
}
