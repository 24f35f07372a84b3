import Enrollment

/// The departments' rows under the departments' own names.
enum WireRows: Encodable, Sendable {
    case households([Household])
    case titles([Title])
    case contracts([Contract])
    case permits([Permit])
    case insurance([Insurance])

    var isEmpty: Bool {
        switch self {
        case .households(let rows): rows.isEmpty
        case .titles(let rows): rows.isEmpty
        case .contracts(let rows): rows.isEmpty
        case .permits(let rows): rows.isEmpty
        case .insurance(let rows): rows.isEmpty
        }
    }

    func encode(to encoder: any Encoder) throws {
        switch self {
        case .households(let rows): try rows.encode(to: encoder)
        case .titles(let rows): try rows.encode(to: encoder)
        case .contracts(let rows): try rows.encode(to: encoder)
        case .permits(let rows): try rows.encode(to: encoder)
        case .insurance(let rows): try rows.encode(to: encoder)
        }
    }

    struct Household: Encodable, Sendable {
        struct Member: Encodable, Sendable {
            let xm, gmsfhm, yhzgx, csrq, qrrq: String
        }

        let hh, hlx, zz: String
        let cy: [Member]

        init(_ entry: HouseholdEntry) {
            hh = entry.number
            hlx = entry.kind.rawValue
            zz = entry.address
            cy = entry.members.map {
                Member(
                    xm: $0.name, gmsfhm: $0.number, yhzgx: $0.relation, csrq: $0.birthDate.compactText,
                    qrrq: $0.registeredSince.compactText)
            }
        }
    }

    struct Title: Encodable, Sendable {
        let bdcdyh, bdcqzh, zslx, qlrmc, zjh, zl, ghyt, gyfs, qlbl: String

        init(_ entry: TitleEntry) {
            bdcdyh = entry.unitNumber
            bdcqzh = entry.certificateNumber
            zslx = entry.certificateKind == .realEstate ? "不动产权证书" : "房屋所有权证"
            qlrmc = entry.ownerName
            zjh = entry.ownerNumber
            zl = entry.address
            ghyt = entry.use
            gyfs = entry.coOwnership
            qlbl = entry.share
        }
    }

    struct Contract: Encodable, Sendable {
        let htbh, barq, htzt, fwzl, ghyt: String

        init(_ entry: ContractEntry) {
            htbh = entry.number
            barq = entry.filedOn.compactText
            htzt = entry.state.rawValue
            fwzl = entry.address
            ghyt = entry.use
        }
    }

    struct Permit: Encodable, Sendable {
        let jzzbh, qfrq, yxqz, jzdz: String

        init(_ entry: PermitEntry) {
            jzzbh = entry.number
            qfrq = entry.heldSince.compactText
            yxqz = entry.validUntil.compactText
            jzdz = entry.address
        }
    }

    struct Insurance: Encodable, Sendable {
        let aae140: String
        let jfny: [String]

        init(_ entry: InsuranceEntry) {
            aae140 = entry.kind.rawValue
            jfny = entry.paidMonths
        }
    }
}

extension CivilDate {
    /// `YYYYMMDD`, as departments write a date.
    fileprivate var compactText: String { description.filter { $0 != "-" } }
}
