/// A small CSV file (RFC 4180 without line breaks inside fields) whose rows know their lines.
struct CSVTable {
    struct Row {
        let line: Int
        let cells: [String]
    }

    let file: String
    let rows: [Row]
    /// The first cell of every line, of broken ones too.
    let keys: Set<String>

    /// Reads a file with exactly these columns; rows of another width are reported and left out.
    static func read(_ path: String, columns: [String], in tree: SourceTree, _ log: ProblemLog) -> CSVTable? {
        guard let text = tree.text(path, log) else { return nil }
        let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
        guard let header = lines.first, cells(of: header) == columns else {
            log.report(
                .init(
                    file: path, line: 1, subject: "表头 header", field: "columns",
                    value: lines.first.map(String.init) ?? "", problem: "表头不对 wrong columns",
                    rule: "必须是 must be \(columns.joined(separator: ","))"))
            return nil
        }
        var rows: [Row] = []
        var keys: Set<String> = []
        for (offset, line) in lines.enumerated().dropFirst() where !line.isEmpty {
            keys.formUnion(line.split(separator: ",", maxSplits: 1).prefix(1).map(String.init))
            guard let cells = cells(of: line), cells.count == columns.count else {
                log.report(
                    .init(
                        file: path, line: offset + 1, subject: "行 row", field: "columns", value: String(line),
                        problem: "列数不对 wrong number of cells", rule: "每行 \(columns.count) 列 that many cells a row"))
                continue
            }
            rows.append(Row(line: offset + 1, cells: cells))
        }
        return CSVTable(file: path, rows: rows, keys: keys)
    }

    /// The cells of a line, or nil when a quotation mark is left open or stands in the middle of a cell.
    private static func cells(of line: Substring) -> [String]? {
        guard line.contains("\"") else {
            return line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        var cells: [String] = []
        var cell = ""
        var quoted = false
        var closed = false
        var rest = line[...]
        while let character = rest.popFirst() {
            switch (character, quoted) {
            case ("\"", true) where rest.first == "\"":
                cell.append("\"")
                rest.removeFirst()
            case ("\"", true): (quoted, closed) = (false, true)
            case ("\"", false):
                guard cell.isEmpty, !closed else { return nil }
                quoted = true
            case (",", false):
                cells.append(cell)
                (cell, closed) = ("", false)
            default:
                if closed { return nil }
                cell.append(character)
            }
        }
        return quoted ? nil : cells + [cell]
    }
}
