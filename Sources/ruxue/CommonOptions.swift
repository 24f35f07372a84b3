import ArgumentParser
import Assembly

/// Flags that every command that opens an installation takes.
struct CommonOptions: ParsableArguments {
    @Option(help: "数据目录 Data directory. (RUXUE_DATA, ./ruxue-data)")
    var data: String?
    @Option(
        help: ArgumentHelp(
            "数据库 Database: sqlite:PATH, postgres://…, or postgres:service=NAME; no password in it. (RUXUE_DATABASE)"))
    var database: String?
    @Option(help: "以表的拥有者连接的数据库 The database by the owner of its tables. (RUXUE_OWNER_DATABASE)")
    var ownerDatabase: String?
    @Option(help: "本进程的数据库连接数 Connections to PostgreSQL. (RUXUE_CONNECTIONS, 8)")
    var connections: String?
    @Option(help: "租户目录 Directory of tenants. (RUXUE_TENANTS, ./Tenants)")
    var tenants: String?
    @Option(help: "设置文件 A JSON file of settings. (RUXUE_SETTINGS)")
    var settings: String?
    @Option(help: "年份 The season's year. (RUXUE_YEAR, 2026)")
    var year: String?
    @Option(help: "生成的一季 Folder of a generated season. (RUXUE_SEASON)")
    var season: String?
    @Option(help: "日志级别 Log level. (RUXUE_LOG_LEVEL, info)")
    var logLevel: String?
    @Flag(help: "输出 JSON。Print JSON.")
    var json = false

    func resolved(_ more: [String: String?] = [:]) throws -> Settings {
        var flags: [String: String?] = [
            "data": data, "database": database, "owner-database": ownerDatabase, "connections": connections,
            "tenants": tenants, "settings": settings, "year": year, "season": season,
            "log-level": logLevel,
        ]
        flags.merge(more) { $1 }
        return try Settings(flags: flags)
    }
}
