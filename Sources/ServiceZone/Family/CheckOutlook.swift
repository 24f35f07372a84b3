import Catchments
import Enrollment
import Services
import Tenancy

/// What a draft's answers point to, before any department was asked: category, schools and their source.
struct CheckOutlook {
    let lines: [CheckPage.Line]
    let text: String

    init(_ preview: DraftPreview, _ words: Words) {
        let policy = preview.tenant.policy
        guard let category = preview.claimedCategory else {
            lines = []
            text = words("check.outlook_none")
            return
        }
        let place = PlaceWords(words)
        lines = [
            .init(
                label: words("state.category"), value: CategoryWords(words).numbered(category, policy),
                changeAddress: nil),
            .init(
                label: words("state.schools"),
                value: place.schools(preview.catchment, preview.schools, preview.tenant), changeAddress: nil),
            .init(
                label: words("state.basis"), value: place.basis(preview.tenant), changeAddress: nil),
        ]
        text = words("check.outlook")
    }
}

/// Words for where a home's catchment leads.
struct PlaceWords {
    let words: Words

    init(_ words: Words) { self.words = words }

    /// The school, the schools among which the family ranks, or why a person has to say.
    func schools(_ resolution: CatchmentResolution?, _ schools: [School], _ tenant: Tenant) -> String {
        if !schools.isEmpty { return schools.map { words($0.name) }.joined(separator: words("state.school_or")) }
        switch resolution {
        case .needsPerson(.planNotPublished)?: return words("state.school.plan_not_published")
        case .needsPerson(.sentence(let clauses))?:
            let names = clauses.compactMap { tenant.school(SchoolCode(rawValue: $0.school)) }.map { words($0.name) }
            return words("state.school.sentence", ["schools": words.list(Array(Set(names)).sorted())])
        case .needsPerson?: return words("state.school.not_canonical")
        case .some(.none): return words("state.school.none")
        case .one?, .many?, nil: return words("state.school.open")
        }
    }

    /// The published plan, or that the province's template serves.
    func basis(_ tenant: Tenant) -> String {
        let authority = tenant.isPlanPublished ? tenant.planAuthority : tenant.policy.categoriesAuthority
        guard authority.kind == .published, let document = authority.document else {
            return words("state.basis.\(authority.kind == .sample ? "sample" : "template")")
        }
        return document
    }

    /// Where a family lives, as people say it; an address in full says it alone.
    func home(_ home: HomeAnswer) -> String {
        home.address.contains(home.community.name)
            ? home.address : "\(home.community.township) \(home.community.name) \(home.address)"
    }
}
