import Catchments
import Enrollment
import Services

/// What the applicant is to the child, and where the family lives.
struct PlacePage: Page {
    static let template = "family/place"

    /// Lists for a family that lives elsewhere than it is registered; longer lists appear as shorter ones are chosen.
    struct Elsewhere: Sendable, Equatable {
        let division: SelectField
        let township: SelectField?
        let community: SelectField?
        let address: TextField
    }

    let title: String
    let draft: String
    let child: String
    let problems: FormProblems.Summary?
    let relation: ChoiceField
    /// Whether the family lives where the child is registered; nil when the register did not say where that is.
    let sameAsHousehold: ChoiceField?
    let elsewhere: Elsewhere

    /// - Parameter typed: what the browser sent; nil shows what the draft keeps.
    init(_ draft: DraftView, typed: ReceivedForm?, problems: [FormProblem], lists: PlaceLists, words: Words) {
        let answer = typed ?? Self.kept(draft)
        let found = FormProblems(problems.map { Self.moved($0, answer, lists) }, words)
        title = words("place.title")
        self.draft = draft.id.description
        child = words(
            "draft.child", ["name": draft.child.name.value, "stage": words("stage.\(draft.stage.rawValue)")])
        self.problems = found.summary
        relation = ChoiceField(
            "relation", legend: words("place.relation", ["name": draft.child.name.value]),
            error: found.text("relation"), chosen: answer["relation"],
            choices: Relation.allCases.map { ($0.rawValue, words("relation.\($0.rawValue)"), nil) })
        sameAsHousehold = draft.household.flatMap { place in
            place.community.map { community in
                ChoiceField(
                    "same_as_household", legend: words("place.where"), error: found.text("same_as_household"),
                    chosen: answer["same_as_household"].isEmpty ? "yes" : answer["same_as_household"],
                    choices: [
                        ("yes", words("place.at_household"), "\(community.township) \(community.name)"),
                        ("no", words("place.elsewhere"), nil),
                    ])
            }
        }
        elsewhere = Elsewhere(answer, found, lists, words)
    }

    /// A problem with a community stands at the list that is chosen from next.
    private static func moved(_ problem: FormProblem, _ answer: ReceivedForm, _ lists: PlaceLists) -> FormProblem {
        guard problem.field == "community", lists.communities(answer["division"], answer["township"]).isEmpty else {
            return problem
        }
        let isCountyChosen = !lists.townships(answer["division"]).isEmpty
        return FormProblem(
            isCountyChosen ? "township" : "division", isCountyChosen ? "township" : "division.not_served", [:])
    }

    private static func kept(_ draft: DraftView) -> ReceivedForm {
        var fields = ["relation": draft.relation?.rawValue ?? ""]
        if let place = draft.place {
            fields["same_as_household"] = place.sameAsHousehold ? "yes" : "no"
            fields["division"] = place.division
            fields["township"] = place.township
            fields["community"] = place.community
            fields["address"] = place.address
        }
        return ReceivedForm(fields: fields)
    }

    private init(_ title: String, child: String, problems: FormProblems, lists: PlaceLists, words: Words) {
        let typed = ReceivedForm(fields: [
            "division": "430922", "township": "桃花江镇", "community": "近桃社区", "address": "样例路12号", "relation": "father",
        ])
        self.title = title
        draft = "0123456789abcdef0123456789abcdef"
        self.child = child
        self.problems = problems.summary
        relation = ChoiceField(
            "relation", legend: words("place.relation", ["name": "林样例"]), error: problems.text("relation"),
            chosen: "father", choices: Relation.allCases.map { ($0.rawValue, words("relation.\($0.rawValue)"), nil) })
        sameAsHousehold = ChoiceField(
            "same_as_household", legend: words("place.where"), hint: nil, error: problems.text("same_as_household"),
            chosen: "no",
            choices: [
                ("yes", words("place.at_household"), "桃花江镇 近桃社区"), ("no", words("place.elsewhere"), nil),
            ])
        elsewhere = Elsewhere(typed, problems, lists, words)
    }

    static func samples(_ words: Words) -> [PlacePage] {
        let gazetteer = Gazetteer(
            communities: [
                Community(division: "430922", township: "桃花江镇", name: "近桃社区"),
                Community(division: "430922", township: "桃花江镇", name: "金凤社区"),
            ], divisionNames: ["430922": "桃江县"])
        let lists = PlaceLists(counties: [("益阳市", [("430922", "桃江县")])], gazetteer: gazetteer)
        let wrong = ["relation", "same_as_household", "division", "township", "community", "address"].map {
            FormProblem($0, "required")
        }
        let child = words("draft.child", ["name": "林样例", "stage": words("stage.primary")])
        return [[], wrong].map {
            PlacePage(
                words("place.title"), child: child, problems: FormProblems($0, words), lists: lists, words: words)
        }
    }
}

extension PlacePage.Elsewhere {
    init(_ answer: ReceivedForm, _ found: FormProblems, _ lists: PlaceLists, _ words: Words) {
        let townships = lists.townships(answer["division"])
        let communities = lists.communities(answer["division"], answer["township"])
        division = SelectField(
            "division", label: words("place.division"), error: found.text("division"), empty: words("form.choose"),
            chosen: answer["division"], groups: lists.counties)
        township =
            townships.isEmpty
            ? nil
            : SelectField(
                "township", label: words("place.township"), error: found.text("township"),
                empty: words("form.choose"), chosen: answer["township"], options: townships)
        community =
            communities.isEmpty
            ? nil
            : SelectField(
                "community", label: words("place.community"), error: found.text("community"),
                empty: words("form.choose"), chosen: answer["community"], options: communities)
        address = TextField(
            "address", label: words("place.address"), hint: words("place.address_hint"), value: answer["address"],
            error: found.text("address"), autocomplete: "street-address")
    }
}
