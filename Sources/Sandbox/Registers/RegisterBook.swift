public import Foundation

/// What the five departments hold.
///
/// A season folder keeps one as `registers.json`; several are merged with the built-in sample people's when the
/// sandbox starts.
public struct RegisterBook: Hashable, Sendable, Codable {
    public var households: [HouseholdEntry]
    public var titles: [TitleEntry]
    public var contracts: [ContractEntry]
    public var permits: [PermitEntry]
    public var insurance: [InsuranceEntry]

    /// The file's name within a season folder.
    public static let fileName = "registers.json"

    public init(
        households: [HouseholdEntry] = [], titles: [TitleEntry] = [], contracts: [ContractEntry] = [],
        permits: [PermitEntry] = [], insurance: [InsuranceEntry] = []
    ) {
        self.households = households
        self.titles = titles
        self.contracts = contracts
        self.permits = permits
        self.insurance = insurance
    }

    /// Adds everything that another book holds.
    public mutating func merge(_ other: RegisterBook) {
        households += other.households
        titles += other.titles
        contracts += other.contracts
        permits += other.permits
        insurance += other.insurance
    }

    /// Reads `registers.json` of a season folder.
    /// - Throws: ``SandboxError/unreadable(file:)``.
    public static func load(from folder: URL) throws -> RegisterBook {
        guard let parts = try SeasonFolder.sections(named: fileName, in: folder) else {
            return try SeasonFolder.read(RegisterBook.self, named: fileName, in: folder)
        }
        func list<Entry: Decodable>(_ name: CodingKeys) throws -> [Entry] {
            try SeasonFolder.decode(parts[name.rawValue] ?? [], of: fileName)
        }
        return RegisterBook(
            households: try list(.households), titles: try list(.titles), contracts: try list(.contracts),
            permits: try list(.permits), insurance: try list(.insurance))
    }

    /// Writes `registers.json` of a season folder, readable by its owner only.
    /// - Throws: ``SandboxError/unwritable(file:)``.
    public func save(to folder: URL) throws {
        try SeasonFolder.write(
            lists: [
                SeasonFolder.List(contracts, named: CodingKeys.contracts.rawValue),
                SeasonFolder.List(households, named: CodingKeys.households.rawValue),
                SeasonFolder.List(insurance, named: CodingKeys.insurance.rawValue),
                SeasonFolder.List(permits, named: CodingKeys.permits.rawValue),
                SeasonFolder.List(titles, named: CodingKeys.titles.rawValue),
            ], named: Self.fileName, in: folder)
    }

    private enum CodingKeys: String, CodingKey { case households, titles, contracts, permits, insurance }
}
