/// Why an installation's data cannot be moved, or were not moved whole. Names tables only.
public enum MovingProblem: Error, Sendable, Equatable {
    /// The databases do not have the same tables and columns, though both schemas are current.
    case schemasDiffer(tables: [String])
    /// The target has rows in these tables.
    case targetNotEmpty(tables: [String])
    /// The target was begun with other keys than the source: one key file could not open both.
    case otherKeys
    /// Source and target are one.
    case sameDatabase
    /// Rows of these tables came, went or changed in the source after they were copied.
    case sourceChanged(tables: [String])
    /// These tables of the target do not hold what the source holds.
    case differs(tables: [String])

    public var code: String {
        switch self {
        case .schemasDiffer: "moving.schemas_differ"
        case .targetNotEmpty: "moving.target_not_empty"
        case .otherKeys: "moving.other_keys"
        case .sameDatabase: "moving.same_database"
        case .sourceChanged: "moving.source_changed"
        case .differs: "moving.differs"
        }
    }
}
