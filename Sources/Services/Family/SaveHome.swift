import Catchments
public import Enrollment
import Tenancy

/// By what right the family lives there, as the form sends it; the same fields repair a credential.
public struct HomeForm: Sendable, Hashable {
    public let kind: String
    public let certificateKind: String
    public let certificateNumber: String
    public let contractNumber: String
    /// `guardian`, `other_parent`, `child` or `other`.
    public let owner: String
    public let ownerName: String
    public let ownerNumber: String

    public init(
        kind: String, certificateKind: String, certificateNumber: String, contractNumber: String, owner: String,
        ownerName: String, ownerNumber: String
    ) {
        self.kind = kind
        self.certificateKind = certificateKind
        self.certificateNumber = certificateNumber
        self.contractNumber = contractNumber
        self.owner = owner
        self.ownerName = ownerName
        self.ownerNumber = ownerNumber
    }
}

/// Keeps by what right the family lives in its home.
public struct SaveHome: Sendable {
    let platform: Platform
    public init(_ platform: Platform) { self.platform = platform }

    public func callAsFunction(_ viewer: Viewer, _ id: DraftID, _ form: HomeForm) async throws -> DraftView {
        var draft = try await platform.draft(id, of: viewer)
        guard let community = draft.community(platform.tenants().gazetteer) else {
            throw ServiceError.invalid([FormProblem("community", "community.unknown")])
        }
        guard let kind = HomeKind(rawValue: form.kind) else {
            throw ServiceError.invalid([FormProblem("kind", "home_kind")])
        }
        draft.home = try Self.read(
            form, kind: kind, community: community, address: draft.place?.address ?? "",
            guardian: ClaimSubject(name: viewer.identity.name, document: viewer.identity.document),
            otherParent: draft.otherParent, child: ClaimSubject(name: draft.child.name, document: draft.child.document))
        try await platform.save(draft, as: id, of: viewer)
        return draft.view(id, guardianName: viewer.identity.name)
    }

    /// Reads the fields that this kind of home needs; the others are dropped, so that nothing is kept that no rule uses.
    static func read(
        _ form: HomeForm, kind: HomeKind, community: Community, address: String, guardian: ClaimSubject,
        otherParent: ClaimSubject?, child: ClaimSubject
    ) throws -> HomeAnswer {
        var problems: [FormProblem] = []
        var certificateKind: CertificateKind?
        var certificateNumber: String?
        var contractNumber: String?
        var owner: ClaimSubject?
        switch kind {
        case .owned:
            certificateKind = CertificateKind(rawValue: form.certificateKind)
            if certificateKind == nil { problems.append(FormProblem("certificate_kind", "certificate_kind")) }
            certificateNumber = FormReading.paperNumber(
                form.certificateNumber, field: "certificate_number", code: "certificate_number.shape", into: &problems)
            owner = readOwner(form, guardian, otherParent, child, &problems)
        case .contracted:
            contractNumber = FormReading.paperNumber(
                form.contractNumber, field: "contract_number", code: "contract_number.shape", into: &problems)
            owner = readOwner(form, guardian, otherParent, child, &problems)
        case .grandparents, .selfBuilt, .rented: break
        }
        guard problems.isEmpty else { throw ServiceError.invalid(problems) }
        return HomeAnswer(
            kind: kind, community: community, address: address, certificateKind: certificateKind,
            certificateNumber: certificateNumber, contractNumber: contractNumber, owner: owner)
    }

    private static func readOwner(
        _ form: HomeForm, _ guardian: ClaimSubject, _ otherParent: ClaimSubject?, _ child: ClaimSubject,
        _ problems: inout [FormProblem]
    ) -> ClaimSubject? {
        switch form.owner {
        case "guardian": return guardian
        case "other_parent":
            if let otherParent { return otherParent }
        case "child": return child
        case "other":
            let name = FormReading.name(form.ownerName, field: "owner_name", into: &problems)
            let document = FormReading.document(
                kind: PersonDocument.Kind.idNumber.rawValue, number: form.ownerNumber, field: "owner_number",
                into: &problems)
            if let name, let document { return ClaimSubject(name: name, document: document) }
            return nil
        default: break
        }
        problems.append(FormProblem("owner", "owner"))
        return nil
    }
}
