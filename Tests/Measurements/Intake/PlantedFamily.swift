import Catchments
import Enrollment
import Foundation

/// A family of two parents and a child in a real community, told apart by its number: 0..<300,000.
struct PlantedFamily: Sendable {
    struct Member: Sendable {
        let name: PersonName
        let document: PersonDocument
        let born: CivilDate
        let relationToHead: String

        var identity: SignedInIdentity {
            SignedInIdentity(
                subject: "measured-\(document.number)", name: name, document: document,
                phone: "139" + document.number.filter(\.isNumber).suffix(8))
        }
    }

    let number: Int
    let community: Community
    let address: String
    let father: Member
    let mother: Member
    let child: Member

    init(_ number: Int, in community: Community, _ gazetteer: Gazetteer) throws {
        self.number = number
        self.community = community
        let city = gazetteer.name(ofDivision: String(community.division.prefix(4)) + "00") ?? ""
        let county = gazetteer.name(ofDivision: community.division) ?? ""
        address = "湖南省\(city)\(county)\(community.township)\(community.name)样例路\(number)号"
        father = try Self.member("林样例·父", "1984-01-01", day: number / 499, sequence: number % 499 * 2 + 1, "户主")
        mother = try Self.member("周样例·母", "1986-01-01", day: number / 499, sequence: number % 499 * 2, "配偶")
        child = try Self.member("林样例·子", "2019-09-05", day: number % 350, sequence: number / 350 + 1, "子")
    }

    private static func member(
        _ name: String, _ first: String, day: Int, sequence: Int, _ relation: String
    ) throws -> Member {
        guard let first = CivilDate(first) else { throw OptionError(words: "\(first) is no date") }
        let born = CivilDate(dayNumber: first.dayNumber + day)
        return Member(
            name: try PersonName(name),
            document: PersonDocument(try IDNumber(prefix: "430922", birthDate: born, sequence: sequence)),
            born: born, relationToHead: relation)
    }

    /// What the household register says.
    var household: RegisterRecord {
        RegisterRecord([
            .householdNumber: .text("\(number)"), .householdKind: .text("family"), .address: .text(address),
            .members: .records(
                [father, mother, child].map { member in
                    RegisterRecord([
                        .personName: .text(member.name.value), .personNumber: .text(member.document.number),
                        .relationToHead: .text(member.relationToHead), .birthDate: .date(member.born),
                        .registeredSince: .date(member.born),
                    ])
                }),
        ])
    }
}
