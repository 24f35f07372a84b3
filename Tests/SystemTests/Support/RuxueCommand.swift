import Foundation

/// A `ruxue` that was run to its end.
struct RuxueCommand: Sendable {
    let status: Int32
    let output: String
    let errors: String

    /// Both, as a terminal shows them.
    var text: String { output + errors }

    static func run(
        _ arguments: [String], in folder: URL? = nil, within limit: Duration = .seconds(60)
    ) async throws -> RuxueCommand {
        let scratch = FileManager.default.temporaryDirectory.appendingPathComponent("ruxue-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        // A directory that is left behind harms nothing; the system clears it.
        defer { try? FileManager.default.removeItem(at: scratch) }
        let files = (scratch.appendingPathComponent("out"), scratch.appendingPathComponent("err"))
        for file in [files.0, files.1] { try Data().write(to: file) }
        let handles = (try FileHandle(forWritingTo: files.0), try FileHandle(forWritingTo: files.1))
        let process = Process()
        process.executableURL = RuxueBinary.url
        process.arguments = arguments
        process.environment = RuxueBinary.environment
        process.currentDirectoryURL = folder ?? scratch
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = handles.0
        process.standardError = handles.1
        try process.run()
        guard try await eventually(within: limit, { !process.isRunning }) else {
            kill(process.processIdentifier, SIGKILL)
            throw RuxueProcess.Failure.stillRunning(arguments: arguments.joined(separator: " "))
        }
        try handles.0.close()
        try handles.1.close()
        return RuxueCommand(
            status: process.terminationStatus, output: try String(contentsOf: files.0, encoding: .utf8),
            errors: try String(contentsOf: files.1, encoding: .utf8))
    }
}
