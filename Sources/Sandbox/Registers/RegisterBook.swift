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
        try SeasonFolder.read(RegisterBook.self, named: fileName, in: folder)
    }

    /// Writes `registers.json` of a season folder, readable by its owner only.
    /// - Throws: ``SandboxError/unwritable(file:)``.
    public func save(to folder: URL) throws {
        try SeasonFolder.write(self, named: Self.fileName, in: folder)
    }
}
