import Testing

/// The rules catch what they are for: each is shown a planted fault.
@Suite("The architecture rules")
struct ArchitectureRulesTests {
    @Test("a forbidden import is reported with its file, its line and the reason")
    func plantedImportIsCaught() throws {
        let text = "import Foundation\n// import Yams\npublic import GRDB\n"
        let problems = ArchitectureRules.problems(path: "Sources/Enrollment/Facts/Fact.swift", text: text)
        let problem = try #require(problems.first)
        #expect(problems.count == 1)
        #expect(
            problem.hasPrefix("Sources/Enrollment/Facts/Fact.swift:3: Enrollment may not import GRDB because the law"))
        #expect(problem.contains("SQLite is spoken in StorageDrivers only"))
    }

    @Test(
        "an import is recognised however it is written",
        arguments: [
            "import Glibc", "public import Glibc", "@preconcurrency import Glibc", "import struct Glibc.stat",
            "@_spi(A, B) internal import Glibc.POSIX", "let a = 1; import Glibc", "  @testable\timport  Glibc // why",
            "/* a /* nested */ note */ import Glibc",
        ])
    func importIsRecognised(line: String) {
        #expect(ImportStatement.all(in: "\n\(line)\n") == [ImportStatement(module: "Glibc", line: 2)])
    }

    @Test(
        "what only looks like an import is left alone",
        arguments: [
            "// import Glibc", "/* \n import Glibc\n */", "/* /* */ import Glibc */", "let text = \"import Glibc\"",
            "let text = \"\"\"\n    import Glibc\n    \"\"\"", "let raw = #\"\"; import Glibc\"#", "importGlibc()",
            "func f() { importer.import(\"Glibc\") }",
        ])
    func lookalikeIsIgnored(source: String) {
        #expect(ImportStatement.all(in: source) == [])
    }

    @Test("FoundationNetworking is forbidden in every target", arguments: TargetRow.all)
    func networkingIsForbiddenEverywhere(row: TargetRow) {
        let problems = ArchitectureRules.problems(
            path: "Sources/\(row.name)/File.swift", text: "import FoundationNetworking\n")
        #expect(problems.count == 1)
        #expect(problems.first?.contains("URLSession hides the connection") == true)
    }

    @Test("SQL outside Storage is reported, but not in a comment")
    func sqlStaysInStorage() {
        let text = "// SELECT 1\nlet a = \"SELECT 1\"\nlet b = \"\"\"\n    INSERT INTO t\n    \"\"\"\n"
        let found = ArchitectureRules.problems(path: "Sources/Services/Work.swift", text: text)
        #expect(found.map { $0.prefix(30) } == ["Sources/Services/Work.swift:2:", "Sources/Services/Work.swift:4:"])
        #expect(ArchitectureRules.problems(path: "Sources/Storage/Work.swift", text: text) == [])
    }

    @Test("@unchecked Sendable is for the targets that wrap C")
    func uncheckedStaysWithC() {
        let text = "final class Handle: @unchecked Sendable {}\n"
        #expect(ArchitectureRules.problems(path: "Sources/Services/Handle.swift", text: text).count == 1)
        #expect(ArchitectureRules.problems(path: "Sources/Gateways/Handle.swift", text: text) == [])
    }

    @Test("400 lines pass, 401 do not, in sources and tests alike")
    func longFileIsCaught() {
        for path in ["Sources/Tenancy/Long.swift", "Tests/TenancyTests/Long.swift"] {
            let limit = String(repeating: "\n", count: ArchitectureRules.longestFile)
            #expect(ArchitectureRules.problems(path: path, text: limit) == [])
            #expect(ArchitectureRules.problems(path: path, text: limit + "let a = 1\n").count == 1)
        }
    }

    @Test("a target without a row, without its opening file or with too long a header is reported")
    func openingIsChecked() {
        #expect(ArchitectureRules.problems(path: "Sources/Utility/Utility.swift", text: "").count == 1)
        #expect(ArchitectureRules.openingProblems(target: "Storage", text: nil).count == 1)
        #expect(ArchitectureRules.openingProblems(target: "Storage", text: "import Foundation\n").count == 1)
        let line = "// purpose\n"
        let longest = ArchitectureRules.longestHeader
        #expect(
            ArchitectureRules.openingProblems(target: "Storage", text: String(repeating: line, count: longest)) == [])
        #expect(
            ArchitectureRules.openingProblems(target: "Storage", text: String(repeating: line, count: longest + 1))
                .count == 1)
    }

    @Test("a manifest that gives a target more or less than its row is reported")
    func manifestIsCompared() {
        let manifest = Manifest(
            """
            let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
            let package = Package(targets: [
                .systemLibrary(name: "COpenSSL", providers: [.apt(["libssl-dev"])]),
                .target(name: "Catchments", swiftSettings: settings),
                .target(name: "Enrollment", dependencies: ["Catchments", grdb], swiftSettings: settings),
                .target(name: "Utility"),
                .executableTarget(name: "Measurements", dependencies: ["Catchments"], path: "Tests/Measurements"),
            ])
            """)
        let rows = TargetRow.all.filter { ["Catchments", "Enrollment", "Protection"].contains($0.name) }
        let problems = manifest.problems(rows: rows, systemLibraries: ["COpenSSL"])
        #expect(problems.count == 4)
        #expect(problems.contains { $0.contains("Utility has no row") })
        #expect(problems.contains { $0.contains("Enrollment may not depend on GRDB because the law") })
        #expect(problems.contains { $0.contains("Enrollment does not depend on Protection") })
        #expect(problems.contains { $0.contains("target Protection is missing") })
    }

    @Test("a stand-in that calls the evaluator is reported; its own names and its texts are not")
    func evaluatorIsRecognised() {
        let evaluator = [
            "public func decide(_ input: DecisionInput) {}\npublic struct Allocation {}\nstruct Inner {}\n"
        ]
        let text = "let a = decide(b)\n// decide\nlet c = \"decide\"\nlet d = Allocation()\nlet e = Inner()\n"
        let found = EvaluatorRule.problems(
            path: "Sources/Sandbox/A.swift", text: text, evaluator: evaluator,
            ownNames: EvaluatorRule.allNames(in: "    struct Allocation {}\n"))
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("Sources/Sandbox/A.swift:1: Sandbox may not use decide because") == true)
    }
}
