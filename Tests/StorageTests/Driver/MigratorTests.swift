import Enrollment
import Storage
import StorageDrivers
import Testing

@Suite struct MigratorTests {
    private func table(_ number: Int, _ statements: SQL...) -> Migration {
        Migration(number: number, name: "step \(number)") { _ in statements }
    }

    private var first: Migration { table(1, "CREATE TABLE a (v INTEGER) STRICT", "INSERT INTO a VALUES (1)") }
    private var second: Migration { table(2, "CREATE TABLE b (v INTEGER) STRICT") }

    @Test("migrations are applied once, in order, and the schema is then current")
    func applied() async throws {
        let database = try await SQLiteDatabase.temporary()
        #expect(try await Migrator([first, second]).status(database).pending == [1, 2])
        #expect(try await Migrator([first]).migrate(database) == [1])
        let both = Migrator([first, second])
        let pending = await #expect(throws: StorageError.self) { try await both.requireCurrent(database) }
        #expect(pending == .schema(.pending([2])))
        #expect(try await both.migrate(database) == [2])
        #expect(try await both.migrate(database) == [])
        let status = try await both.status(database)
        #expect(status.isCurrent && status.applied == [1, 2])
        try await both.requireCurrent(database)
        let at = try await database.read(.queue) { tx in
            try tx.row("SELECT applied_at FROM schema_migration WHERE number = 1")?.instant("applied_at")
        }
        #expect((at?.milliseconds ?? 0) > 1_700_000_000_000)
        try await database.close()
    }

    @Test("a database that a newer version has changed is refused and left alone")
    func newer() async throws {
        let database = try await SQLiteDatabase.temporary()
        _ = try await Migrator([first, second]).migrate(database)
        let error = await #expect(throws: StorageError.self) { _ = try await Migrator([first]).migrate(database) }
        #expect(error == .schema(.newer(found: 2, known: 1)))
        #expect(error?.code == "storage.schema")
        #expect(try await Migrator([first]).status(database).isCurrent == false)
        try await database.close()
    }

    @Test("a migration whose text was edited after it was applied is refused, and nothing after it is applied")
    func changed() async throws {
        let database = try await SQLiteDatabase.temporary()
        _ = try await Migrator([first]).migrate(database)
        let edited = table(1, "CREATE TABLE a (v INTEGER, w INTEGER) STRICT", "INSERT INTO a VALUES (1)")
        let error = await #expect(throws: StorageError.self) {
            _ = try await Migrator([edited, second]).migrate(database)
        }
        #expect(error == .schema(.changed(number: 1)))
        #expect(try await Migrator([first, second]).status(database).pending == [2])
        try await database.close()
    }

    @Test("a migration that fails half way leaves nothing of itself, and what came before it stays")
    func failing() async throws {
        let database = try await SQLiteDatabase.temporary()
        let broken = table(2, "CREATE TABLE b (v INTEGER) STRICT", "INSERT INTO nowhere VALUES (1)")
        await #expect(throws: StorageError.self) { _ = try await Migrator([first, broken]).migrate(database) }
        #expect(try await Migrator([first, second]).migrate(database) == [2])
        try await database.close()
    }

    @Test("processes that migrate at once apply each step once")
    func race() async throws {
        let database = try await SQLiteDatabase.temporary()
        let other = try await SQLiteDatabase.open(path: database.path)
        let migrator = Migrator([first, second])
        async let left = migrator.migrate(database)
        async let right = migrator.migrate(other)
        let applied = try await left + right
        #expect(applied.sorted() == [1, 2])
        #expect(
            try await other.read(.queue) { tx in try tx.row("SELECT count(*) AS n FROM a")?.int("n") } == 1)
        try await other.close()
        try await database.close()
    }
}
