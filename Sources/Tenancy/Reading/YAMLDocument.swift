import Yams

/// Reads one YAML file to a value that knows its lines.
enum YAMLDocument {
    /// The root mapping, or nil with every problem that can be told reported.
    static func read(_ path: String, in tree: SourceTree, _ log: ProblemLog) -> Fields? {
        guard let text = tree.text(path, log) else { return nil }
        let tabs = text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
            .filter { $0.element.contains("\t") }
        guard tabs.isEmpty else {
            for (offset, _) in tabs {
                log.report(
                    problem(path, offset + 1, "制表符 a tab", "缩进和分隔只用空格 indent and separate with spaces"))
            }
            return nil
        }
        do {
            // UTF-8 is named because the default reads the environment and prints.
            guard let node = try compose(yaml: text, .default, .default, .utf8) else {
                log.report(problem(path, 1, "空文件 is empty", "至少要有必填的键 the required keys must be there"))
                return nil
            }
            let value = Value(node: node, file: path, subject: "文件 file", field: "root", log: log)
            return value.fields(subject: "文件 file")
        } catch let error as YamlError {
            report(error, path, text, log)
            return nil
        } catch {
            log.report(problem(path, 1, "读不懂 cannot be parsed: \(error)", "文件是 YAML 1.1 the file is YAML 1.1"))
            return nil
        }
    }

    private static func report(_ error: YamlError, _ path: String, _ text: String, _ log: ProblemLog) {
        let rule = "文件是 YAML 1.1 the file is YAML 1.1"
        switch error {
        case .duplicatedKeysInMapping(let duplicates, let context):
            for key in duplicates {
                log.report(
                    .init(
                        file: path, line: secondLine(of: key, after: context.mark, in: text), subject: "文件 file",
                        field: key, value: key, problem: "重复的键 duplicate key", rule: "每个键只写一次 write each key once"))
            }
        case .scanner(_, let words, let mark, _), .parser(_, let words, let mark, _),
            .composer(_, let words, let mark, _):
            log.report(problem(path, mark.line, "不是 YAML not YAML: \(words)", rule))
        case .reader(let words, let offset, _, _):
            let line = offset.map { text.prefix($0).filter { $0 == "\n" }.count + 1 } ?? 1
            log.report(problem(path, line, "不是 YAML not YAML: \(words)", rule))
        default: log.report(problem(path, 1, "读不懂 cannot be parsed: \(error)", rule))
        }
    }

    /// Yams tells where a repeated key stands first; the repetition is what a person has to take out.
    private static func secondLine(of key: String, after mark: Mark, in text: String) -> Int {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (offset, line) in lines.enumerated().dropFirst(mark.line) {
            let indentation = line.prefix { $0 == " " }.count
            if indentation == mark.column - 1, line.dropFirst(indentation).hasPrefix("\(key):") { return offset + 1 }
        }
        return mark.line
    }

    private static func problem(_ path: String, _ line: Int, _ problem: String, _ rule: String) -> TenantProblem {
        .init(file: path, line: line, subject: "文件 file", field: "YAML", value: "", problem: problem, rule: rule)
    }
}
