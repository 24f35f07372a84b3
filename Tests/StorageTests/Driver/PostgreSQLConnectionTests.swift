import Dispatch
import Enrollment
import Foundation
import Storage
import StorageDrivers
import Testing

@Suite(.timeLimit(.minutes(5))) struct PostgreSQLConnectionTests {
    private func notes(_ test: (PostgreSQLSandbox) async throws -> Void) async throws {
        try await PostgreSQLSandbox.with { sandbox in
            try await sandbox.open { database in
                try await database.write(.migration) { tx in
                    try tx.execute("CREATE TABLE note (id BIGINT PRIMARY KEY, body BIGINT)")
                }
            }
            try await test(sandbox)
        }
    }

    private func settings(_ sandbox: PostgreSQLSandbox, pool: Int, _ more: String = "") throws -> PostgreSQLSettings {
        var settings = try sandbox.settings(more)
        settings.poolSize = pool
        return settings
    }

    private func process(_ tx: any Reading) throws -> Int {
        try tx.row("SELECT pg_backend_pid() AS pid")?.int("pid") ?? 0
    }

    @Test("a transaction begins, is scoped and runs its first statement in one round trip, and commits in another")
    func roundTrips() async throws {
        try await notes { sandbox in
            let proxy = try PostgreSQLProxy(server: sandbox.server)
            defer { proxy.stop() }
            try await sandbox.open(settings(sandbox, pool: 1, proxy.keywords)) { database in
                let before = Recorder()
                for n in 0..<3 {
                    before.add("\(proxy.roundTrips)")
                    try await database.write(.queue) { tx in
                        try tx.execute("INSERT INTO note (id) VALUES (\(n))")
                    }
                    before.add("\(proxy.roundTrips)")
                }
                // Batches and another scope, once everything is prepared.
                for n in 1..<3 {
                    before.add("\(proxy.roundTrips)")
                    try await database.write(.province) { tx in
                        try tx.batch((0..<100).map { "INSERT INTO note (id) VALUES (\(n * 1_000 + $0))" })
                        _ = try tx.writing(.queue) { tx in try tx.rows("SELECT id FROM note WHERE id = \(n)") }
                    }
                    before.add("\(proxy.roundTrips)")
                }
                try await database.write(.province) { _ in }
                before.add("\(proxy.roundTrips)")
                let counts = before.all.compactMap { Int($0) }
                let spent = stride(from: 0, to: 10, by: 2).map { counts[$0 + 1] - counts[$0] }
                #expect(spent[1...2] == [2, 2])
                #expect(spent[4] == 3)
                #expect(counts.last == counts[9])
            }
        }
    }

    @Test("the scope reaches the server, changes inside a transaction, comes back, and is gone in the next")
    func scopes() async throws {
        try await notes { sandbox in
            try await sandbox.open(settings(sandbox, pool: 1)) { database in
                @Sendable func seen(_ tx: any Reading) throws -> String? {
                    try tx.row("SELECT current_setting('ruxue.scope', true) AS scope")?.optionalText("scope")
                }
                let tenant = Scope.tenant(TenantCode(rawValue: "taojiang"), SeasonYear(2026))
                let inside = try await database.write(tenant) { tx in
                    [
                        try seen(tx), try tx.writing(.queue, seen), try seen(tx), try tx.reading(.signIn, seen),
                        try seen(tx),
                    ]
                }
                let mine = try tenant.setting
                #expect(inside == [mine, try Scope.queue.setting, mine, try Scope.signIn.setting, mine])
                let other = try await database.read(.province) { tx in try seen(tx) }
                #expect(try other == Scope.province.setting)
            }
        }
    }

    @Test("row-level security refuses a row outside the scope by the table's name, and shows none")
    func rowSecurity() async throws {
        try await notes { sandbox in
            try await sandbox.withRole("") { role in
                try await sandbox.open { database in
                    try await database.write(.migration) { tx in
                        try tx.batch([
                            "ALTER TABLE note ENABLE ROW LEVEL SECURITY",
                            """
                            CREATE POLICY queue ON note USING (split_part(current_setting('ruxue.scope', true), '|', 1) = 'queue')
                            """,
                            "GRANT ALL ON note TO PUBLIC",
                        ])
                        try tx.execute("INSERT INTO note (id) VALUES (1)")
                    }
                }
                let settings = try PostgreSQLSettings("\(sandbox.keywords) user=\(role)")
                try await sandbox.open(settings) { database in
                    await #expect(throws: StorageError.outsideScope(table: "note")) {
                        try await database.write(.province) { tx in try tx.execute("INSERT INTO note (id) VALUES (2)") }
                    }
                    let seen = try await database.read(.province) { tx in
                        [
                            try tx.rows("SELECT id FROM note").count,
                            try tx.reading(.queue) { try $0.rows("SELECT id FROM note").count },
                        ]
                    }
                    #expect(seen == [0, 1])
                }
            }
        }
    }

    @Test("a pooled connection that the server ended while idle is replaced unseen")
    func idleEnd() async throws {
        try await notes { sandbox in
            try await sandbox.open { admin in
                try await sandbox.open(settings(sandbox, pool: 1)) { database in
                    for round in 0..<20 {
                        let old = try await database.write(.province) { tx in try process(tx) }
                        try await admin.write(.province) { tx in
                            _ = try tx.rows("SELECT pg_terminate_backend(\(old))")
                            // Half of the rounds go on at once, half when the backend is known to be gone.
                            while try round % 2 == 0
                                && tx.row("SELECT 1 AS n FROM pg_stat_activity WHERE pid = \(old)") != nil
                            {
                                _ = try tx.rows("SELECT pg_stat_clear_snapshot()")
                            }
                        }
                        let new = try await database.write(.province) { tx in
                            try tx.execute("INSERT INTO note (id) VALUES (\(round))")
                            return try process(tx)
                        }
                        #expect(new != old)
                    }
                }
            }
        }
    }

    @Test(
        "a connection lost inside a transaction is unavailable, nothing is written, and the next call works",
        arguments: [true, false])
    func lostInside(beforeStatement: Bool) async throws {
        try await notes { sandbox in
            try await sandbox.open { admin in
                try await sandbox.open(settings(sandbox, pool: 1)) { database in
                    let (pids, go) = (AsyncStream<Int>.makeStream(), DispatchSemaphore(value: 0))
                    let task = Task {
                        try await database.write(.province) { tx in
                            try tx.execute("INSERT INTO note (id) VALUES (1)")
                            pids.continuation.yield(try process(tx))
                            go.wait()
                            // Or at the commit, which then is not sent.
                            if beforeStatement { try tx.execute("INSERT INTO note (id) VALUES (2)") }
                        }
                    }
                    for await pid in pids.stream {
                        try await admin.write(.province) { tx in
                            _ = try tx.rows("SELECT pg_terminate_backend(\(pid), 5000)")
                        }
                        break
                    }
                    go.signal()
                    let error = await #expect(throws: StorageError.self) { try await task.value }
                    #expect(error?.code == "storage.unavailable")
                    let rows = try await database.read(.province) { tx in try tx.rows("SELECT id FROM note").count }
                    #expect(rows == 0)
                }
            }
        }
    }

    @Test("a connection cut while a commit is on its way leaves the outcome unknown, and runs nothing after it")
    func lostCommit() async throws {
        try await notes { sandbox in
            let proxy = try PostgreSQLProxy(server: sandbox.server)
            defer { proxy.stop() }
            let done = Recorder()
            try await sandbox.open(settings(sandbox, pool: 1, proxy.keywords)) { database in
                for (n, cut) in [PostgreSQLProxy.Cut.after, .before].enumerated() {
                    // With the end of the text: READ COMMITTED stands in every beginning.
                    proxy.cut(cut, "COMMIT\0")
                    await #expect(throws: StorageError.outcomeUnknown) {
                        try await database.write(.province) { tx in
                            tx.afterCommit { done.add("never") }
                            try tx.execute("INSERT INTO note (id) VALUES (\(n))")
                        }
                    }
                }
                // Held by the row's lock, if the server still is about the first commit.
                let kept = try await database.write(.province) { tx in
                    (0..<2).map { n in
                        (try? tx.execute("INSERT INTO note (id) VALUES (\(n)) ON CONFLICT DO NOTHING")) ?? -1
                    }
                }
                #expect(kept == [0, 1])
            }
            #expect(done.all.isEmpty)
        }
    }

    @Test("a transaction cut before anything of it was answered begins again on another connection, once")
    func lostBegin() async throws {
        try await notes { sandbox in
            let proxy = try PostgreSQLProxy(server: sandbox.server)
            defer { proxy.stop() }
            try await sandbox.open(settings(sandbox, pool: 1, proxy.keywords)) { database in
                try await database.write(.province) { tx in try tx.execute("INSERT INTO note (id) VALUES (\(0))") }
                let connections = proxy.connections
                for (n, cut) in [PostgreSQLProxy.Cut.before, .after].enumerated() {
                    proxy.cut(cut, "BEGIN")
                    let runs = Recorder()
                    try await database.write(.province) { tx in
                        runs.add("body")
                        try tx.execute("INSERT INTO note (id) VALUES (\(n + 1))")
                    }
                    #expect(runs.all.count == 1)
                }
                #expect(proxy.connections == connections + 2)
                let rows = try await database.read(.province) { tx in try tx.rows("SELECT id FROM note").count }
                #expect(rows == 3)
            }
        }
    }

    @Test("a table that changes under a prepared statement does not disturb the next transaction")
    func changedTable() async throws {
        try await notes { sandbox in
            try await sandbox.open(settings(sandbox, pool: 1)) { database in
                @Sendable func columns(_ tx: any Reading) throws -> Row? {
                    try tx.row("SELECT * FROM note WHERE id = \(1)")
                }
                try await database.write(.province) { tx in try tx.execute("INSERT INTO note (id, body) VALUES (1, 7)")
                }
                for _ in 0..<7 { _ = try await database.read(.province) { tx in try columns(tx)?.int("body") } }
                try await sandbox.open { owner in
                    try await owner.write(.migration) { tx in
                        try tx.execute("ALTER TABLE note ADD COLUMN more TEXT DEFAULT 'x'")
                    }
                }
                let more = try await database.read(.province) { tx in try columns(tx)?.text("more") }
                #expect(more == "x")
                // Somebody discards all that was prepared.
                try await database.write(.province) { tx in try tx.execute("DEALLOCATE ALL") }
                #expect(try await database.read(.province) { tx in try columns(tx)?.int("body") } == 7)
            }
        }
    }
}
