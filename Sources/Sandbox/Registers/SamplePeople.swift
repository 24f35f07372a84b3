import Enrollment

/// The invented people who are always there, whatever season folders are added: one family for each thing that a case
/// can show in 桃江县, and the officers who work on them. Their names say that they are samples.
public enum SamplePeople {
    /// The families in the order in which the sign-in page lists them.
    static let families: [SampleFamily] =
        SamplePeople.ownHomeFamilies() + SamplePeople.otherHomeFamilies() + SamplePeople.childFamilies()

    /// Everybody who can sign in, families first.
    public static let identities: [SandboxIdentity] = families.map(\.identity) + officers

    /// What the departments hold about the families.
    public static let registers: RegisterBook = families.reduce(into: RegisterBook()) { $0.merge($1.registers) }

    /// The officers; their roles are granted by the platform, not here.
    public static let officers: [SandboxIdentity] = [
        officer("sample-first-reviewer", "彭样例", 1, "桃江县 初审", "Taojiang, first review"),
        officer(
            "sample-second-reviewer", "龙样例", 2, "桃江县 复审（与初审必须是两个人）", "Taojiang, second review (must be another person)"),
        officer("sample-admission-officer", "易样例", 3, "桃江县 招生录取", "Taojiang, admission"),
        officer("sample-admission-officer-2", "向样例", 4, "桃江县 招生录取（第二签字人）", "Taojiang, admission (second signature)"),
        officer(
            "sample-changsha-reviewer", "颜样例", 5, "长沙县 初审（看不到桃江的家庭）",
            "Changsha county, first review (sees no Taojiang family)"),
        officer(
            "sample-province-officer", "夏样例", 6, "省教育厅 全省数据（只有数字，看不到家庭）",
            "The province's numbers (sees no family)"),
    ]

    private static func officer(
        _ subject: String, _ name: String, _ order: Int, _ zh: String, _ en: String
    ) -> SandboxIdentity {
        SandboxIdentity(
            subject: subject, name: name, number: SampleNumber.person("430922", "1985-03-0\(order)", 800 + order).value,
            phone: "1990000010\(order)", label: LocalizedText(zh: zh, en: en), group: .officer)
    }
}

/// One sample family: who signs in, and what the registers hold.
struct SampleFamily: Sendable {
    let identity: SandboxIdentity
    let registers: RegisterBook
}
