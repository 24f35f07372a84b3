public import Enrollment
import Foundation
import Logging

/// What an installation is told: from flags, then the environment (`RUXUE_…`), then one JSON file, in that order.
/// Secrets are in files of their own below the data directory, never here.
public struct Settings: Sendable {
    public var dataDirectory: String
    /// Where families' data is; nil is the embedded database in the data directory.
    public var database: String?
    /// The same database by the role that owns its tables, for the commands that change them.
    public var ownerDatabase: String?
    /// The role that `serve` and `work` connect as, to which the owner grants the tables.
    public var applicationRole: String
    /// Connections of this process to PostgreSQL.
    public var connections: Int
    public var tenantsDirectory: String
    public var host: String
    public var port: Int
    /// The address under which browsers reach the portal, without a slash at the end.
    public var publicAddress: String?
    /// A generated season, whose overlay of sample schools is served.
    public var seasonDirectory: String?
    /// Where a demonstration's time starts; nil runs on real time.
    public var businessClock: Instant?
    public var season: SeasonYear
    /// First pause before a silent source is asked again.
    public var retryMilliseconds: Int
    public var logLevel: String

    /// - Parameters:
    ///   - flags: values by name without dashes (`data`, `port`, …); nil where a flag was not given.
    ///   - environment: nil for the process's own.
    public init(flags: [String: String?], environment given: [String: String]? = nil) throws {
        let environment = given ?? ProcessInfo.processInfo.environment
        var file: [String: String] = [:]
        if let path = (flags["settings"] ?? nil) ?? environment["RUXUE_SETTINGS"] { file = try Self.read(path) }
        let value = { (name: String) -> String? in
            if let flag = flags[name] ?? nil { return flag }
            let variable = "RUXUE_" + name.uppercased().replacingOccurrences(of: "-", with: "_")
            return environment[variable] ?? file[name]
        }
        dataDirectory = value("data") ?? "./ruxue-data"
        database = value("database")
        ownerDatabase = value("owner-database")
        applicationRole = value("application-role") ?? "ruxue_app"
        connections = try Self.number(value("connections"), "connections", 1...200) ?? 8
        tenantsDirectory = value("tenants") ?? "./Tenants"
        host = value("host") ?? "127.0.0.1"
        port = try Self.number(value("port"), "port", 0...65535) ?? 8080
        publicAddress = value("public-address")
        seasonDirectory = value("season")
        season = SeasonYear(try Self.number(value("year"), "year", 2020...2100) ?? 2026)
        retryMilliseconds = try Self.number(value("retry-milliseconds"), "retry-milliseconds", 1...600_000) ?? 2000
        logLevel = value("log-level") ?? "info"
        guard Logger.Level(rawValue: logLevel) != nil else {
            let levels = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
            throw AssemblyError.setting(name: "log-level", rule: "must be one of \(levels)")
        }
        if let text = value("business-clock") {
            guard let instant = Instant(text) else {
                throw AssemblyError.setting(name: "business-clock", rule: "must read like 2026-07-06T09:00:00+08:00")
            }
            businessClock = instant
        }
    }

    func logger(_ label: String) -> Logger {
        var logger = Logger(label: label)
        logger.logLevel = Logger.Level(rawValue: logLevel) ?? .info
        return logger
    }

    private static func number(_ text: String?, _ name: String, _ range: ClosedRange<Int>) throws -> Int? {
        guard let text else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw AssemblyError.setting(
                name: name, rule: "must be a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    private static func read(_ path: String) throws -> [String: String] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw AssemblyError.setting(name: "settings", rule: "names a file that cannot be read")
        }
        do { return try JSONDecoder().decode([String: String].self, from: data) } catch {
            throw AssemblyError.setting(name: "settings", rule: "names a file that is not a JSON object of texts")
        }
    }
}

/// Why an installation cannot be put together. Says what to do; carries no secret and no personal data.
public enum AssemblyError: Error, CustomStringConvertible {
    case setting(name: String, rule: String)
    /// A file of accounts or keys is missing or cannot be used.
    case account(file: String, rule: String)
    case dataDirectory(path: String, reason: String)
    /// The operating system does not let a server listen there.
    case listening(host: String, port: Int, errorNumber: Int32)

    static let foreignKeys =
        "不是这个数据库的密钥：数据只能用建库时的 keys.json 打开，请从备份恢复。"
        + "These are not the keys of this database: its data opens only with the keys.json it was begun with."

    public var code: String {
        switch self {
        case .setting: "assembly.setting"
        case .account: "assembly.account"
        case .dataDirectory: "assembly.data_directory"
        case .listening: "assembly.listening"
        }
    }

    public var description: String {
        switch self {
        case .setting(let name, let rule): "设置 \(name) 有误 The setting \(name) \(rule)."
        case .account(let file, let rule): "\(file): \(rule)"
        case .dataDirectory(let path, let reason): "数据目录 \(path) 不能使用 cannot be used as data directory: \(reason)"
        case .listening(let host, let port, EADDRINUSE):
            "\(host):\(port) 已被别的程序占用，请换一个 --port。The port is taken by another program; choose another --port."
        case .listening(let host, let port, EACCES):
            "没有权限使用端口 \(port)，请换一个 1024 以上的。No permission to listen on \(host):\(port); choose a port from 1024 on."
        case .listening(let host, let port, let number):
            "不能在 \(host):\(port) 提供服务 Cannot listen on \(host):\(port): errno \(number)"
        }
    }
}
