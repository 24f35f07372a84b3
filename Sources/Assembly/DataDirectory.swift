import Foundation
import Protection

/// The folder that holds an installation's database, keys and accounts; its owner's alone.
struct DataDirectory: Sendable {
    let path: String

    /// Makes the folder where there is none.
    init(_ path: String) throws {
        self.path = path
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw AssemblyError.dataDirectory(path: path, reason: "it cannot be made")
        }
    }

    var database: String { path + "/ruxue.sqlite" }
    var keys: String { path + "/keys.json" }
    var exchangeAccount: String { path + "/exchange.json" }
    var signInAccount: String { path + "/openid.json" }

    func exists(_ file: String) -> Bool { FileManager.default.fileExists(atPath: file) }

    /// Reads a file of secrets, which nobody but its owner may read.
    func secret<Value: Decodable>(_ file: String, as type: Value.Type, missing: String) throws -> Value {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw AssemblyError.account(file: file, rule: missing)
        }
        let attributes = try FileManager.default.attributesOfItem(atPath: file)
        let mode = (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0
        guard mode & 0o077 == 0 else {
            throw AssemblyError.account(
                file: file, rule: "其他用户可读，请执行 chmod 600。Others can read it; run chmod 600 on it.")
        }
        do { return try JSONDecoder().decode(type, from: data) } catch {
            throw AssemblyError.account(file: file, rule: "格式不对 It is not in the expected form.")
        }
    }

    /// Writes a file of secrets for its owner alone.
    func writeSecret(_ value: some Encodable, to file: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        let data = try encoder.encode(value)
        let temporary = file + ".new"
        try? FileManager.default.removeItem(atPath: temporary)  // A leftover of an interrupted write.
        guard
            FileManager.default.createFile(
                atPath: temporary, contents: data, attributes: [.posixPermissions: 0o600])
        else { throw AssemblyError.account(file: file, rule: "不能写入 It cannot be written.") }
        guard rename(temporary, file) == 0 else {
            throw AssemblyError.account(file: file, rule: "不能写入 It cannot be written.")
        }
    }
}
