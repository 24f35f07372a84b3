import Catchments
import Foundation

/// The names of the whole province, as the tenants' tree ships them.
enum ProvinceNames {
    static let divisions = Dictionary(uniqueKeysWithValues: rows("divisions.csv").map { ($0[0], $0[1]) })
    static let communities = rows("communities.csv").map { Community(division: $0[0], township: $0[1], name: $0[2]) }
    static let book = AddressBook(
        divisions: divisions, townships: rows("townships.csv").map { (division: $0[3], name: $0[1]) },
        communities: communities)

    private static func rows(_ file: String) -> [[String]] {
        let tree = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        guard let text = try? String(contentsOf: tree.appending(path: "Tenants/gazetteer/\(file)"), encoding: .utf8)
        else { return [] }
        return text.split(separator: "\n").dropFirst().map { row in
            row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }
}
