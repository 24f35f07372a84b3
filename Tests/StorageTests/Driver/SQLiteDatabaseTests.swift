import Dispatch
import Enrollment
import Foundation
import Storage
import StorageDrivers
import Testing

@Suite(.timeLimit(.minutes(5))) struct SQLiteDatabaseTests {
    /// A database with one table, `note(id, body, flag)`.
    private func notes() async throws -> SQLiteDatabase {
        let database = try await SQLiteDatabase.temporary()
        try await database.write(.migration) { tx in
            try tx.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, body ANY, flag INTEGER UNIQUE) STRICT")
        }
        return database
    }

    @Test("what is written comes back the same, empty and hostile values included")
    func roundTrip() async throws {
        let database = try await notes()
        let values: [SQLValue] = [
            .null, .integer(.min), .integer(.max), .real(2), .real(0.1), .text(""), .text("曾𠮷·样例"), .text("2"),
            .text("'); DROP TABLE note; --"), .text("?1 $1 :a"), .blob([]), .blob([0, 255]),
        ]
        let back = try await database.write(.queue) { tx in
            for (number, value) in values.enumerated() {
                try tx.execute("INSERT INTO note (id, body) VALUES (\(number), \(value))")
            }
            return try tx.rows("SELECT body FROM note ORDER BY id").map { try $0.value("body") }
        }
        #expect(back == values)
        try await database.close()
    }

    @Test("an attempt at injection is found as the value it is, and changes nothing")
    func injection() async throws {
        let database = try await notes()
        let attack = "x' OR '1'='1'; DELETE FROM note; --"
        try await database.write(.queue) { tx in
            try tx.execute("INSERT INTO note (id, body) VALUES (\(1), \("innocent"))")
            try tx.execute("INSERT INTO note (id, body) VALUES (\(2), \(attack))")
        }
        let found = try await database.read(.queue) { tx in
            try tx.rows("SELECT id FROM note WHERE body = \(attack)").map { try $0.int("id") }
        }
        #expect(found == [2])
        try await database.close()
    }

    @Test("a placeholder in quotes is refused instead of binding nothing")
    func quoted() async throws {
        let database = try await notes()
        await #expect(throws: StorageError.self) {
            try await database.read(.queue) { tx in try tx.rows("SELECT id FROM note WHERE body = '\("x")'").count }
        }
        try await database.close()
    }

    @Test("a text with U+0000 is refused instead of being cut")
    func nul() async throws {
        let database = try await notes()
        await #expect(throws: StorageError.text) {
            try await database.write(.queue) { tx in
                try tx.execute("INSERT INTO note (id, body) VALUES (1, \("a\u{0}b"))")
            }
        }
        try await database.close()
    }

    @Test("a second row with a key is a conflict that names the columns; the transaction leaves nothing")
    func conflict() async throws {
        let database = try await SQLiteDatabase.temporary()
        try await database.write(.migration) { tx in
            try tx.execute("CREATE TABLE claim (child BLOB, season INTEGER, PRIMARY KEY (child, season)) STRICT")
        }
        let child = PersonID(high: 1, low: 2)
        let error = await #expect(throws: StorageError.self) {
            try await database.write(.person(child)) { tx in
                try tx.execute("INSERT INTO claim VALUES (\(child), \(SeasonYear(2026)))")
                try tx.execute("INSERT INTO claim VALUES (\(child), \(SeasonYear(2026)))")
            }
        }
        #expect(error == .conflict(constraint: "claim.child, claim.season"))
        let count = try await database.read(.queue) { tx in try tx.row("SELECT count(*) AS n FROM claim")?.int("n") }
        #expect(count == 0)
        try await database.close()
    }

    @Test("NOT NULL, CHECK, foreign keys and types are violations, not conflicts")
    func violations() async throws {
        let database = try await notes()
        try await database.write(.migration) { tx in
            try tx.batch([
                "CREATE TABLE part (id INTEGER PRIMARY KEY, note INTEGER NOT NULL REFERENCES note, n INTEGER CHECK (n > 0)) STRICT",
                "INSERT INTO note (id) VALUES (1)",
            ])
        }
        let wrong: [SQL] = [
            "INSERT INTO part VALUES (1, NULL, 1)", "INSERT INTO part VALUES (1, 1, 0)",
            "INSERT INTO part VALUES (1, 99, 1)", "INSERT INTO part VALUES (1, 1, 'text')",
        ]
        for statement in wrong {
            let error = await #expect(throws: StorageError.self) {
                try await database.write(.queue) { tx in try tx.execute(statement) }
            }
            #expect(error?.code == "storage.violation")
        }
        try await database.close()
    }

    @Test("an error names columns and statement text, never a bound value")
    func silentErrors() async throws {
        let database = try await notes()
        let secret = "样例·一 430922201909010014"
        let statements: [SQL] = [
            "INSERT INTO note (id, flag) VALUES (1, \(secret))", "SELECT nothing FROM note WHERE body = \(secret)",
            "INSERT INTO note (id, body) VALUES (\(secret), 1)",
            "SELECT id FROM note WHERE body = \(secret) AND '\(1)' = 1",
        ]
        for statement in statements {
            let error = await #expect(throws: StorageError.self) {
                try await database.write(.queue) { tx in try tx.execute(statement) }
            }
            let said = error.map { "\($0)" + String(reflecting: $0) } ?? ""
            #expect(!said.isEmpty && !said.contains(secret))
        }
        try await database.close()
    }

    @Test("a transaction sees its own writes, and others see them only when it is done")
    func snapshot() async throws {
        let database = try await notes()
        let inside = try await database.write(.queue) { tx in
            try tx.execute("INSERT INTO note (id) VALUES (1)")
            return try tx.row("SELECT count(*) AS n FROM note")?.int("n")
        }
        #expect(inside == 1)
        // A read that began before a write keeps seeing what it saw at first.
        let (started, writing) = (AsyncStream<Void>.makeStream(), DispatchSemaphore(value: 0))
        let reading = Task {
            try await database.read(.queue) { tx in
                let before = try tx.row("SELECT count(*) AS n FROM note")?.int("n")
                started.continuation.yield()
                writing.wait()
                return [before, try tx.row("SELECT count(*) AS n FROM note")?.int("n")]
            }
        }
        for await _ in started.stream { break }
        try await database.write(.queue) { tx in try tx.execute("INSERT INTO note (id) VALUES (2)") }
        writing.signal()
        #expect(try await reading.value == [1, 1])
        try await database.close()
    }

    @Test("a write inside read is refused")
    func readOnly() async throws {
        let database = try await notes()
        await #expect(throws: StorageError.readOnly) {
            try await database.read(.queue) { tx in try tx.rows("INSERT INTO note (id) VALUES (1) RETURNING id").count
            }
        }
        try await database.close()
    }

    @Test("execute counts its own rows, and none for a statement that changes no rows")
    func counts() async throws {
        let database = try await notes()
        let counts = try await database.write(.queue) { tx in
            [
                try tx.execute("INSERT INTO note (id) VALUES (1), (2), (3)"),
                try tx.execute("SELECT id FROM note"),
                try tx.execute("CREATE TABLE other (id INTEGER) STRICT"),
                try tx.execute("UPDATE note SET flag = NULL WHERE id > \(1)"),
                try tx.execute("DELETE FROM note WHERE id = \(9)"),
                try tx.rows("INSERT INTO note (id) VALUES (7), (8) RETURNING id").count,
                try tx.row("UPDATE note SET flag = id WHERE id > 6 RETURNING id") == nil ? 0 : 1,
                try tx.row("SELECT count(*) AS n FROM note WHERE flag IS NOT NULL")?.int("n") ?? -1,
            ]
        }
        #expect(counts == [3, 0, 0, 2, 0, 2, 1, 2])
        try await database.close()
    }

    @Test("a body's own error rolls back and comes out unchanged")
    func rollback() async throws {
        struct Refusal: Error, Equatable {}
        let database = try await notes()
        await #expect(throws: Refusal()) {
            try await database.write(.queue) { tx in
                try tx.execute("INSERT INTO note (id) VALUES (1)")
                throw Refusal()
            }
        }
        #expect(try await database.read(.queue) { tx in try tx.row("SELECT 1 AS n FROM note") } == nil)
        try await database.close()
    }

    @Test("a cancelled task gets CancellationError, and what it wrote is gone")
    func cancellation() async throws {
        let database = try await notes()
        let (started, go) = (AsyncStream<Void>.makeStream(), DispatchSemaphore(value: 0))
        let task = Task {
            try await database.write(.queue) { tx in
                try tx.execute("INSERT INTO note (id) VALUES (1)")
                started.continuation.yield()
                go.wait()
                try tx.execute("INSERT INTO note (id) VALUES (2)")
            }
        }
        for await _ in started.stream { break }
        task.cancel()
        go.signal()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await database.read(.queue) { tx in try tx.row("SELECT 1 AS n FROM note") } == nil)
        // The connection serves the next caller.
        try await database.write(.queue) { tx in try tx.execute("INSERT INTO note (id) VALUES (3)") }
        try await database.close()
    }

    @Test("fifty writers at once lose no update")
    func concurrency() async throws {
        let database = try await notes()
        try await database.write(.queue) { tx in try tx.execute("INSERT INTO note (id, body) VALUES (1, 0)") }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    try await database.write(.queue) { tx in
                        let n = try tx.row("SELECT body FROM note WHERE id = 1")?.int("body") ?? -1
                        try tx.execute("UPDATE note SET body = \(n + 1) WHERE id = 1")
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await database.read(.queue) { tx in try tx.row("SELECT body FROM note")?.int("body") } == 50)
        try await database.close()
    }

    @Test("bodies never run on the cooperative pool: more blocked readers than cores do not stop other tasks")
    func blocking() async throws {
        let database = try await notes()
        let release = DispatchSemaphore(value: 0)
        let arrived = AsyncStream<Void>.makeStream()
        let readers = (0..<4).map { _ in
            Task {
                try await database.read(.queue) { _ in
                    arrived.continuation.yield()
                    release.wait()
                }
            }
        }
        var count = 0
        for await _ in arrived.stream {
            count += 1
            if count == 4 { break }
        }
        // This line runs on the cooperative pool, which two blocked threads of two would have stopped.
        for _ in 0..<4 { release.signal() }
        for reader in readers { try await reader.value }
        try await database.close()
    }

    @Test("after close the database says that it is closed; closing twice is harmless")
    func closed() async throws {
        let database = try await notes()
        try await database.close()
        try await database.close()
        for attempt in 0..<2 {
            let error = await #expect(throws: StorageError.self) {
                if attempt == 0 {
                    try await database.read(.queue) { _ in }
                } else {
                    try await database.write(.queue) { _ in }
                }
            }
            #expect(error?.code == "storage.unavailable")
        }
        #expect(!FileManager.default.fileExists(atPath: database.path))
    }
}
