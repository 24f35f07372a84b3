import Enrollment

/// What a generated family's case is: chosen first, then made true in the registers and in what the family types.
public enum FamilyKind: String, Sendable, Codable, CaseIterable {
    // The home is the family's own and the household stands in the same community.
    case ownHome = "own_home"
    case filedContract = "filed_contract"
    case twins
    case mistypedNumber = "mistyped_number"
    case wrongCertificateKind = "wrong_certificate_kind"
    case wrongOwner = "wrong_owner"
    case selfBuilt = "self_built"
    case noNumber = "no_number"
    case outsidePlan = "outside_plan"
    case editedHome = "edited_home"
    case withdrawn

    // Registered here; the parents own no home here.
    case grandparentsHome = "grandparents_home"
    case rentedRegistered = "rented_registered"
    case collectiveHousehold = "collective_household"
    case titleElsewhere = "title_elsewhere"
    case grandparentGuardian = "grandparent_guardian"
    case falseTitleAccepted = "false_title_accepted"
    case falseTitleInsists = "false_title_insists"
    case contractWithdrawn = "contract_withdrawn"
    case contractWithdrawnInsists = "contract_withdrawn_insists"
    case commercialFlat = "commercial_flat"

    // The home is here, the household is not with it.
    case householdElsewhere = "household_elsewhere"
    case twoCommunities = "two_communities"
    case filedContractOnly = "filed_contract_only"
    case mistypedNumberHomeOnly = "mistyped_number_home_only"
    case selfBuiltHomeOnly = "self_built_home_only"
    case registeredElsewhere = "registered_elsewhere"

    // Neither: permit and insurance.
    case migrant
    case falseTitleMigrant = "false_title_migrant"
    case commercialFlatMigrant = "commercial_flat_migrant"

    // No category: the bureau places the child.
    case insuranceGap = "insurance_gap"
    case residentPension = "resident_pension"
    case permitShort = "permit_short"
    case permitExpired = "permit_expired"
    case falseNoHome = "false_no_home"

    /// How many of a thousand families.
    var share: Int {
        switch self {
        case .ownHome: 403
        case .filedContract: 32
        case .twins: 12
        case .mistypedNumber: 60
        case .wrongCertificateKind: 25
        case .wrongOwner: 20
        case .selfBuilt: 24
        case .noNumber: 14
        case .outsidePlan: 22
        case .editedHome: 9
        case .withdrawn: 8
        case .grandparentsHome: 44
        case .rentedRegistered: 20
        case .collectiveHousehold: 8
        case .titleElsewhere: 8
        case .grandparentGuardian: 12
        case .falseTitleAccepted: 12
        case .falseTitleInsists: 8
        case .contractWithdrawn: 9
        case .contractWithdrawnInsists: 6
        case .commercialFlat: 9
        case .householdElsewhere: 56
        case .twoCommunities: 30
        case .filedContractOnly: 7
        case .mistypedNumberHomeOnly: 13
        case .selfBuiltHomeOnly: 7
        case .registeredElsewhere: 7
        case .migrant: 66
        case .falseTitleMigrant: 7
        case .commercialFlatMigrant: 6
        case .insuranceGap: 10
        case .residentPension: 5
        case .permitShort: 7
        case .permitExpired: 6
        case .falseNoHome: 8
        }
    }

    /// One line on what the case shows, for the sign-in page.
    var words: LocalizedText {
        switch self {
        case .ownHome: .init(zh: "户口和房产一致", en: "Household and title agree")
        case .filedContract: .init(zh: "网签合同,户口一致", en: "Filed contract, household agrees")
        case .twins: .init(zh: "双胞胎", en: "Twins")
        case .mistypedNumber, .mistypedNumberHomeOnly: .init(zh: "证书编号打错", en: "Certificate number mistyped")
        case .wrongCertificateKind: .init(zh: "证书种类选错", en: "Wrong kind of certificate")
        case .wrongOwner: .init(zh: "产权人填错", en: "Wrong owner")
        case .selfBuilt, .selfBuiltHomeOnly: .init(zh: "自建房", en: "Self-built house")
        case .noNumber: .init(zh: "孩子还没有身份证号", en: "Child without an ID number")
        case .outsidePlan: .init(zh: "不在已公布的划片内", en: "Outside the published plan")
        case .editedHome: .init(zh: "截止前改了住房", en: "Edits the home before the deadline")
        case .withdrawn: .init(zh: "撤回登记", en: "Withdraws")
        case .grandparentsHome: .init(zh: "和祖父母同住", en: "Lives with the grandparents")
        case .rentedRegistered: .init(zh: "有户口,租房", en: "Registered here, rents")
        case .collectiveHousehold: .init(zh: "集体户", en: "Collective household")
        case .titleElsewhere: .init(zh: "有户口,房子在外县", en: "Registered here, owns a home elsewhere")
        case .grandparentGuardian: .init(zh: "祖父母替孩子登记", en: "A grandparent registers")
        case .falseTitleAccepted: .init(zh: "房产证不存在,认可登记", en: "No such title; accepts the register")
        case .falseTitleInsists: .init(zh: "房产证不存在,请人核对", en: "No such title; asks for a person")
        case .contractWithdrawn: .init(zh: "合同已撤销,认可登记", en: "Contract withdrawn; accepts the register")
        case .contractWithdrawnInsists: .init(zh: "合同已撤销,请人核对", en: "Contract withdrawn; asks for a person")
        case .commercialFlat, .commercialFlatMigrant: .init(zh: "商业用途的房屋", en: "A commercial flat")
        case .householdElsewhere: .init(zh: "有房,户口在外县", en: "Home here, household elsewhere")
        case .twoCommunities: .init(zh: "户口和房产不在同一社区", en: "Household and home in two communities")
        case .filedContractOnly: .init(zh: "网签合同,户口在外县", en: "Filed contract, household elsewhere")
        case .registeredElsewhere: .init(zh: "孩子的户口在祖父母家", en: "Child registered with the grandparents")
        case .migrant: .init(zh: "随迁子女", en: "Child of people who moved here to work")
        case .falseTitleMigrant: .init(zh: "随迁子女,房产证不存在", en: "Moved here; no such title")
        case .insuranceGap: .init(zh: "社保断缴", en: "Insurance gap")
        case .residentPension: .init(zh: "只有居民养老保险", en: "Resident pension only")
        case .permitShort: .init(zh: "居住证不满一年", en: "Permit held for less than a year")
        case .permitExpired: .init(zh: "居住证过期", en: "Permit expired")
        case .falseNoHome: .init(zh: "填无房,实际有房", en: "Says it owns no home and does")
        }
    }
}
