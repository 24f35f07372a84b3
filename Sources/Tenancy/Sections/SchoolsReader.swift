import Enrollment

/// Reads `schools.csv`.
struct SchoolsReader {
    static let columns = ["code", "name", "name_en", "stage", "classes", "class_size", "address"]

    let caps: [Stage: Int]
    let stages: [Stage]

    struct Schools {
        struct Row {
            let school: School
            let line: Int
        }

        let rows: [Row]
        /// Codes whose rows are broken: a clause that names one is not to blame.
        let brokenCodes: Set<String>
        /// False when there is no readable file to hold clauses against.
        var isReadable = true
    }

    func read(_ path: String, in tree: SourceTree, _ log: ProblemLog) -> Schools? {
        guard let table = CSVTable.read(path, columns: Self.columns, in: tree, log) else { return nil }
        var rows: [Schools.Row] = []
        var lineOfCode: [String: Int] = [:]
        for row in table.rows {
            let cells = Cells(row, file: path, log: log)
            if let first = lineOfCode[cells["code"]] {
                cells.report("code", "重复的学校代码 duplicate school code", "第 \(first) 行已经用了 used in line \(first)")
            }
            lineOfCode[cells["code"]] = lineOfCode[cells["code"]] ?? row.line
            if let school = school(cells) { rows.append(.init(school: school, line: row.line)) }
        }
        if table.rows.isEmpty {
            log.report(
                .init(
                    file: path, line: 1, subject: "学校 schools", field: "rows", value: "", problem: "没有学校 no school",
                    rule: "没有计划就不要这个文件 without a plan there is no such file"))
        }
        return Schools(rows: rows, brokenCodes: table.keys.subtracting(rows.map(\.school.code.rawValue)))
    }

    private func school(_ cells: Cells) -> School? {
        let code = cells["code"]
        let name = cells["name"]
        var sound = true
        if code.isEmpty || !code.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }) {
            cells.report("code", "不是学校代码 not a school code", "字母、数字和 - letters, digits, hyphens")
            sound = false
        }
        if name.isEmpty {
            cells.report("name", "没有校名 no name", "写出校名 write the name")
            sound = false
        }
        let stage = Stage(rawValue: cells["stage"])
        if stage.map(stages.contains) != true {
            let allowed = stages.map(\.rawValue).joined(separator: ", ")
            cells.report("stage", "不是本地的学段 not a stage of this tenant", "允许 allowed: \(allowed)")
        }
        let classes = cells.integer("classes", in: 1...100)
        let size = cells.integer("class_size", in: 1...100)
        if let size, let stage, let cap = caps[stage], size > cap {
            cells.report("class_size", "超过班额 over the class size", "不超过 at most \(cap)")
            sound = false
        }
        guard sound, let stage, stages.contains(stage), let classes, let size else { return nil }
        let english = cells["name_en"]
        let address = cells["address"]
        return School(
            code: SchoolCode(rawValue: code), name: LocalizedText(zh: name, en: english.isEmpty ? nil : english),
            stage: stage, classes: classes, classSize: size, address: address.isEmpty ? nil : address)
    }

    /// A row's cells by column, with the words a problem about them needs.
    private struct Cells {
        let row: CSVTable.Row
        let file: String
        let log: ProblemLog

        init(_ row: CSVTable.Row, file: String, log: ProblemLog) {
            self.row = row
            self.file = file
            self.log = log
        }

        subscript(column: String) -> String {
            SchoolsReader.columns.firstIndex(of: column).map { row.cells[$0] } ?? ""
        }

        func integer(_ column: String, in range: ClosedRange<Int>) -> Int? {
            if let number = Int(self[column]), range.contains(number) { return number }
            report(
                column, "不是允许的整数 not an allowed whole number",
                "整数，\(range.lowerBound) 到 \(range.upperBound) a whole number in that range")
            return nil
        }

        func report(_ column: String, _ problem: String, _ rule: String) {
            log.report(
                .init(
                    file: file, line: row.line, subject: "学校 school \(self["name"])", field: column,
                    value: self[column], problem: problem, rule: rule))
        }
    }
}
