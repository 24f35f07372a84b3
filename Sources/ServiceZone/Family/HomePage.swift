import Catchments
import Enrollment
import Services

/// What kind of home it is, and the paper that stands for it.
struct HomePage: Page {
    static let template = "family/home-answer"

    let title: String
    let draft: String
    let place: String?
    let problems: FormProblems.Summary?
    let kind: ChoiceField
    let fields: HomeFields

    /// - Parameter typed: what the browser sent; nil shows what the draft keeps.
    init(
        _ draft: DraftView, guardian: PersonDocument, typed: ReceivedForm?, problems: [FormProblem], words: Words
    ) {
        let found = FormProblems(problems, words)
        let answer =
            typed
            ?? ReceivedForm(
                fields: draft.home?.formFields(
                    guardian: guardian, otherParent: draft.otherParentName, child: draft.child.document) ?? [:])
        title = words("home_answer.title")
        self.draft = draft.id.description
        place = Self.place(draft)
        self.problems = found.summary
        kind = Self.kind(answer["kind"], found, words)
        fields = HomeFields(
            answer, found, guardian: draft.guardianName.value, otherParent: draft.otherParentName?.value,
            child: draft.child.name.value, words)
    }

    private init(_ problems: [FormProblem], _ words: Words) {
        let found = FormProblems(problems, words)
        title = words("home_answer.title")
        draft = "0123456789abcdef0123456789abcdef"
        place = "桃花江镇 近桃社区 样例路12号"
        self.problems = found.summary
        kind = Self.kind("owned", found, words)
        fields = HomeFields.sample(found, words)
    }

    private static func kind(_ chosen: String, _ found: FormProblems, _ words: Words) -> ChoiceField {
        ChoiceField(
            "kind", legend: words("home_answer.kind"), error: found.text("kind") ?? found.text("home_kind"),
            chosen: chosen.isEmpty ? nil : chosen,
            choices: HomeKind.allCases.map {
                ($0.rawValue, words("home_kind.\($0.rawValue)"), words("home_answer.kind.\($0.rawValue).hint"))
            })
    }

    private static func place(_ draft: DraftView) -> String? {
        guard let place = draft.place else { return nil }
        if place.sameAsHousehold, let household = draft.household?.community {
            return "\(household.township) \(household.name)"
        }
        return [place.township, place.community, place.address.isEmpty ? nil : place.address].compactMap(\.self)
            .joined(separator: " ")
    }

    static func samples(_ words: Words) -> [HomePage] {
        [HomePage([], words), HomePage((["kind"] + HomeFields.names).map { FormProblem($0, "required") }, words)]
    }
}

extension HomeAnswer {
    /// The answer as the form's fields. The owner becomes the role it was chosen as; a stranger's ID number is not sent
    /// back to the browser and has to be typed again.
    func formFields(guardian: PersonDocument, otherParent: PersonName?, child: PersonDocument) -> [String: String] {
        var fields = ["kind": kind.rawValue]
        fields["certificate_kind"] = certificateKind?.rawValue
        fields["certificate_number"] = certificateNumber
        fields["contract_number"] = contractNumber
        guard let owner else { return fields }
        if owner.document == guardian {
            fields["owner"] = "guardian"
        } else if owner.document == child {
            fields["owner"] = "child"
        } else if owner.name == otherParent {
            fields["owner"] = "other_parent"
        } else {
            fields["owner"] = "other"
            fields["owner_name"] = owner.name.value
        }
        return fields
    }
}
