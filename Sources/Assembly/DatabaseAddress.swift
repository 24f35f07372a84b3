import Storage
import StorageDrivers

/// Which database an installation lives in, read from its settings.
enum DatabaseAddress: Sendable {
    case sqlite(path: String)
    case postgresql(PostgreSQLSettings)

    /// - Parameter text: `sqlite:PATH`, `postgres://…`, `postgresql://…` or `postgres:` with libpq's keywords; nil is the
    ///   embedded database in the data directory.
    init(_ text: String?, in directory: DataDirectory, settings: Settings, isOwner: Bool = false) throws {
        guard let text else {
            self = .sqlite(path: directory.database)
            return
        }
        if text.hasPrefix("sqlite:") {
            self = .sqlite(path: String(text.dropFirst("sqlite:".count)))
            return
        }
        var address = try PostgreSQLSettings(text, isOwner: isOwner)
        address.poolSize = isOwner ? 2 : settings.connections
        address.applicationName = isOwner ? "ruxue owner" : "ruxue"
        self = .postgresql(address)
    }

    func open() async throws -> any Database {
        switch self {
        case .sqlite(let path): try await SQLiteDatabase.open(path: path)
        case .postgresql(let settings): try await PostgreSQLDatabase.open(settings)
        }
    }

    /// The same, with time for statements that read whole tables.
    var patient: DatabaseAddress {
        guard case .postgresql(var settings) = self else { return self }
        settings.statementMilliseconds = 3_600_000
        return .postgresql(settings)
    }

    /// Whether the database's file is still to be made, and its keys with it.
    func isNew(_ directory: DataDirectory) -> Bool {
        if case .sqlite(let path) = self { return !directory.exists(path) }
        return false
    }
}
