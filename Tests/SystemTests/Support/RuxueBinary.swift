import Foundation

/// Where the program under test and the data it ships with are.
enum RuxueBinary {
    /// `RUXUE_BINARY`, or else the `ruxue` beside the test bundle.
    static let url: URL = {
        if let path = ProcessInfo.processInfo.environment["RUXUE_BINARY"] { return URL(fileURLWithPath: path) }
        let bundle = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        let beside = bundle.appendingPathComponent("ruxue")
        if FileManager.default.isExecutableFile(atPath: beside.path) { return beside }
        return root.appendingPathComponent(".build/debug/ruxue")
    }()

    /// The tree's root.
    static let root: URL = {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { folder.deleteLastPathComponent() }
        return folder
    }()

    /// The province as it is shipped.
    static let tenants = root.appendingPathComponent("Tenants").path

    /// The environment without settings that somebody made for an installation of their own.
    static let environment = ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("RUXUE_") }
}
