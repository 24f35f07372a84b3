import Enrollment

/// Words for categories, with their number in the county's order.
struct CategoryWords: Sendable {
    let words: Words

    init(_ words: Words) { self.words = words }

    /// 第一类 房户一致.
    func numbered(_ category: Category, _ policy: Policy) -> String {
        words(
            "category.numbered",
            [
                "ordinal": ordinal(policy.ordinal(of: category.id) ?? 0),
                "title": words(category.title),
            ])
    }

    /// 一 房户一致.
    func short(_ id: CategoryID, _ policy: Policy) -> String {
        guard let category = policy.category(id) else { return id.rawValue }
        return words(
            "category.short",
            ["ordinal": ordinal(policy.ordinal(of: id) ?? 0), "title": words(category.title)])
    }

    /// The short form, said to be open while it is not settled; 待定 where none is in sight.
    func provisional(_ id: CategoryID?, settled: Bool, _ policy: Policy) -> String {
        guard let id else { return words("category.open") }
        return settled ? short(id, policy) : words("category.maybe", ["category": short(id, policy)])
    }

    /// 一 to 十; figures beyond.
    func ordinal(_ number: Int) -> String { (1...10).contains(number) ? words("ordinal.\(number)") : "\(number)" }
}
