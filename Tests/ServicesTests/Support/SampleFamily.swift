import Catchments
import Enrollment
import Testing

/// A sample person: real surnames, given names that are obviously samples.
struct SamplePerson: Sendable, Hashable {
    let name: PersonName
    let document: PersonDocument
    let birthDate: CivilDate

    init(_ name: String, born: String, sequence: Int, prefix: String = "430922") throws {
        let birthDate = try #require(CivilDate(born))
        self.name = try PersonName(name)
        self.birthDate = birthDate
        document = PersonDocument(try IDNumber(prefix: prefix, birthDate: birthDate, sequence: sequence))
    }

    /// Somebody who has another paper than an ID number.
    init(_ name: String, born: String, paper: PersonDocument) throws {
        self.name = try PersonName(name)
        birthDate = try #require(CivilDate(born))
        document = paper
    }

    var identity: SignedInIdentity {
        SignedInIdentity(subject: "sample-\(document.number.suffix(12))", name: name, document: document, phone: phone)
    }

    var phone: String { "139" + document.number.filter(\.isNumber).suffix(8) }
}

/// A household of the sample county: father, mother and their children, all born where it lives.
struct SampleFamily: Sendable {
    static let jintao = Community(division: "430922", township: "桃花江镇", name: "近桃社区")
    static let fumin = Community(division: "430922", township: "桃花江镇", name: "富民社区")
    static let dashiwan = Community(division: "430922", township: "桃花江镇", name: "打石湾村")
    /// A community of 安化县, another county of the same city.
    static let anhua = Community(division: "430923", township: "东坪镇", name: "东酉社区")

    let father: SamplePerson
    let mother: SamplePerson
    let children: [SamplePerson]
    let community: Community
    let certificateNumber: String

    var child: SamplePerson { children[0] }

    /// - Parameter number: tells families apart; 1...400.
    init(
        _ number: Int, childrenBorn: [String] = ["2020-03-15"], community: Community = SampleFamily.jintao
    ) throws {
        father = try SamplePerson("林样例·父", born: "1988-05-20", sequence: 2 * number + 1)
        mother = try SamplePerson("周样例·母", born: "1989-11-02", sequence: 2 * number)
        children = try childrenBorn.enumerated().map { index, born in
            try SamplePerson("林样例·\(["长", "次", "幼"][index])", born: born, sequence: 2 * number + 401 * index)
        }
        self.community = community
        certificateNumber = "湘(2023)桃江县不动产权第\(1_000_000 + number)号"
    }

    var address: String { Self.address(community, number: children[0].document.number.suffix(3)) }

    static func address(_ community: Community, number: some StringProtocol) -> String {
        "湖南省益阳市\(community.division == "430923" ? "安化县" : "桃江县")\(community.township)\(community.name)样例路\(number)号"
    }

    /// What the household register says.
    var household: SourceReply { household(with: [father, mother] + children, at: address) }

    func household(with members: [SamplePerson], at address: String) -> SourceReply {
        .records([
            RegisterRecord([
                .householdNumber: .text("sample"), .householdKind: .text("family"), .address: .text(address),
                .members: .records(
                    members.map { member in
                        RegisterRecord([
                            .personName: .text(member.name.value), .personNumber: .text(member.document.number),
                            .relationToHead: .text(
                                member == father ? "户主" : member == mother ? "配偶" : "子"),
                            .birthDate: .date(member.birthDate), .registeredSince: .date(member.birthDate),
                        ])
                    }),
            ])
        ])
    }

    /// What the title register says of the family's own home.
    var title: SourceReply { title(number: certificateNumber) }

    func title(number: String, at address: String? = nil, owner: SamplePerson? = nil, use: String = "residential")
        -> SourceReply
    {
        .records([
            RegisterRecord([
                .certificateKind: .text("real_estate_certificate"), .certificateNumber: .text(number),
                .ownerName: .text((owner ?? mother).name.value), .ownerNumber: .text((owner ?? mother).document.number),
                .address: .text(address ?? self.address), .use: .text(use),
            ])
        ])
    }

    var permit: SourceReply {
        .records([
            RegisterRecord([
                .permitNumber: .text("sample"), .heldSince: .date(CivilDate(dayNumber: 19_000)),
                .validUntil: .date(CivilDate(dayNumber: 22_000)), .address: .text(address),
            ])
        ])
    }
}
