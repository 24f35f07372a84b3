import Enrollment
import Foundation
import Storage
import StorageDrivers
import Testing

@Suite(.timeLimit(.minutes(5))) struct PostgreSQLOpeningTests {
    private func refusal(_ settings: PostgreSQLSettings) async throws -> String {
        let error = await #expect(throws: StorageError.self) {
            try await PostgreSQLDatabase.open(settings).close()
        }
        #expect(error?.code == "storage.unavailable")
        return error.map { "\($0)" } ?? ""
    }

    @Test("a role that row-level security does not hold is refused in plain words; an ordinary one is not")
    func roles() async throws {
        try await PostgreSQLSandbox.with { sandbox in
            #expect(try await refusal(PostgreSQLSettings(sandbox.keywords)).contains("superuser"))
            try await sandbox.withRole("BYPASSRLS") { role async throws in
                #expect(try await refusal(PostgreSQLSettings("\(sandbox.keywords) user=\(role)")).contains("BYPASSRLS"))
            }
            try await sandbox.withRole("") { role in
                let settings = try PostgreSQLSettings("\(sandbox.keywords) user=\(role)")
                try await sandbox.open(settings) { database in
                    try await database.read(.province) { tx in _ = try tx.row("SELECT 1 AS n") }
                }
                try await sandbox.open { owner in
                    try await owner.write(.migration) { tx in
                        try tx.execute("CREATE TABLE mine (id BIGINT)")
                        _ = try tx.rows("SELECT set_config('test.role', \(role), true) AS role")
                        try tx.execute(
                            """
                            DO $$ BEGIN EXECUTE 'ALTER TABLE mine OWNER TO ' || current_setting('test.role'); END $$
                            """)
                    }
                }
                #expect(try await refusal(settings).contains("owns tables"))
                try await sandbox.open(PostgreSQLSettings("\(sandbox.keywords) user=\(role)", isOwner: true)) { _ in }
            }
        }
    }

    @Test("a database that sorts otherwise than SQLite is refused")
    func collation() async throws {
        try await PostgreSQLSandbox.with(collation: "C.UTF-8") { sandbox async throws in
            #expect(try await refusal(sandbox.settings()).contains("LC_COLLATE"))
        }
    }

    @Test("a server that is not there is unavailable, and says where it was looked for")
    func absent() async throws {
        let settings = try PostgreSQLSettings("postgres:host=/nonexistent-directory dbname=x user=y")
        #expect(try await refusal(settings).contains("/nonexistent-directory"))
    }

    @Test(
        "an address with a password, or none at all, is refused without quoting it",
        arguments: [
            "postgres://ruxue:geheim@localhost/ruxue", "postgresql://localhost/ruxue?password=geheim",
            "postgres:host=localhost password=geheim", "postgres:host=localhost geheim", "mysql://geheim@localhost/x",
            "postgres://ruxue:geheim@[::/x",
        ])
    func password(_ text: String) throws {
        let error = #expect(throws: StorageError.self) { try PostgreSQLSettings(text) }
        let said = error.map { "\($0)" } ?? "geheim"
        #expect(!said.contains("geheim"))
    }

    @Test("both forms of address lead to the same database, with the words they bring for TLS and hosts")
    func addresses() throws {
        for text in [
            "postgres://ruxue_app@localhost:5433/ruxue?sslmode=verify-full", "postgresql://localhost/ruxue",
            "postgres:service=ruxue", "postgres:host=a,b port=1,2 dbname=ruxue target_session_attrs=any",
        ] {
            #expect(throws: Never.self) { try PostgreSQLSettings(text) }
        }
    }

    @Test("a notification reaches listeners on another connection, and a lost connection says that some may be missing")
    func notifications() async throws {
        try await PostgreSQLSandbox.with { sandbox in
            try await sandbox.open { sender in
                try await sandbox.open { receiver in
                    var news = receiver.listen("ruxue_jobs").makeAsyncIterator()
                    #expect(await news.next() == "")
                    try await sender.notify("ruxue_jobs", payloads: ["taojiang", "anhua"])
                    try await sender.notify("ruxue_other", payloads: ["nobody"])
                    #expect(await news.next() == "taojiang")
                    #expect(await news.next() == "anhua")
                    try await sender.write(.province) { tx in
                        _ = try tx.rows(
                            """
                            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                            WHERE datname = current_database() AND query LIKE 'LISTEN%'
                            """)
                    }
                    #expect(await news.next() == "")
                    try await receiver.notify("ruxue_jobs", payloads: ["again"])
                    #expect(await news.next() == "again")
                    await #expect(throws: StorageError.self) {
                        try await sender.notify("ruxue_jobs", payloads: [String(repeating: "x", count: 8_000)])
                    }
                }
            }
        }
    }
}
