import Enrollment
import Foundation
import Storage
import StorageDrivers

/// `ruxue-measure NAME --option value …`.
@main
enum Measure {
    private static let measurements: [String: @Sendable (Options) async throws -> any Encodable] = [
        "migrate": { try await migrate($0) }, "queue": { try await MeasureQueue($0).run() },
        "province": { try await MeasureProvince($0).run() },
        "plant-intake": { try await PlantIntake($0).run() },
        "send-intake": { try SendIntake($0).run() },
        "addresses": { try MeasureAddresses($0).run() },
    ]

    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard let name = arguments.first, let measurement = measurements[name] else {
            throw OptionError(words: "usage: ruxue-measure \(measurements.keys.sorted().joined(separator: "|")) --…")
        }
        let result = try await measurement(try Options(Array(arguments.dropFirst())))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        print(String(decoding: try encoder.encode(result), as: UTF8.self))
    }

    static let season = SeasonYear(2026)

    private struct Migrated: Encodable { let applied: [Int] }

    /// Makes the schema by its owner (`--owner-database`), with a season's partitions, for the role `ruxue_app`.
    private static func migrate(_ options: Options) async throws -> any Encodable {
        let database = try await PostgreSQLDatabase.open(
            try PostgreSQLSettings(try options.text("owner-database"), isOwner: true))
        let applied = try await Migrator(Schema.migrations).migrate(database)
        _ = try await SeasonPartitions.open(season, database)
        try await SeasonPartitions.grant(to: "ruxue_app", database)
        try await database.close()
        return Migrated(applied: applied)
    }

    /// The most memory that this process has had so far, in MB of a million bytes.
    static func peakMegabytes() throws -> Double {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        let kilobytes = line?.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap {
            Double($0)
        }
        guard let kilobytes else { throw OptionError(words: "/proc/self/status names no VmHWM") }
        return kilobytes * 1024 / 1e6
    }
}

/// What stands behind `--names` on the command line.
struct Options: Sendable {
    private var values: [String: String] = [:]

    init(_ arguments: [String]) throws {
        for index in stride(from: 0, to: arguments.count, by: 2) {
            guard arguments[index].hasPrefix("--"), index + 1 < arguments.count else {
                throw OptionError(words: "an option is --name value")
            }
            values[String(arguments[index].dropFirst(2))] = arguments[index + 1]
        }
    }

    func text(_ name: String) throws -> String {
        guard let value = values[name] else { throw OptionError(words: "--\(name) is missing") }
        return value
    }

    func number(_ name: String, else standard: Int) throws -> Int {
        guard let value = values[name] else { return standard }
        guard let number = Int(value), number > 0 else { throw OptionError(words: "--\(name) is a number above 0") }
        return number
    }
}

struct OptionError: Error, CustomStringConvertible {
    let words: String
    var description: String { words }
}
