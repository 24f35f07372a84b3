import Dispatch
import Enrollment
import Foundation
import Storage
import StorageDrivers
import Testing

@Suite(.timeLimit(.minutes(5))) struct PostgreSQLTransactionTests {
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
}
