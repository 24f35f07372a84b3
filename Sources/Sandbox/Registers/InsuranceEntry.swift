/// One person's history in one kind of pension insurance as human resources and social security keeps it.
public struct InsuranceEntry: Hashable, Sendable, Codable {
    /// 企业职工基本养老保险 or 城乡居民基本养老保险.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        case employeePension = "企业职工基本养老保险"
        case residentPension = "城乡居民基本养老保险"
    }

    public var kind: Kind
    public var insuredName: String
    public var insuredNumber: String
    /// Months paid, each `YYYYMM`, in order.
    public var paidMonths: [String]

    public init(kind: Kind = .employeePension, insuredName: String, insuredNumber: String, paidMonths: [String]) {
        self.kind = kind
        self.insuredName = insuredName
        self.insuredNumber = insuredNumber
        self.paidMonths = paidMonths
    }

    /// All months from one to another, both included: `("202411", "202502")` is four months.
    public static func months(from first: String, through last: String) -> [String] {
        guard let start = monthNumber(first), let end = monthNumber(last), start <= end else { return [] }
        return (start...end).map { number in
            let month = number % 12 + 1
            return "\(number / 12)\(month < 10 ? "0" : "")\(month)"
        }
    }

    private static func monthNumber(_ text: String) -> Int? {
        guard text.count == 6, let year = Int(text.prefix(4)), let month = Int(text.suffix(2)), (1...12).contains(month)
        else { return nil }
        return year * 12 + month - 1
    }
}
