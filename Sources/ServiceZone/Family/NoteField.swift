import Services

/// Several lines of text to fill in.
struct NoteField: Sendable, Equatable {
    let name: String
    let label: String
    let hint: String?
    let value: String
    let error: String?
}

/// A photograph of a paper.
struct PhotoField: Sendable, Equatable {
    let label: String
    let hint: String
    let error: String?

    init(_ found: FormProblems, _ words: Words) {
        label = words("photo.label")
        hint = words("photo.hint")
        error = found.text("photo")
    }
}
