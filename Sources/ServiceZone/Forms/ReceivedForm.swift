public import Services

/// What a browser sent with a POST: fields by name, and at most one file.
public struct ReceivedForm: Sendable, Hashable {
    /// The first value of each name, as typed.
    public let fields: [String: String]
    /// The file of the field `photo`, when one was chosen.
    public let photo: Upload?

    public init(fields: [String: String] = [:], photo: Upload? = nil) {
        self.fields = fields
        self.photo = photo
    }

    /// The value as typed; empty where the field is missing.
    public subscript(_ name: String) -> String { fields[name] ?? "" }

    /// The fields whose names begin with a prefix, by what follows it.
    public func fields(prefixed prefix: String) -> [String: String] {
        fields.reduce(into: [:]) { found, field in
            if field.key.hasPrefix(prefix) { found[String(field.key.dropFirst(prefix.count))] = field.value }
        }
    }
}
