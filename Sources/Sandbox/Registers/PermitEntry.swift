public import Enrollment

/// One residence permit (居住证) as public security keeps it.
public struct PermitEntry: Hashable, Sendable, Codable {
    public var number: String
    public var holderName: String
    public var holderNumber: String
    public var heldSince: CivilDate
    public var validUntil: CivilDate
    /// Full text from the province down.
    public var address: String

    public init(
        number: String, holderName: String, holderNumber: String, heldSince: CivilDate, validUntil: CivilDate,
        address: String
    ) {
        self.number = number
        self.holderName = holderName
        self.holderNumber = holderNumber
        self.heldSince = heldSince
        self.validUntil = validUntil
        self.address = address
    }
}
