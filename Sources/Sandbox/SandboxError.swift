/// What can go wrong in the sandbox itself, apart from what departments are told to do wrong.
public enum SandboxError: Error, Sendable, Equatable {
    /// A file of a season folder cannot be read or is not of the expected shape.
    case unreadable(file: String)
    /// A file of a season folder cannot be written.
    case unwritable(file: String)
    /// A tenant for which no season can be generated: it serves no division with enough known communities, or its rules
    /// are not the four usual categories.
    case noGround(tenant: String)
    /// The sandbox's control interface does not answer as it should.
    case uncontrolled(path: String)
    /// The season's tenants register at different times, and nobody can move the portal's clock.
    case severalWindows
    /// A process of the portal does not show the time to which the clock was moved.
    case clockStands(portal: String)

    /// A stable name for logs and the command line.
    public var code: String {
        switch self {
        case .unreadable: "sandbox.unreadable"
        case .unwritable: "sandbox.unwritable"
        case .noGround: "sandbox.no_ground"
        case .uncontrolled: "sandbox.uncontrolled"
        case .severalWindows: "sandbox.several_windows"
        case .clockStands: "sandbox.clock_stands"
        }
    }
}
