import Dispatch
import Enrollment
import Foundation
import Storage
import StorageDrivers
import Testing

@Suite(.timeLimit(.minutes(5))) struct PostgreSQLErrorTests {
    @Test("a conflict names the table and columns as SQLite does, also in a partition; the transaction leaves nothing")
    func conflict() async throws {
        try await notes { database, _ in
            try await database.write(.migration) { tx in
                try tx.batch([
                    """
                    CREATE TABLE claim (season BIGINT, child BYTEA, seq BIGINT, PRIMARY KEY (child, season),
                      CONSTRAINT one_number UNIQUE (season, seq)) PARTITION BY LIST (season)
                    """,
                    "CREATE TABLE claim_2026 PARTITION OF claim FOR VALUES IN (2026)",
                    "CREATE UNIQUE INDEX only_body ON note (body) WHERE number IS NULL",
                    "CREATE UNIQUE INDEX lower_body ON note (lower(body))",
                ])
            }
            let child = PersonID(high: 1, low: 2)
            func error(_ statements: SQL...) async throws -> StorageError? {
                await #expect(throws: StorageError.self) {
                    try await database.write(.province) { tx in for one in statements { try tx.execute(one) } }
                }
            }
            let insert: SQL = "INSERT INTO claim (season, child, seq) VALUES (2026, \(child), 1)"
            #expect(try await error(insert, insert) == .conflict(constraint: "claim.child, claim.season"))
            let other = PersonID(high: 1, low: 3)
            let second: SQL = "INSERT INTO claim (season, child, seq) VALUES (2026, \(other), 1)"
            #expect(try await error(insert, second)?.conflicts(on: "claim.season", "claim.seq") == true)
            let named = try await error(
                "INSERT INTO note (id, body) VALUES (1, 'a')", "INSERT INTO note (id, body) VALUES (2, 'a')")
            #expect(named == .conflict(constraint: "note.body"))
            let nameless = try await error(
                "INSERT INTO note (id, body) VALUES (1, 'a')", "INSERT INTO note (id, body) VALUES (2, 'A')")
            #expect(nameless == .conflict(constraint: "lower_body"))
            #expect(try await count(database) == 0)
        }
    }

    @Test("NOT NULL, CHECK, foreign keys, types and a trigger's refusal are violations, not conflicts")
    func violations() async throws {
        try await notes { database, _ in
            try await database.write(.migration) { tx in
                try tx.batch([
                    """
                    CREATE TABLE part (id BIGINT PRIMARY KEY, note BIGINT NOT NULL REFERENCES note, n BIGINT CHECK (n > 0))
                    """,
                    "INSERT INTO note (id) VALUES (1)",
                    """
                    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN RAISE EXCEPTION 'parts are never deleted'; END $$
                    """,
                    "CREATE TRIGGER keep BEFORE DELETE ON part FOR EACH STATEMENT EXECUTE FUNCTION refuse()",
                ])
            }
            let wrong: [SQL] = [
                "INSERT INTO part VALUES (1, NULL, 1)", "INSERT INTO part VALUES (1, 1, 0)",
                "INSERT INTO part VALUES (1, 99, 1)", "INSERT INTO part VALUES (1, 1, 'text')",
                "INSERT INTO part VALUES (1, 1, \("text"))", "INSERT INTO part VALUES (\([UInt8(1)]), 1, 1)",
                "DELETE FROM part",
            ]
            var errors: [StorageError?] = []
            for statement in wrong {
                errors.append(
                    await #expect(throws: StorageError.self) {
                        try await database.write(.province) { tx in try tx.execute(statement) }
                    })
            }
            #expect(errors.allSatisfy { $0?.code == "storage.violation" })
            #expect(errors[0] == .violation(constraint: "NOT NULL constraint failed: part.note"))
            #expect(errors[6] == .violation(constraint: "parts are never deleted"))
        }
    }

    @Test("an error names columns and statement text, never a value")
    func silentErrors() async throws {
        try await notes { database, _ in
            let secret = "样例·一 430922201909010014"
            try await database.write(.migration) { tx in
                try tx.execute("CREATE TABLE strict (body TEXT CHECK (length(body) < 3) UNIQUE, n BIGINT NOT NULL)")
            }
            let statements: [SQL] = [
                "INSERT INTO note (id, flag) VALUES (1, \(secret))", "SELECT nothing FROM note WHERE body = \(secret)",
                "INSERT INTO strict VALUES (\(secret), 1)", "INSERT INTO strict VALUES (\(secret), NULL)",
                "SELECT CAST(CAST(\(secret) AS TEXT) AS BIGINT) AS n",
                "INSERT INTO note (id, body) VALUES (1, \(secret)), (1, \(secret))",
            ]
            for statement in statements {
                let error = await #expect(throws: StorageError.self) {
                    try await database.write(.province) { tx in try tx.rows(statement).count }
                }
                let said = error.map { "\($0)" + String(reflecting: $0) } ?? ""
                #expect(!said.isEmpty && !said.contains("样例") && !said.contains("430922"))
            }
        }
    }

    @Test("a transaction sees its own writes; a read keeps seeing what it saw at first")
    func snapshot() async throws {
        try await notes { database, _ in
            let inside = try await database.write(.province) { tx in
                try tx.execute("INSERT INTO note (id) VALUES (1)")
                return try tx.row("SELECT count(*) AS n FROM note")?.int("n")
            }
            #expect(inside == 1)
            let (started, go) = (AsyncStream<Void>.makeStream(), DispatchSemaphore(value: 0))
            let reading = Task {
                try await database.read(.province) { tx in
                    let before = try tx.row("SELECT count(*) AS n FROM note")?.int("n")
                    started.continuation.yield()
                    go.wait()
                    return [before, try tx.row("SELECT count(*) AS n FROM note")?.int("n")]
                }
            }
            for await _ in started.stream { break }
            try await database.write(.province) { tx in try tx.execute("INSERT INTO note (id) VALUES (2)") }
            go.signal()
            #expect(try await reading.value == [1, 1])
        }
    }

    @Test("a write inside read is refused")
    func readOnly() async throws {
        try await notes { database, _ in
            await #expect(throws: StorageError.readOnly) {
                try await database.read(.province) { tx in
                    try tx.rows("INSERT INTO note (id) VALUES (1) RETURNING id").count
                }
            }
        }
    }

    @Test("execute counts its own rows, and none for a statement that changes no rows")
    func counts() async throws {
        try await notes { database, _ in
            let counts = try await database.write(.migration) { tx in
                [
                    try tx.execute("INSERT INTO note (id) VALUES (1), (2), (3)"),
                    try tx.execute("SELECT id FROM note"),
                    try tx.execute("CREATE TABLE other (id BIGINT)"),
                    try tx.execute("UPDATE note SET flag = NULL WHERE id > \(1)"),
                    try tx.execute("DELETE FROM note WHERE id = \(9)"),
                    try tx.rows("INSERT INTO note (id) VALUES (7), (8) RETURNING id").count,
                    try tx.row("UPDATE note SET flag = id WHERE id > 6 RETURNING id") == nil ? 0 : 1,
                    try tx.row("SELECT count(*) AS n FROM note WHERE flag IS NOT NULL")?.int("n") ?? -1,
                ]
            }
            #expect(counts == [3, 0, 0, 2, 0, 2, 1, 2])
        }
    }
}
