import Catchments
import Enrollment

/// What the household register said about a family, kept sealed so that nobody types what a register knows.
struct Household: Codable, Sendable {
    struct Member: Codable, Sendable {
        let name: String
        let number: String
        let relationToHead: String
        let birthDate: CivilDate?
    }

    let address: String
    let community: Community?
    let members: [Member]

    init?(_ records: [RegisterRecord], gazetteer: Gazetteer) {
        guard let record = records.first else { return nil }
        address = record.text(.address) ?? ""
        community = gazetteer.community(inAddress: address)
        members = record.records(.members).compactMap { member in
            guard let name = member.text(.personName), let number = member.text(.personNumber) else { return nil }
            return Member(
                name: name, number: number, relationToHead: member.text(.relationToHead) ?? "",
                birthDate: member.date(.birthDate) ?? (try? IDNumber(number))?.birthDate)
        }
    }

    func member(number: String) -> Member? { members.first { $0.number == number } }

    /// What the register suggests the guardian is to the child; the family confirms it.
    func suggestedRelation(guardian: PersonDocument, child: String) -> Relation? {
        guard let adult = member(number: guardian.number), let young = member(number: child) else { return nil }
        let sex = (try? IDNumber(guardian.number))?.sex
        let parent: Relation = sex == .female ? .mother : .father
        if Self.children.contains(young.relationToHead) {
            if adult.relationToHead == Self.head || adult.relationToHead == Self.spouse { return parent }
            if Self.parents.contains(adult.relationToHead) { return .grandparent }
        }
        if Self.grandchildren.contains(young.relationToHead) {
            if adult.relationToHead == Self.head || adult.relationToHead == Self.spouse { return .grandparent }
            if Self.children.contains(adult.relationToHead) || Self.childrenInLaw.contains(adult.relationToHead) {
                return parent
            }
        }
        return nil
    }

    /// The child's other parent: the spouse of a head whose child it is, or the head of a spouse's.
    func otherParent(guardian: PersonDocument, child: String) -> ClaimSubject? {
        guard let adult = member(number: guardian.number), let young = member(number: child) else { return nil }
        var wanted: [String] = []
        if Self.children.contains(young.relationToHead) {
            if adult.relationToHead == Self.head { wanted = [Self.spouse] }
            if adult.relationToHead == Self.spouse { wanted = [Self.head] }
            if Self.parents.contains(adult.relationToHead) { wanted = [Self.head] }
        } else if Self.grandchildren.contains(young.relationToHead) {
            if Self.children.contains(adult.relationToHead) { wanted = Self.childrenInLaw }
            if Self.childrenInLaw.contains(adult.relationToHead) { wanted = Self.children }
        }
        guard
            let other = members.first(where: {
                wanted.contains($0.relationToHead) && $0.number != guardian.number && isAdult($0)
            }),
            // A member whose name or number the register itself holds in an unusual shape is not asked about.
            let name = try? PersonName(other.name), let number = try? IDNumber(other.number)
        else { return nil }
        return ClaimSubject(name: name, document: PersonDocument(number))
    }

    private func isAdult(_ member: Member) -> Bool { (member.birthDate?.year ?? 0) < 2008 }

    private static let head = "户主"
    private static let spouse = "配偶"
    private static let children = ["子", "女", "长子", "长女", "次子", "次女", "三子", "三女", "独生子", "独生女"]
    private static let childrenInLaw = ["儿媳", "女婿"]
    private static let grandchildren = ["孙子", "孙女", "外孙子", "外孙女", "外孙"]
    private static let parents = ["父", "母", "父亲", "母亲", "岳父", "岳母", "公公", "婆婆"]
}
