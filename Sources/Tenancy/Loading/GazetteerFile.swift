import Catchments
import Enrollment

/// A GB/T 2260 unit.
struct Division {
    enum Level: String, CaseIterable {
        case province, prefecture, district, county
        case countyLevelCity = "county_level_city"
        case autonomousCounty = "autonomous_county"

        var isCountyLevel: Bool { self != .province && self != .prefecture }
    }

    let code: String
    let name: String
    let level: Level
    let parent: String
    let line: Int
}

/// Reads `gazetteer/`: divisions, townships, communities.
struct GazetteerFile {
    static let divisionsPath = "gazetteer/divisions.csv"
    static let townshipsPath = "gazetteer/townships.csv"
    static let communitiesPath = "gazetteer/communities.csv"

    let divisions: [Division]
    let gazetteer: Gazetteer

    static func read(in tree: SourceTree, _ log: ProblemLog) -> GazetteerFile? {
        guard let divisions = readDivisions(in: tree, log) else { return nil }
        // Against broken divisions every community would look wrong.
        let countyLevel = log.isEmpty ? Set(divisions.filter(\.level.isCountyLevel).map(\.code)) : nil
        checkTownships(countyLevel, in: tree, log)
        guard let communities = readCommunities(countyLevel, in: tree, log) else { return nil }
        let names = Dictionary(divisions.map { ($0.code, $0.name) }) { first, _ in first }
        return GazetteerFile(divisions: divisions, gazetteer: Gazetteer(communities: communities, divisionNames: names))
    }

    private static func readDivisions(in tree: SourceTree, _ log: ProblemLog) -> [Division]? {
        let columns = ["code", "name", "level", "parent_code"]
        guard let table = CSVTable.read(divisionsPath, columns: columns, in: tree, log) else { return nil }
        var seen: Set<String> = []
        return table.rows.compactMap { row in
            let (code, name, level, parent) = (
                row.cells[0], row.cells[1], Division.Level(rawValue: row.cells[2]), row.cells[3]
            )
            func report(_ field: String, _ value: String, _ problem: String, _ rule: String) {
                log.report(
                    .init(
                        file: divisionsPath, line: row.line, subject: "行政区划 division \(name)", field: field,
                        value: value, problem: problem, rule: rule))
            }
            if code.utf8.count != 6 || Int(code) == nil {
                report("code", code, "不是区划代码 not a division code", "六位数字 six digits")
            } else if !seen.insert(code).inserted {
                report("code", code, "重复的区划 duplicate division", "每个区划一行 one row each")
            } else if level != .province, !seen.contains(parent) {
                report("parent_code", parent, "没有上级区划 unknown parent", "上级写在前面 the parent stands above")
            }
            guard let level else {
                let allowed = Division.Level.allCases.map(\.rawValue).joined(separator: ", ")
                report("level", row.cells[2], "未知的级别 unknown level", "允许 allowed: \(allowed)")
                return nil
            }
            return Division(code: code, name: name, level: level, parent: parent, line: row.line)
        }
    }

    private static func checkTownships(_ divisions: Set<String>?, in tree: SourceTree, _ log: ProblemLog) {
        let columns = ["code", "name", "level", "parent_code"]
        guard let table = CSVTable.read(townshipsPath, columns: columns, in: tree, log) else { return }
        for row in table.rows where divisions?.contains(row.cells[3]) == false {
            log.report(
                .init(
                    file: townshipsPath, line: row.line, subject: "乡镇 township \(row.cells[1])", field: "parent_code",
                    value: row.cells[3], problem: "不是今天的区划 not one of today's divisions",
                    rule: "见 divisions.csv"))
        }
    }

    /// Reads 29,000 rows as bytes: nothing is quoted, and rows of one township share the township's text.
    private static func readCommunities(
        _ divisions: Set<String>?, in tree: SourceTree, _ log: ProblemLog
    ) -> [Community]? {
        guard let bytes = tree.bytes(communitiesPath, log) else { return nil }
        var communities: [Community] = []
        communities.reserveCapacity(32_000)
        var line = 0
        var township: (bytes: ArraySlice<UInt8>, text: String) = ([], "")
        var division: (bytes: ArraySlice<UInt8>, text: String) = ([], "")
        for row in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            line += 1
            let cells = row.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
            func report(_ field: String, _ problem: String, _ rule: String) {
                log.report(
                    .init(
                        file: communitiesPath, line: line, subject: "社区 community", field: field,
                        value: String(decoding: row, as: UTF8.self), problem: problem, rule: rule))
            }
            if line == 1 {
                guard row.elementsEqual("county_code,township,community".utf8) else {
                    report("columns", "表头不对 wrong columns", "county_code,township,community")
                    return nil
                }
                continue
            }
            if row.isEmpty { continue }
            guard cells.count == 3, !cells[1].isEmpty, !cells[2].isEmpty else {
                report("columns", "列数不对 wrong number of cells", "每行三列 three cells a row")
                continue
            }
            if division.bytes != cells[0] {
                division = (cells[0], String(decoding: cells[0], as: UTF8.self))
                if divisions?.contains(division.text) == false {
                    report("county_code", "不是今天的区划 not one of today's divisions", "见 divisions.csv")
                }
            }
            if township.bytes != cells[1] { township = (cells[1], String(decoding: cells[1], as: UTF8.self)) }
            communities.append(
                Community(
                    division: division.text, township: township.text, name: String(decoding: cells[2], as: UTF8.self)))
        }
        return communities
    }
}
