import Services

/// One line of text to fill in, as a form prints it.
struct TextField: Sendable, Equatable {
    /// The field's name in the form, and its id.
    let name: String
    let label: String
    let hint: String?
    let value: String
    let error: String?
    /// `text`, `numeric` or `tel`: which keys a phone offers.
    let inputMode: String
    let autocomplete: String

    init(
        _ name: String, label: String, hint: String? = nil, value: String, error: String? = nil,
        inputMode: String = "text", autocomplete: String = "off"
    ) {
        self.name = name
        self.label = label
        self.hint = hint
        self.value = value
        self.error = error
        self.inputMode = inputMode
        self.autocomplete = autocomplete
    }
}

/// One of several answers, as radio buttons.
struct ChoiceField: Sendable, Equatable {
    struct Choice: Sendable, Equatable {
        /// The first choice carries the field's own name, so that the error summary can lead to it.
        let id: String
        let value: String
        let label: String
        let hint: String?
        let isChosen: Bool
    }

    let name: String
    let legend: String
    let hint: String?
    let error: String?
    let choices: [Choice]

    init(
        _ name: String, legend: String, hint: String? = nil, error: String? = nil, chosen: String?,
        choices: [(value: String, label: String, hint: String?)]
    ) {
        self.name = name
        self.legend = legend
        self.hint = hint
        self.error = error
        self.choices = choices.enumerated().map { index, choice in
            Choice(
                id: index == 0 ? name : "\(name)-\(choice.value)", value: choice.value, label: choice.label,
                hint: choice.hint, isChosen: choice.value == chosen)
        }
    }
}

/// A long list to choose from.
struct SelectField: Sendable, Equatable {
    struct Option: Sendable, Equatable {
        let value: String
        let label: String
        let isChosen: Bool
    }

    struct Group: Sendable, Equatable {
        let label: String
        let options: [Option]
    }

    let name: String
    let label: String
    let hint: String?
    let error: String?
    /// What stands in the list before something is chosen.
    let empty: String
    let options: [Option]
    let groups: [Group]

    init(
        _ name: String, label: String, hint: String? = nil, error: String? = nil, empty: String, chosen: String?,
        options: [(value: String, label: String)] = [],
        groups: [(label: String, options: [(value: String, label: String)])] = []
    ) {
        self.name = name
        self.label = label
        self.hint = hint
        self.error = error
        self.empty = empty
        self.options = options.map { Option(value: $0.value, label: $0.label, isChosen: $0.value == chosen) }
        self.groups = groups.map { group in
            Group(
                label: group.label,
                options: group.options.map { Option(value: $0.value, label: $0.label, isChosen: $0.value == chosen) })
        }
    }
}
