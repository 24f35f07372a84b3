extension FactKey {
    public static let householdInCounty: FactKey = "household.in_county"
    public static let householdCommunity: FactKey = "household.community"
    public static let householdKind: FactKey = "household.kind"
    public static let householdRegisteredSince: FactKey = "household.registered_since"
    public static let householdWithGuardian: FactKey = "household.with_guardian"
    public static let homeKind: FactKey = "home.kind"
    public static let homeCommunity: FactKey = "home.community"
    public static let homeInCounty: FactKey = "home.in_county"
    public static let homeOwned: FactKey = "home.owned"
    public static let homeResidential: FactKey = "home.residential"
    public static let parentsOwnNoHome: FactKey = "parents.own_no_home"
    public static let permitValid: FactKey = "residence_permit.valid"
    public static let permitInCounty: FactKey = "residence_permit.in_county"
    public static let permitMonths: FactKey = "residence_permit.months"
    public static let permitCommunity: FactKey = "residence_permit.community"
    public static let insuranceMonths: FactKey = "social_insurance.months"
}

/// What a rule may say about one fact: its type, who can tell it, and its words.
public struct FactDescription: Sendable, Hashable {
    public let key: FactKey
    public let type: FactType
    /// Credentials that can yield it; empty when the family's own declaration settles it.
    public let credentials: [CredentialID]
    /// Codes a `code` fact may have; empty for places.
    public let codes: [String]
    public let words: LocalizedText
}

/// Every fact a rule may use. A key that is not here does not validate.
public enum FactVocabulary {
    public static let all: [FactDescription] = [
        .init(
            key: .householdInCounty, type: .flag, credentials: [.household], codes: [],
            words: .init(zh: "孩子的户口在本地", en: "The child is registered here")),
        .init(
            key: .householdCommunity, type: .code, credentials: [.household], codes: [],
            words: .init(zh: "户口所在社区", en: "Community of registration")),
        .init(
            key: .householdKind, type: .code, credentials: [.household], codes: ["family", "collective"],
            words: .init(zh: "户口性质", en: "Kind of household")),
        .init(
            key: .householdRegisteredSince, type: .date, credentials: [.household], codes: [],
            words: .init(zh: "户口迁入日期", en: "Registered since")),
        .init(
            key: .householdWithGuardian, type: .flag, credentials: [.household], codes: [],
            words: .init(zh: "孩子与监护人在同一户口", en: "Child and guardian share a household")),
        .init(
            key: .homeKind, type: .code, credentials: [], codes: HomeKind.allCases.map(\.rawValue),
            words: .init(zh: "住房类型", en: "Kind of home")),
        .init(
            key: .homeCommunity, type: .code, credentials: [], codes: [],
            words: .init(zh: "住房所在社区", en: "Community of the home")),
        .init(
            key: .homeInCounty, type: .flag, credentials: [], codes: [],
            words: .init(zh: "住房在本地", en: "The home is here")),
        .init(
            key: .homeOwned, type: .flag, credentials: [.realEstateTitle, .purchaseContract], codes: [],
            words: .init(zh: "住房是自家的", en: "The home is the family's own")),
        .init(
            key: .homeResidential, type: .flag, credentials: [.realEstateTitle, .purchaseContract], codes: [],
            words: .init(zh: "房屋用途是住宅", en: "The building is for living in")),
        .init(
            key: .parentsOwnNoHome, type: .flag, credentials: [.realEstateTitle], codes: [],
            words: .init(zh: "父母在本地没有住房", en: "The parents own no home here")),
        .init(
            key: .permitValid, type: .flag, credentials: [.residencePermit], codes: [],
            words: .init(zh: "居住证有效", en: "The residence permit is valid")),
        .init(
            key: .permitInCounty, type: .flag, credentials: [.residencePermit], codes: [],
            words: .init(zh: "居住证的居住地在本地", en: "The residence permit is for a place here")),
        .init(
            key: .permitMonths, type: .integer, credentials: [.residencePermit], codes: [],
            words: .init(zh: "居住证连续持有月数", en: "Months the residence permit has been held")),
        .init(
            key: .permitCommunity, type: .code, credentials: [.residencePermit], codes: [],
            words: .init(zh: "居住证上的社区", en: "Community on the residence permit")),
        .init(
            key: .insuranceMonths, type: .integer, credentials: [.socialInsurance], codes: [],
            words: .init(zh: "社会保险连续缴费月数", en: "Months of social insurance paid without a gap")),
    ]

    private static let byKey = Dictionary(uniqueKeysWithValues: all.map { ($0.key, $0) })

    /// The description of a key, or nil when no rule may use it.
    public static func description(of key: FactKey) -> FactDescription? { byKey[key] }
}
