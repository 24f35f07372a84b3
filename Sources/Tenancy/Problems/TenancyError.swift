/// Why no tenant can be served.
public enum TenancyError: Error, Sendable, Hashable, CustomStringConvertible {
    /// There is no such directory, or it cannot be read.
    case directoryUnreadable(String)
    /// Files that every tenant shares are missing or broken; every problem found is inside.
    case sharedFilesBroken([TenantProblem])

    /// A name that does not change.
    public var code: String {
        switch self {
        case .directoryUnreadable: "tenancy.directory_unreadable"
        case .sharedFilesBroken: "tenancy.shared_files_broken"
        }
    }

    public var problems: [TenantProblem] {
        switch self {
        case .directoryUnreadable: []
        case .sharedFilesBroken(let problems): problems
        }
    }

    public var description: String {
        switch self {
        case .directoryUnreadable(let path): "\(code): \(path)"
        case .sharedFilesBroken(let problems): problems.map(\.description).joined(separator: "\n")
        }
    }
}
