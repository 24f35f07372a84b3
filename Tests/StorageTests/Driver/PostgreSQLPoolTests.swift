import Dispatch
import Enrollment
import Foundation
import Storage
import StorageDrivers
import Testing

@Suite(.timeLimit(.minutes(5))) struct PostgreSQLPoolTests {
    private func notes(
        pool: Int = 8, wait: Int = 5_000, statement: Int = 30_000, queue: Int = 2_000,
        _ test: (PostgreSQLDatabase, PostgreSQLSandbox) async throws -> Void
    ) async throws {
        try await PostgreSQLSandbox.with { sandbox in
            var settings = try sandbox.settings()
            settings.poolSize = pool
            settings.waitMilliseconds = wait
            settings.statementMilliseconds = statement
            settings.waitingLimit = queue
            try await sandbox.open(settings) { database in
                try await database.write(.migration) { tx in
                    try tx.execute("CREATE TABLE note (id BIGINT PRIMARY KEY, body BIGINT)")
                    try tx.execute("INSERT INTO note VALUES (1, 0), (2, 0)")
                }
                try await test(database, sandbox)
            }
        }
    }

    /// Reads until a backend of this database runs a statement with this in it; asks the server, never the clock.
    private func untilRunning(_ text: String, _ sandbox: PostgreSQLSandbox) async throws {
        try await sandbox.open { watcher in
            while try await watcher.read(
                .province,
                { tx in
                    try tx.row(
                        """
                        SELECT 1 AS n FROM pg_stat_activity WHERE datname = current_database() AND state = 'active'
                        AND pid <> pg_backend_pid() AND query LIKE '%' || \(text) || '%'
                        """) == nil
                })
            {}
        }
    }

    @Test("fifty writers at once lose no update on a row that they lock")
    func concurrency() async throws {
        try await notes(pool: 4) { database, _ in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<50 {
                    group.addTask {
                        try await database.write(.province) { tx in
                            let n = try tx.row("SELECT body FROM note WHERE id = 1 FOR UPDATE")?.int("body") ?? -1
                            try tx.execute("UPDATE note SET body = \(n + 1) WHERE id = 1")
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(
                try await database.read(.province) { tx in try tx.row("SELECT body FROM note WHERE id = 1")?.int("body")
                } == 50)
        }
    }

    @Test("bodies never run on the cooperative pool: more blocked readers than cores do not stop other tasks")
    func blocking() async throws {
        try await notes(pool: 8) { database, _ in
            let (release, arrived) = (DispatchSemaphore(value: 0), AsyncStream<Void>.makeStream())
            let readers = (0..<8).map { _ in
                Task {
                    try await database.read(.province) { _ in
                        arrived.continuation.yield()
                        release.wait()
                    }
                }
            }
            var count = 0
            for await _ in arrived.stream {
                count += 1
                if count == 8 { break }
            }
            for _ in 0..<8 { release.signal() }
            for reader in readers { try await reader.value }
        }
    }

    @Test("who waits too long for a connection is told so; a queue that is full refuses at once; a cancelled wait ends")
    func exhaustion() async throws {
        try await notes(pool: 1, wait: 200, queue: 2) { database, _ in
            let (release, arrived) = (DispatchSemaphore(value: 0), AsyncStream<Void>.makeStream())
            let holder = Task {
                try await database.read(.province) { _ in
                    arrived.continuation.yield()
                    release.wait()
                }
            }
            for await _ in arrived.stream { break }
            let errors = await withTaskGroup(of: StorageError?.self) { group in
                for _ in 0..<5 {
                    group.addTask {
                        do {
                            try await database.read(.province) { _ in }
                            return nil
                        } catch {
                            return error as? StorageError
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(errors == Array(repeating: .busy, count: 5))
            let waiting = Task { try await database.read(.province) { _ in } }
            waiting.cancel()
            await #expect(throws: CancellationError.self) { try await waiting.value }
            release.signal()
            try await holder.value
            try await database.read(.province) { _ in }
        }
    }

    @Test("a statement that takes too long ends at its deadline, and the connection serves the next caller")
    func deadline() async throws {
        try await notes(pool: 1, statement: 100) { database, _ in
            await #expect(throws: StorageError.deadline) {
                try await database.write(.province) { tx in _ = try tx.rows("SELECT pg_sleep(20)") }
            }
            try await database.write(.province) { tx in try tx.execute("UPDATE note SET body = 1 WHERE id = 1") }
        }
    }

    @Test("a cancelled task gets CancellationError while its statement runs, and what it wrote is gone")
    func cancellation() async throws {
        try await notes(pool: 1) { database, sandbox in
            for round in 0..<10 {
                let task = Task {
                    try await database.write(.province) { tx in
                        try tx.execute("UPDATE note SET body = 99 WHERE id = 1")
                        _ = try tx.rows("SELECT pg_sleep(40)")
                    }
                }
                // Now in the middle of the statement, now wherever it happens to be.
                if round < 3 { try await untilRunning("pg_sleep", sandbox) }
                task.cancel()
                await #expect(throws: CancellationError.self) { try await task.value }
                let body = try await database.write(.province) { tx in
                    try tx.row("SELECT body FROM note WHERE id = 1")?.int("body")
                }
                #expect(body == 0)
            }
        }
    }

    @Test("a task cancelled between two statements writes nothing")
    func cancelledBetween() async throws {
        try await notes { database, _ async throws in
            let (started, go) = (AsyncStream<Void>.makeStream(), DispatchSemaphore(value: 0))
            let task = Task {
                try await database.write(.province) { tx in
                    try tx.execute("UPDATE note SET body = 99 WHERE id = 1")
                    started.continuation.yield()
                    go.wait()
                }
            }
            for await _ in started.stream { break }
            task.cancel()
            go.signal()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(
                try await database.read(.province) { tx in try tx.row("SELECT 1 AS n FROM note WHERE body = 99") }
                    == nil)
        }
    }

    @Test("of two transactions that cross, one goes through and the other is told to try again")
    func deadlock() async throws {
        try await notes { database, _ in
            let met = Meeting(of: 2)
            let errors = await withTaskGroup(of: StorageError?.self) { group in
                for (first, second) in [(1, 2), (2, 1)] {
                    group.addTask {
                        do {
                            try await database.write(.province) { tx in
                                try tx.execute("UPDATE note SET body = 1 WHERE id = \(first)")
                                met.arrive()
                                try tx.execute("UPDATE note SET body = 1 WHERE id = \(second)")
                            }
                            return nil
                        } catch {
                            return error as? StorageError
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(errors.compactMap(\.self) == [.busy])
        }
    }

    @Test("after close the database says that it is closed; what runs is finished; closing twice is harmless")
    func closed() async throws {
        try await notes { database, sandbox in
            let (started, go) = (AsyncStream<Void>.makeStream(), DispatchSemaphore(value: 0))
            let task = Task {
                try await database.write(.province) { tx in
                    started.continuation.yield()
                    go.wait()
                    try tx.execute("UPDATE note SET body = 5 WHERE id = 1")
                }
            }
            for await _ in started.stream { break }
            async let closing: Void = database.close()
            go.signal()
            try await closing
            try await task.value
            try await database.close()
            let read = await #expect(throws: StorageError.self) { try await database.read(.province) { _ in } }
            let write = await #expect(throws: StorageError.self) { try await database.write(.province) { _ in } }
            #expect(read?.code == "storage.unavailable" && write?.code == "storage.unavailable")
            let connections = try await sandbox.open { other in
                try await other.read(.province) { tx in
                    try tx.row("SELECT body FROM note WHERE id = 1")?.int("body")
                }
            }
            #expect(connections == 5)
        }
    }
}
