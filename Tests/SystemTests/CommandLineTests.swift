import Foundation
import Storage
import StorageDrivers
import Testing

extension SystemTests {
    @Test(
        "A mistake in the command line ends with 2",
        arguments: [["serve", "--nonsense"], ["nonsense"], ["tenant", "show"], ["staff", "grant", "--tenant"]])
    func usage(_ arguments: [String]) async throws {
        let run = try await RuxueCommand.run(arguments)
        #expect(run.status == 2)
        #expect(!run.errors.isEmpty)
    }

    @Test(
        "A setting that cannot be is named, and ends with 1",
        arguments: [
            (["tenant", "show", "439999"], "439999"), (["tenant", "validate", "439999"], "439999"),
            (["staff", "list", "--tenant", "439999"], "439999"),
            (["staff", "grant", "--tenant", "439999", "--role", "first_reviewer", "--subject", "x"], "439999"),
            (["staff", "grant", "--tenant", "430922", "--role", "king", "--subject", "x"], "role"),
            (["season", "generate", "--tenant", "439999", "--families", "1", "--out", "season"], "439999"),
            (["admission", "run", "--tenant", "439999"], "439999"), (["serve", "--port", "80000"], "port"),
            (["serve", "--business-clock", "tomorrow"], "business-clock"), (["staff", "list", "--year", "1"], "year"),
            (["staff", "list", "--log-level", "loud"], "log-level"),
            (["staff", "list", "--settings", "gone.json"], "settings"),
            (["serve", "--season", "gone"], "season"),
        ])
    func impossibleSettings(_ arguments: [String], _ word: String) async throws {
        let bare = try BareInstallation()
        let run = try await bare.run(arguments)
        #expect(run.status == 1, "\(run.text)")
        #expect(run.errors.contains(word), "\(run.text)")
    }

    @Test("Keys that others can read are refused, and the answer says what to do")
    func readableKeys() async throws {
        let bare = try BareInstallation()
        try await bare.prepare()
        let keys = bare.data.appendingPathComponent("keys.json").path
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: keys)
        let run = try await bare.run(["staff", "list"])
        #expect(run.status == 1)
        #expect(run.errors.contains("chmod 600"), "\(run.text)")
        #expect(run.errors.contains("keys.json"))
    }

    @Test("A database whose keys are gone is left alone, and the answer says so")
    func missingKeys() async throws {
        let bare = try BareInstallation()
        try await bare.prepare()
        let keys = bare.data.appendingPathComponent("keys.json")
        try FileManager.default.removeItem(at: keys)
        let run = try await bare.run(["staff", "list"])
        #expect(run.status == 1)
        #expect(run.errors.contains("keys.json"), "\(run.text)")
        #expect(!FileManager.default.fileExists(atPath: keys.path), "no new keys are made beside sealed data")
    }

    @Test("A database that is looked at or made before the first serve does not lock anybody out")
    func migratedFirst() async throws {
        let bare = try BareInstallation()
        let nothing = try await bare.run(["database", "status"])
        #expect(nothing.status == 1)
        #expect(nothing.errors.contains("database migrate"), "\(nothing.text)")
        for arguments in [["database", "migrate"], ["database", "status"], ["staff", "list"]] {
            let run = try await bare.run(arguments)
            #expect(run.status == 0, "\(arguments): \(run.text)")
        }
    }

    @Test("A damaged database and a season that is not there are said in words")
    func damaged() async throws {
        let bare = try BareInstallation()
        try await bare.prepare()
        for end in ["", "-wal", "-shm"] {
            let file = bare.data.appendingPathComponent("ruxue.sqlite\(end)")
            if end.isEmpty { try Data(repeating: 7, count: 8192).write(to: file) }
            if !end.isEmpty, FileManager.default.fileExists(atPath: file.path) {
                try FileManager.default.removeItem(at: file)
            }
        }
        let run = try await bare.run(["staff", "list"])
        #expect(run.status == 1)
        #expect(run.errors.contains("备份"), "\(run.text)")
        let replay = try await RuxueCommand.run(["season", "replay", "--season", "gone"], in: bare.folder)
        #expect(replay.status == 1)
        #expect(replay.errors.contains("season generate"), "\(replay.text)")
    }

    @Test("Without accounts serve says to start the sandbox first; accounts that others can read are refused")
    func accounts() async throws {
        let bare = try BareInstallation()
        try await bare.prepare()
        let missing = try await bare.run(["serve", "--port", "\(try FreePort.find())"])
        #expect(missing.status == 1)
        #expect(missing.errors.contains("ruxue sandbox"), "\(missing.text)")
        try bare.writeAccounts()
        let account = bare.data.appendingPathComponent("exchange.json").path
        try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: account)
        let readable = try await bare.run(["serve", "--port", "\(try FreePort.find())"])
        #expect(readable.status == 1)
        #expect(readable.errors.contains("chmod 600"), "\(readable.text)")
    }

    @Test("A database of a newer version is refused and stays as it is")
    func newerSchema() async throws {
        let bare = try BareInstallation()
        try await bare.prepare()
        let database = try await bare.database()
        try await database.write(.migration) { tx in
            try tx.execute(
                "INSERT INTO schema_migration (number, name, digest, applied_at) VALUES (9999, 'later', 'x', 0)")
        }
        try await database.close()
        let run = try await bare.run(["staff", "list"])
        #expect(run.status == 1)
        #expect(run.errors.contains("9999"), "\(run.text)")
        let status = try await bare.run(["database", "status", "--json"])
        #expect(status.status == 1)
    }

    @Test("A port that is taken is said in words")
    func takenPort() async throws {
        let bare = try BareInstallation()
        try await bare.prepare()
        try bare.writeAccounts()
        let (socket, port) = try FreePort.taken()
        defer { close(socket) }
        for role in ["serve", "sandbox"] {
            let run = try await bare.run([role, "--port", "\(port)"])
            #expect(run.status == 1, "\(run.text)")
            #expect(run.errors.contains("\(port)"), "\(run.text)")
            #expect(!run.errors.contains("Fatal error"))
        }
    }
}
