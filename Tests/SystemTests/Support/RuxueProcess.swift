import Foundation

/// A `ruxue` that runs beside the test; its output goes into a file.
final class RuxueProcess: Sendable {
    enum Failure: Error, CustomStringConvertible {
        case ended(arguments: String, status: Int32, output: String)
        case stillRunning(arguments: String)

        var description: String {
            switch self {
            case .ended(let arguments, let status, let output): "ruxue \(arguments) ended with \(status): \(output)"
            case .stillRunning(let arguments): "ruxue \(arguments) did not end"
            }
        }
    }

    private let process: Process
    private let arguments: [String]
    let log: URL

    /// Starts it.
    /// - Parameter log: takes standard output and standard error; added to where it exists.
    init(_ arguments: [String], in folder: URL, log: URL) throws {
        self.arguments = arguments
        self.log = log
        if !FileManager.default.fileExists(atPath: log.path) { try Data().write(to: log) }
        let output = try FileHandle(forWritingTo: log)
        try output.seekToEnd()
        process = Process()
        process.executableURL = RuxueBinary.url
        process.arguments = arguments
        process.environment = RuxueBinary.environment
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try process.run()
        try output.close()
    }

    var isRunning: Bool { process.isRunning }

    /// Ends it as a power cut would.
    func killAtOnce() async throws {
        kill(process.processIdentifier, SIGKILL)
        try await ended(within: .seconds(5))
    }

    /// Asks it to end, and makes it end when it does not within the time.
    /// - Returns: how long it took.
    @discardableResult
    func stop(within limit: Duration = .seconds(15)) async throws -> Duration {
        let start = ContinuousClock.now
        guard process.isRunning else { return .zero }
        process.terminate()
        do {
            try await ended(within: limit)
        } catch {
            kill(process.processIdentifier, SIGKILL)
            throw error
        }
        return start.duration(to: .now)
    }

    /// Waits until it has ended and answers its exit status.
    @discardableResult
    func ended(within limit: Duration) async throws -> Int32 {
        let isOver = try await eventually(within: limit) { !self.process.isRunning }
        guard isOver else { throw Failure.stillRunning(arguments: arguments.joined(separator: " ")) }
        return process.terminationStatus
    }

    /// Waits until it serves.
    func serves(_ check: @Sendable () async -> Bool) async throws {
        let isReady = try await eventually(within: .seconds(40)) {
            if !self.process.isRunning { return true }
            return await check()
        }
        guard isReady, process.isRunning else {
            throw Failure.ended(
                arguments: arguments.joined(separator: " "), status: process.isRunning ? -1 : process.terminationStatus,
                output: String(try String(contentsOf: log, encoding: .utf8).suffix(2000)))
        }
    }
}

/// Asks again and again until something is so, at most for so long.
func eventually(within limit: Duration, _ isSo: () async throws -> Bool) async throws -> Bool {
    let end = ContinuousClock.now.advanced(by: limit)
    while try await !isSo() {
        if ContinuousClock.now >= end { return false }
        try await Task.sleep(for: .milliseconds(20))
    }
    return true
}
