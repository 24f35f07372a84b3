import Dispatch
import Enrollment
import Foundation
import Storage
import StorageDrivers
import Testing

@Suite(.timeLimit(.minutes(5))) struct PostgreSQLDatabaseTests {
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
}
