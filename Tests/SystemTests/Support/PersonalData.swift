import Foundation

@testable import Sandbox

/// Every value of a generated season that belongs to a person, by what it is.
struct PersonalData {
    enum Kind: String, CaseIterable { case name, number, phone, address, paper }

    private(set) var values: [String: Kind]

    init(_ values: [String: Kind] = [:]) { self.values = values }

    func count(_ kind: Kind) -> Int { values.values.count { $0 == kind } }

    /// Keys of the season's files, and what stands under them.
    private static let kinds: [String: Kind] = [
        "name": .name, "ownerName": .name, "buyerName": .name, "holderName": .name, "insuredName": .name,
        "ownerNumber": .number, "buyerNumber": .number, "holderNumber": .number, "insuredNumber": .number,
        "number": .number, "phone": .phone, "address": .address, "certificateNumber": .paper, "contractNumber": .paper,
        "unitNumber": .paper,
    ]

    static func of(_ bench: Workbench) throws -> PersonalData {
        var data = PersonalData()
        for file in [GeneratedSeason.familiesFileName, RegisterBook.fileName, SandboxIdentity.fileName] {
            let content = try Data(contentsOf: bench.season.appendingPathComponent(file))
            data.collect(try JSONSerialization.jsonObject(with: content), under: nil)
        }
        return data
    }

    private mutating func collect(_ value: Any, under key: String?) {
        switch value {
        case let object as [String: Any]: for (key, value) in object { collect(value, under: key) }
        case let list as [Any]: for value in list { collect(value, under: key) }
        case let text as String:
            // Shorter than two ideographs could stand anywhere by chance.
            guard let key, let kind = Self.kinds[key], text.utf8.count >= 6 else { return }
            values[text] = kind
        default: return
        }
    }
}
