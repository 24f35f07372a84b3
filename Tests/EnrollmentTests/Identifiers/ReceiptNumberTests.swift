import Enrollment
import Testing

@Suite struct ReceiptNumberTests {
    private static let tenant: TenantCode = "430922"

    private static func receipt(_ word: UInt64, tenant: TenantCode = tenant, year: Int = 2026) -> ReceiptNumber {
        let bytes = (0..<8).map { UInt8(truncatingIfNeeded: word >> (56 - 8 * $0)) }
        return .make(tenant: tenant, season: SeasonYear(year), random: RandomSource { Array(bytes.prefix($0)) })
    }

    @Test("a receipt number is read back, with and without its hyphens, and names its county")
    func roundTrip() {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<500 {
            let receipt = Self.receipt(generator.next())
            #expect(receipt.rawValue.wholeMatch(of: /430922-26-[0-9]{4}-[0-9]{4}/) != nil)
            #expect(ReceiptNumber(reading: receipt.rawValue) == receipt)
            #expect(ReceiptNumber(reading: receipt.rawValue.filter { $0 != "-" }) == receipt)
            #expect(ReceiptNumber(reading: " " + receipt.rawValue.replacing("-", with: " ") + " ") == receipt)
            #expect(receipt.tenant == Self.tenant)
        }
    }

    @Test("any single wrong digit is refused")
    func singleDigit() {
        var generator = SeededGenerator(seed: 8)
        for _ in 0..<200 {
            let right = Array(Self.receipt(generator.next()).rawValue)
            for position in right.indices where right[position] != "-" {
                for digit in "0123456789" where digit != right[position] {
                    var wrong = right
                    wrong[position] = digit
                    #expect(ReceiptNumber(reading: String(wrong)) == nil)
                }
            }
        }
    }

    @Test(
        "what is no receipt number is refused",
        arguments: ["", "430922-26", "430922-26-0017-448", "430922-26-0017-44822", "<b>", "４３０９２２2600174482"])
    func refused(_ text: String) {
        #expect(ReceiptNumber(reading: text) == nil)
    }

    @Test("a letter beside sixteen right digits is refused, not passed over")
    func letters() {
        let receipt = Self.receipt(17)
        #expect(ReceiptNumber(reading: receipt.rawValue + "a") == nil)
        #expect(ReceiptNumber(reading: receipt.rawValue + "'--") == nil)
    }

    @Test("seven digits come from the random source alone, zeros in front kept; nothing tells who came first")
    func digits() {
        #expect(Self.receipt(0).rawValue.hasPrefix("430922-26-0000-000"))
        #expect(Self.receipt(42).rawValue.hasPrefix("430922-26-0000-042"))
        #expect(Self.receipt(10_000_000 * 5 + 1_234_567).rawValue.hasPrefix("430922-26-1234-567"))
        #expect(Self.receipt(9, year: 2007).rawValue.hasPrefix("430922-07-"))
        let drawn = (0..<200).map { _ in
            ReceiptNumber.make(tenant: Self.tenant, season: SeasonYear(2026), random: .system)
        }
        let rising = zip(drawn, drawn.dropFirst()).count { $0 < $1 }
        #expect((60...140).contains(rising))
    }
}
