/// One of the credentials that a department keeps and the platform checks.
public struct CredentialID: Code {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    /// 个人户籍, public security.
    public static let household: CredentialID = "household"
    /// 不动产登记, natural resources.
    public static let realEstateTitle: CredentialID = "real_estate_title"
    /// 房屋买卖合同网签备案, housing.
    public static let purchaseContract: CredentialID = "purchase_contract"
    /// 居住证, public security.
    public static let residencePermit: CredentialID = "residence_permit"
    /// 社会保险, human resources and social security.
    public static let socialInsurance: CredentialID = "social_insurance"

    /// The five credentials of the reform, in the order in which pages list them.
    public static let principal: [CredentialID] = [
        .household, .realEstateTitle, .purchaseContract, .residencePermit, .socialInsurance,
    ]
}

/// A field of a claim or of a register's record, by the platform's own name; connectors map wire names to these.
public struct FieldName: Code {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }

    public static let personName: FieldName = "person_name"
    public static let personNumber: FieldName = "person_number"
    public static let relationToHead: FieldName = "relation_to_head"
    public static let birthDate: FieldName = "birth_date"
    public static let householdNumber: FieldName = "household_number"
    public static let householdKind: FieldName = "household_kind"
    public static let registeredSince: FieldName = "registered_since"
    public static let address: FieldName = "address"
    /// Canonical community text; see `Community`.
    public static let community: FieldName = "community"
    public static let members: FieldName = "members"
    public static let certificateKind: FieldName = "certificate_kind"
    public static let certificateNumber: FieldName = "certificate_number"
    public static let unitNumber: FieldName = "unit_number"
    public static let ownerName: FieldName = "owner_name"
    public static let ownerNumber: FieldName = "owner_number"
    public static let use: FieldName = "use"
    public static let coOwnership: FieldName = "co_ownership"
    public static let share: FieldName = "share"
    public static let contractNumber: FieldName = "contract_number"
    public static let filedOn: FieldName = "filed_on"
    public static let contractState: FieldName = "contract_state"
    public static let permitNumber: FieldName = "permit_number"
    public static let heldSince: FieldName = "held_since"
    public static let validUntil: FieldName = "valid_until"
    public static let insuranceKind: FieldName = "insurance_kind"
    /// Months paid, `YYYY-MM` each, as texts in a list.
    public static let paidMonths: FieldName = "paid_months"
}

/// One value of a register's record.
public enum RegisterValue: Hashable, Sendable, Codable {
    case text(String)
    case date(CivilDate)
    case texts([String])
    case records([RegisterRecord])
}

/// What a register says, by the platform's field names.
public struct RegisterRecord: Hashable, Sendable, Codable {
    public let fields: [FieldName: RegisterValue]

    public init(_ fields: [FieldName: RegisterValue]) { self.fields = fields }

    public func text(_ name: FieldName) -> String? {
        if case .text(let text)? = fields[name] { return text }
        return nil
    }

    public func date(_ name: FieldName) -> CivilDate? {
        if case .date(let date)? = fields[name] { return date }
        return nil
    }

    public func texts(_ name: FieldName) -> [String] {
        if case .texts(let texts)? = fields[name] { return texts }
        return []
    }

    public func records(_ name: FieldName) -> [RegisterRecord] {
        if case .records(let records)? = fields[name] { return records }
        return []
    }
}
