import Foundation

/// A directory read by paths relative to it, so that problems and origins never name a machine's own path.
struct SourceTree {
    let root: URL

    init(_ directory: String) { root = URL(fileURLWithPath: directory, isDirectory: true) }

    func isDirectory(_ path: String) -> Bool {
        var isDirectory: ObjCBool = false
        return FileManager.default.fileExists(atPath: root.appendingPathComponent(path).path, isDirectory: &isDirectory)
            && isDirectory.boolValue
    }

    func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appendingPathComponent(path).path)
    }

    /// Names in a directory, sorted; editors' and systems' hidden files are left out. Empty where there is none.
    func names(in path: String) -> [String] {
        let directory = path.isEmpty ? root.path : root.appendingPathComponent(path).path
        // A directory that is not there has no names; who needs one asks `isDirectory`.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
        return names.filter { !$0.hasPrefix(".") }.sorted()
    }

    /// The bytes of a file, or a problem.
    func bytes(_ path: String, _ log: ProblemLog) -> [UInt8]? {
        do {
            return [UInt8](try Data(contentsOf: root.appendingPathComponent(path)))
        } catch {
            log.report(
                .init(
                    file: path, line: 1, subject: "文件 file", field: "path", value: path,
                    problem: exists(path) ? "读不了 cannot be read" : "没有 is missing",
                    rule: "这个文件必须有 the file is required"))
            return nil
        }
    }

    /// The text of a file, which must be UTF-8.
    func text(_ path: String, _ log: ProblemLog) -> String? {
        guard let bytes = bytes(path, log) else { return nil }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            log.report(
                .init(
                    file: path, line: 1, subject: "文件 file", field: "encoding", value: "",
                    problem: "不是 UTF-8 not UTF-8",
                    rule: "文件用 UTF-8 保存 files are UTF-8"))
            return nil
        }
        return text
    }
}
