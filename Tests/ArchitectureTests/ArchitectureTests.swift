import Testing

/// The tree itself obeys the house rules.
@Suite("The architecture")
struct ArchitectureTests {
    let tree = Tree()

    @Test("every source keeps to its target's row, and no file grows beyond 400 lines")
    func sourcesKeepTheRules() throws {
        let sources = try tree.swiftFiles(under: "Sources")
        let targets = Set(sources.compactMap(ArchitectureRules.target(of:)))
        #expect(targets == Set(TargetRow.all.map(\.name)))
        for path in try sources + tree.swiftFiles(under: "Tests") {
            for problem in ArchitectureRules.problems(path: path, text: try tree.text(path)) {
                Issue.record("\(problem)")
            }
        }
    }

    @Test("every target opens with a file of its own name that says what it is for", arguments: TargetRow.all)
    func targetsOpenWithTheirPurpose(row: TargetRow) throws {
        // The executable's type may be capitalised although the executable is not.
        let opening = try tree.names(in: "Sources/\(row.name)").first {
            $0.lowercased() == "\(row.name).swift".lowercased()
        }
        let text = try opening.map { try tree.text("Sources/\(row.name)/\($0)") }
        #expect(ArchitectureRules.openingProblems(target: row.name, text: text) == [])
    }

    @Test("the stand-ins never use the evaluator that they are there to prove")
    func standInsCallNoEvaluator() throws {
        let evaluator = try EvaluatorRule.folders.flatMap { folder in
            try tree.swiftFiles(under: "Sources/Enrollment/\(folder)").map { try tree.text($0) }
        }
        let standIns = try tree.swiftFiles(under: "Sources/Sandbox").map { ($0, try tree.text($0)) }
        let ownNames = standIns.reduce(into: Set<String>()) { $0.formUnion(EvaluatorRule.allNames(in: $1.1)) }
        #expect(evaluator.contains { EvaluatorRule.publicNames(in: $0).contains("decide") })
        for (path, text) in standIns {
            let problems = EvaluatorRule.problems(path: path, text: text, evaluator: evaluator, ownNames: ownNames)
            for problem in problems { Issue.record("\(problem)") }
        }
    }

    @Test("the package declares the dependencies that the rows name")
    func manifestAgreesWithTheRows() throws {
        let libraries = try tree.names(in: "Sources").filter { tree.exists("Sources/\($0)/module.modulemap") }
        let problems = Manifest(try tree.text("Package.swift"))
            .problems(rows: TargetRow.all, systemLibraries: Set(libraries))
        #expect(problems == [])
    }

    @Test("the top level holds what the design names and nothing else")
    func topLevelIsAsDesigned() throws {
        let designed: Set<String> = [
            "Package.swift", "Sources", "Tests", "Tenants", "Deploy", "README.md", ".ci", ".gitignore", ".swift-format",
        ]
        let present = try tree.topLevel()
        let strangers = present.subtracting(designed).sorted()
        let missing = designed.subtracting(present).sorted()
        #expect(strangers == [], "a name at the top that the design does not have")
        #expect(missing == [], "a name of the design that is not there")
    }
}
