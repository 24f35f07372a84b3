import Catchments
import Enrollment
import Services

/// One open fact in the first reviewer's form.
struct FindingField: Sendable, Hashable {
    struct Option: Sendable, Hashable {
        let value: String
        let label: String
        let isSelected: Bool
    }

    struct OptionGroup: Sendable, Hashable {
        let label: String
        let options: [Option]
    }

    /// `finding.home.owned`.
    let name: String
    let id: String
    let label: String
    /// Chosen from a list: yes or no, a code, or a community.
    let isChoice: Bool
    let isNumber: Bool
    let isDate: Bool
    let options: [Option]
    let groups: [OptionGroup]
    let value: String
    let problem: String?

    /// - Parameters:
    ///   - typed: what the officer had chosen when the form came back.
    ///   - communities: of the divisions the tenant serves, by township, for facts that are places.
    init(
        _ fact: FactDescription, typed: String, problem: String?,
        communities: [(township: String, communities: [Community])],
        words: Words
    ) {
        name = "finding.\(fact.key)"
        id = "first-finding-\(fact.key.rawValue.replacing(".", with: "-"))"
        label = FactWords(words).question(fact)
        value = typed
        self.problem = problem
        isNumber = fact.type == .integer
        isDate = fact.type == .date
        isChoice = !isNumber && !isDate
        let open = Option(value: "", label: words("case.finding.open"), isSelected: typed.isEmpty)
        switch fact.type {
        case .flag:
            options = [
                open, Option(value: "yes", label: words("case.finding.yes"), isSelected: typed == "yes"),
                Option(value: "no", label: words("case.finding.no"), isSelected: typed == "no"),
            ]
            groups = []
        case .code where fact.codes.isEmpty:
            options = [open]
            groups = communities.map { township, communities in
                OptionGroup(
                    label: township,
                    options: communities.map {
                        Option(value: $0.description, label: $0.name, isSelected: typed == $0.description)
                    })
            }
        case .code:
            options =
                [open]
                + fact.codes.map {
                    Option(value: $0, label: FactWords(words).code(fact.key, $0), isSelected: typed == $0)
                }
            groups = []
        case .integer, .date:
            options = []
            groups = []
        }
    }
}
