/// The target table of a Package.swift, read as text: which target declares which dependencies.
struct Manifest {
    /// Declared dependencies by target, as module names; what lies under `Tests/` is left out, because nothing of the
    /// product can depend on it: the rows name no such target.
    let dependencies: [String: Set<String>]

    /// Reads a manifest. Understands `.target(…)`, `.executableTarget(…)` and `.systemLibrary(…)` with literal names,
    /// and products held in `let name: Target.Dependency = .product(name: "…", …)`.
    init(_ source: String) {
        let text = SwiftText(source).code
        var products: [String: String] = [:]
        for line in text.split(separator: "\n") {
            let words = line.split(whereSeparator: \.isWhitespace)
            guard words.count > 3, words[0] == "let", words[2] == "Target.Dependency" else { continue }
            products[String(words[1].dropLast())] = Self.text(after: "name: \"", in: line)
        }
        var found: [String: Set<String>] = [:]
        for opening in [".target(", ".executableTarget(", ".systemLibrary("] {
            for call in text.split(separator: opening).dropFirst() {
                let arguments = Self.upToClosing("(", ")", in: call)
                guard let name = Self.text(after: "name: \"", in: arguments),
                    Self.text(after: "path: \"", in: arguments)?.hasPrefix("Tests/") != true
                else { continue }
                found[name] = Self.dependencies(in: arguments, products: products)
            }
        }
        dependencies = found
    }

    /// Every disagreement between a manifest and the rows.
    func problems(rows: [TargetRow], systemLibraries: Set<String>) -> [String] {
        let names = Set(rows.map(\.name))
        let strangers = Set(dependencies.keys).subtracting(names).subtracting(systemLibraries).sorted().map {
            "Package.swift: target \($0) has no row, because a new target needs a stated reason"
        }
        return strangers
            + rows.flatMap { row -> [String] in
                guard let declared = dependencies[row.name] else {
                    return ["Package.swift: target \(row.name) is missing, because the design names it"]
                }
                let excess = declared.filter { !row.allows($0) }.sorted().map {
                    "Package.swift: \(row.name) may not depend on \($0) because \(row.because)"
                }
                let absent = row.targets.subtracting(declared).sorted().map {
                    "Package.swift: \(row.name) does not depend on \($0), because manifest and rows say the same"
                }
                return excess + absent
            }
    }

    private static func dependencies(in arguments: Substring, products: [String: String]) -> Set<String> {
        guard let list = arguments.split(separator: "dependencies: [", maxSplits: 1).dropFirst().first else {
            return []
        }
        let entries = upToClosing("[", "]", in: list).split(separator: ",")
        return Set(
            entries.compactMap { entry in
                let word = entry.filter { !$0.isWhitespace }
                if word.isEmpty { return nil }
                return word.hasPrefix("\"") ? String(word.dropFirst().dropLast()) : products[word] ?? word
            })
    }

    private static func text(after opening: String, in source: Substring) -> String? {
        guard let start = source.firstRange(of: opening)?.upperBound else { return nil }
        return String(source[start...].prefix { $0 != "\"" })
    }

    /// What stands before the bracket that closes the one already read.
    private static func upToClosing(_ opening: Character, _ closing: Character, in source: Substring) -> Substring {
        var depth = 1
        return source.prefix { character in
            if character == opening { depth += 1 }
            if character == closing { depth -= 1 }
            return depth > 0
        }
    }
}
