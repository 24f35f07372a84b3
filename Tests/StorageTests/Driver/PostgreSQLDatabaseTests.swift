import Dispatch
import Enrollment
import Foundation
import Storage
import StorageDrivers
import Testing

@Suite(.timeLimit(.minutes(1))) struct PostgreSQLDatabaseTests {
    /// A database with one table, `note(id, body, data, number, ratio, flag)`.
    private func notes(_ test: (PostgreSQLDatabase, PostgreSQLSandbox) async throws -> Void) async throws {
        try await PostgreSQLSandbox.with { sandbox in
            try await sandbox.open { database in
                try await database.write(.migration) { tx in
                    try tx.execute(
                        """
                        CREATE TABLE note (id BIGINT PRIMARY KEY, body TEXT, data BYTEA, number BIGINT,
                          ratio DOUBLE PRECISION, flag BIGINT UNIQUE)
                        """)
                }
                try await test(database, sandbox)
            }
        }
    }

    @Test("what is written comes back the same: empty, hostile, large, and NULL before and after a value")
    func roundTrip() async throws {
        try await notes { database, _ in
            let large = String(repeating: "曾𠮷·样例", count: 80_000)
            let texts: [String?] = [nil, "", "曾𠮷·样例", "'); DROP TABLE note; --", "?1 $1 :a", large, nil, "z"]
            let blobs: [[UInt8]?] = [nil, [], [0, 255], Array(repeating: 7, count: 1_000_000), nil, [1], [0], nil]
            let numbers: [Int64?] = [nil, .min, .max, 0, -1, nil, 1, 2]
            let ratios: [Double?] = [nil, 0.1, -2, .infinity, 1e300, nil, 0, 3]
            try await database.write(.province) { tx in
                for n in texts.indices {
                    try tx.execute(
                        """
                        INSERT INTO note (id, body, data, number, ratio)
                        VALUES (\(n), \(texts[n]), \(blobs[n]), \(numbers[n]), \(ratios[n]))
                        """)
                }
            }
            let rows = try await database.read(.province) { tx in try tx.rows("SELECT * FROM note ORDER BY id") }
            #expect(try rows.map { try $0.optionalText("body") } == texts)
            #expect(try rows.map { try $0.optionalBlob("data") } == blobs)
            #expect(try rows.map { try $0.optionalInt64("number") } == numbers)
            #expect(try rows.map { try $0.optionalReal("ratio") } == ratios)
        }
    }

    @Test("what the server computes is read as SQLite would give it: sums as whole numbers, truth as 0 and 1")
    func computed() async throws {
        try await notes { database, _ in
            let row = try await database.write(.province) { tx in
                try tx.execute("INSERT INTO note (id, number) VALUES (1, \(Int64.max)), (2, -10000), (3, 30000)")
                return try tx.row(
                    """
                    SELECT count(*) AS n, sum(number) AS big, sum(number) FILTER (WHERE id > 1) AS sum,
                      avg(number) FILTER (WHERE id > 1) AS even, avg(id) FILTER (WHERE id < 3) AS odd,
                      max(id) = 3 AS truth, 7::int AS four, 7::smallint AS two, 0.5::real AS half,
                      -12345678.125::numeric AS exact, 0::numeric AS zero, -9223372036854775808::numeric AS least,
                      100000000::numeric AS round, 'x'::varchar AS short, current_database() AS name
                    FROM note
                    """)
            }
            let found = try #require(row)
            #expect(try found.int("n") == 3)
            #expect(try found.real("big") == Double(UInt64(9_223_372_036_854_795_807)))
            #expect(try found.value("sum") == .integer(20_000))
            #expect(try found.value("even") == .integer(10_000))
            #expect(try found.value("odd") == .real(1.5))
            #expect(try found.bool("truth"))
            #expect(try [found.int("four"), found.int("two"), found.int("zero")] == [7, 7, 0])
            #expect(try [found.real("half"), found.real("exact")] == [0.5, -12_345_678.125])
            #expect(try [found.int64("least"), found.int64("round")] == [.min, 100_000_000])
            #expect(try found.text("short") == "x" && found.text("name").hasPrefix("ruxue"))
        }
    }

    @Test("a type that no column here has is named, not guessed at")
    func unknownType() async throws {
        try await notes { database, _ in
            let error = await #expect(throws: StorageError.self) {
                try await database.read(.province) { tx in try tx.rows("SELECT now() AS moment").count }
            }
            #expect(error?.code == "storage.column")
        }
    }

    @Test("an attempt at injection is found as the value it is; a placeholder in quotes and U+0000 are refused")
    func injection() async throws {
        try await notes { database, _ in
            let attack = "x' OR '1'='1'; DELETE FROM note; --"
            try await database.write(.province) { tx in
                try tx.execute("INSERT INTO note (id, body) VALUES (\(1), \("innocent"))")
                try tx.execute("INSERT INTO note (id, body) VALUES (\(2), \(attack))")
            }
            let found = try await database.read(.province) { tx in
                try tx.rows("SELECT id FROM note WHERE body = \(attack)").map { try $0.int("id") }
            }
            #expect(found == [2])
            let quoted = await #expect(throws: StorageError.self) {
                try await database.read(.province) { tx in
                    try tx.rows("SELECT id FROM note WHERE body = '\("x")'").count
                }
            }
            #expect(quoted?.code == "storage.statement")
            await #expect(throws: StorageError.text) {
                try await database.write(.province) { tx in
                    try tx.execute("INSERT INTO note (id, body) VALUES (3, \("a\u{0}b"))")
                }
            }
            #expect(try await count(database) == 2)
        }
    }

    @Test("lists of any length are bound, and an empty one matches nothing")
    func lists() async throws {
        try await notes { database, _ in
            let counts = try await database.write(.province) { tx in
                try tx.batch((0..<300).map { "INSERT INTO note (id) VALUES (\($0))" })
                return try (0..<300).map { length in
                    try tx.rows("SELECT id FROM note WHERE id IN \(in: Array(0..<length))").count
                }
            }
            #expect(counts == Array(0..<300))
        }
    }

    @Test("more statements than are kept prepared all work, again and again")
    func evictions() async throws {
        try await notes { database, _ in
            // Statements differ by their text only; `raw` takes literals alone, so the text grows by a fragment.
            var statements: [SQL] = []
            var text: SQL = "SELECT id FROM note WHERE id = 1"
            for _ in 0..<400 {
                statements.append(text)
                text = text + " OR id = 1"
            }
            let all = statements
            for _ in 0..<2 {
                let counts = try await database.write(.province) { tx in
                    try tx.execute("INSERT INTO note (id) VALUES (1) ON CONFLICT DO NOTHING")
                    return try tx.rows(ofEach: all).map(\.count)
                }
                #expect(counts == Array(repeating: 1, count: 400))
            }
            let kept = try await database.read(.province) { tx in
                try tx.row("SELECT count(*) AS n FROM pg_prepared_statements")?.int("n") ?? 0
            }
            #expect(kept <= 257 + 1)
        }
    }

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

    @Test("ten thousand statements with large binds and answers go through one pipeline both ways")
    func pipelines() async throws {
        try await notes { database, _ in
            let filler = String(repeating: "甲", count: 700)
            let changed = try await database.write(.province) { tx in
                try tx.batch((0..<10_000).map { "INSERT INTO note (id, body) VALUES (\($0), \(filler))" })
            }
            #expect(changed == Array(repeating: 1, count: 10_000))
            let rows = try await database.read(.province) { tx in
                try tx.rows(ofEach: (0..<10_000).map { "SELECT id, body FROM note WHERE id = \($0)" })
            }
            #expect(try rows.map { try $0.map { try $0.int("id") } } == (0..<10_000).map { [$0] })
            #expect(try rows.last?.first?.text("body") == filler)
            // Both directions at once, with more than any socket's buffers hold.
            let echoed = try await database.read(.province) { tx in
                try tx.rows(
                    ofEach: (0..<400).map { _ in "SELECT CAST(\(String(repeating: "x", count: 100_000)) AS TEXT) AS t" }
                )
            }
            #expect(try echoed.allSatisfy { try $0.first?.text("t").utf8.count == 100_000 })
        }
    }

    @Test("a failure inside a batch undoes all of it, and is the one that comes out")
    func batchFailure() async throws {
        try await notes { database, _ async throws in
            let error = await #expect(throws: StorageError.self) {
                try await database.write(.province) { tx in
                    try tx.batch((0..<1_000).map { "INSERT INTO note (id) VALUES (\($0 % 900))" })
                }
            }
            #expect(error == .conflict(constraint: "note.id"))
            #expect(try await count(database) == 0)
        }
    }

    @Test("a batch of rows arrives with its NULLs; existing keys are passed over when told to")
    func rowBatch() async throws {
        try await notes { database, _ in
            var batch = RowBatch(
                into: "note", [.init("id", .integer), .init("body", .text), .init("data", .blob)], skipsExisting: true)
            for n in 0..<12_345 {
                batch.add([
                    .integer(Int64(n)), n % 3 == 0 ? .null : .text("样例 \(n)"),
                    n % 5 == 0 ? .null : .blob([UInt8(n % 256)]),
                ])
            }
            let rows = batch
            #expect(try await database.write(.province) { tx in try tx.insert(rows) } == 12_345)
            #expect(try await database.write(.province) { tx in try tx.insert(rows) } == 0)
            let found = try await database.read(.province) { tx in
                try tx.rows("SELECT id, body, data FROM note WHERE id >= 6 AND id <= 10 ORDER BY id")
            }
            #expect(try found.map { try $0.optionalText("body") } == [nil, "样例 7", "样例 8", nil, "样例 10"])
            #expect(try found.map { try $0.optionalBlob("data") } == [[6], [7], [8], [9], nil])
            var wrong = RowBatch(into: "note", [.init("id", .integer)])
            wrong.add([.text("x")])
            let bad = wrong
            let error = await #expect(throws: StorageError.self) {
                try await database.write(.province) { tx in try tx.insert(bad) }
            }
            #expect(error?.code == "storage.violation")
        }
    }

    @Test("a body's own error rolls back and comes out unchanged; one that it passes over does not become a commit")
    func rollback() async throws {
        struct Refusal: Error, Equatable {}
        try await notes { database, _ async throws in
            await #expect(throws: Refusal()) {
                try await database.write(.province) { tx in
                    try tx.execute("INSERT INTO note (id) VALUES (1)")
                    throw Refusal()
                }
            }
            await #expect(throws: StorageError.conflict(constraint: "note.id")) {
                try await database.write(.province) { tx in
                    try tx.execute("INSERT INTO note (id) VALUES (1)")
                    _ = try? tx.execute("INSERT INTO note (id) VALUES (1)")
                }
            }
            #expect(try await count(database) == 0)
        }
    }

    @Test("what follows a commit happens after it and before the lane's next transaction, and never after a rollback")
    func afterCommit() async throws {
        try await notes { database, sandbox in
            let done = Recorder()
            try await database.write(.province) { tx in
                tx.afterCommit { done.add("commit") }
                try tx.execute("INSERT INTO note (id) VALUES (1)")
                done.add("body")
            }
            await #expect(throws: StorageError.self) {
                try await database.write(.province) { tx in
                    tx.afterCommit { done.add("never") }
                    try tx.execute("INSERT INTO note (id) VALUES (1)")
                }
            }
            #expect(done.all == ["body", "commit"])
            var settings = try sandbox.settings()
            settings.poolSize = 4
            try await sandbox.open(settings) { database in
                let busy = Lanes()
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for n in 10..<210 {
                        group.addTask {
                            try await database.write(.province) { tx in
                                let lane = tx.lane
                                busy.enter(lane)
                                tx.afterCommit { busy.leave(lane) }
                                try tx.execute("INSERT INTO note (id) VALUES (\(n))")
                            }
                        }
                    }
                    try await group.waitForAll()
                }
                #expect(busy.isClean && busy.count <= 4)
            }
        }
    }

    private func count(_ database: PostgreSQLDatabase) async throws -> Int? {
        try await database.read(.province) { tx in try tx.row("SELECT count(*) AS n FROM note")?.int("n") }
    }
}
