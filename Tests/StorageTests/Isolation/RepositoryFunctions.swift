import Foundation

/// The public functions of repositories, read from the sources.
enum RepositoryFunctions {
    /// `Repository.function(parameters)`, parameters by the names they have inside and without the transaction.
    static func all(under folder: URL) throws -> Set<String> {
        var functions: Set<String> = []
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        while let file = files?.nextObject() as? URL {
            guard file.pathExtension == "swift" else { continue }
            functions.formUnion(Self.functions(in: try String(contentsOf: file, encoding: .utf8)))
        }
        return functions
    }

    /// A repository is an enumeration, or what a file adds to one, whose public functions take a transaction.
    static func functions(in source: String) -> [String] {
        guard let type = source.firstMatch(of: /(?m)^(?:public enum|extension) (\w+)/)?.output.1 else { return [] }
        return source.matches(of: /public static func (\w+)(?:<[^>]*>)?\(/).compactMap { match in
            let names = parameters(source[match.range.upperBound...])
            guard names.contains("tx") else { return nil }
            return "\(type).\(match.output.1)(\(names.filter { $0 != "tx" }.joined(separator: ",")))"
        }
    }

    /// Inner names of the parameters up to the bracket that closes them.
    private static func parameters(_ text: Substring) -> [Substring] {
        var names: [Substring] = []
        var (depth, start, named) = (0, text.startIndex, false)
        for index in text.indices {
            switch text[index] {
            case "(", "[": depth += 1
            case ")", "]":
                depth -= 1
                if depth < 0 { return names }
            case ":" where depth == 0 && !named:
                named = true
                names += text[start..<index].split(whereSeparator: \.isWhitespace).suffix(1)
            case "," where depth == 0:
                start = text.index(after: index)
                named = false
            default: break
            }
        }
        return names
    }
}
