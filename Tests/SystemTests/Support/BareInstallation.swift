import Foundation
import Gateways
import StorageDrivers

/// A data directory without any process, to see how commands meet it.
final class BareInstallation {
    let folder: URL

    var data: URL { folder.appendingPathComponent("data") }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("ruxue-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit {
        // A directory that is left behind harms nothing; the system clears it.
        try? FileManager.default.removeItem(at: folder)
    }

    func run(_ arguments: [String], tenants: String = RuxueBinary.tenants) async throws -> RuxueCommand {
        try await RuxueCommand.run(arguments + ["--data", data.path, "--tenants", tenants], in: folder)
    }

    /// Makes database and keys.
    func prepare() async throws {
        let list = try await run(["staff", "list"])
        guard list.status == 0 else {
            throw RuxueProcess.Failure.ended(arguments: "staff list", status: list.status, output: list.text)
        }
    }

    /// Writes accounts that lead nowhere, as the sandbox would.
    func writeAccounts() throws {
        let accounts: [(String, any Encodable)] = [
            (
                "exchange.json",
                ExchangeAccount(
                    address: "http://127.0.0.1:9", requester: "sample", appkey: "00112233445566778899aabbccddeeff",
                    mode: .cbc)
            ),
            ("openid.json", OpenIDSettings(issuer: "http://127.0.0.1:9", clientID: "ruxue", clientSecret: "sample")),
        ]
        for (name, account) in accounts {
            let file = data.appendingPathComponent(name)
            try JSONEncoder().encode(account).write(to: file)
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
        }
    }

    func database() async throws -> SQLiteDatabase {
        try await SQLiteDatabase.open(path: data.appendingPathComponent("ruxue.sqlite").path)
    }
}
