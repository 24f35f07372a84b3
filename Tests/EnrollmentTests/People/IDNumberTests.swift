import Enrollment
import Testing

@Suite struct IDNumberTests {
    /// ISO 7064 MOD 11-2 as a running remainder, which shares nothing with a table of weights.
    private static func checkCharacter(_ digits: String) -> Character {
        var product = 0
        for character in digits { product = (product + (character.wholeNumberValue ?? 0)) * 2 % 11 }
        let check = (12 - product) % 11
        return check == 10 ? "X" : Character(String(check))
    }

    private static func randomDigits(_ generator: inout SeededGenerator) throws -> String {
        let prefix = Int.random(in: 110_000...659_999, using: &generator)
        let first = try #require(CivilDate(year: 1930, month: 1, day: 1))
        let birth = first.adding(days: Int.random(in: 0...35_000, using: &generator))
        return "\(prefix)" + birth.description.filter { $0 != "-" }
            + String(Int.random(in: 100...999, using: &generator))
    }

    @Test("the check character is that of GB 11643, and the ten others are refused")
    func checkCharacter() throws {
        var generator = SeededGenerator(seed: 11643)
        for _ in 0..<300 {
            let digits = try Self.randomDigits(&generator)
            let right = Self.checkCharacter(digits)
            for last in "0123456789X" {
                if last == right {
                    #expect(try IDNumber(digits + String(last)).value == digits + String(last))
                } else {
                    #expect(throws: IDNumberProblem.checkDigit) { try IDNumber(digits + String(last)) }
                }
            }
        }
    }

    @Test("any single mistyped digit of the place or the sequence is refused")
    func singleDigit() throws {
        var generator = SeededGenerator(seed: 2026)
        for _ in 0..<100 {
            let digits = try Self.randomDigits(&generator)
            let right = Array(digits + String(Self.checkCharacter(digits)))
            for position in [0, 1, 2, 3, 4, 5, 14, 15, 16] {
                for digit in "0123456789" where digit != right[position] {
                    var wrong = right
                    wrong[position] = digit
                    #expect(throws: IDNumberProblem.checkDigit) { try IDNumber(String(wrong)) }
                }
            }
        }
    }

    @Test("the example of GB 11643 reads: 11010519491231002X")
    func published() throws {
        let number = try IDNumber("11010519491231002X")
        #expect(number.birthDate == CivilDate(year: 1949, month: 12, day: 31))
        #expect(number.sex == .female)
        #expect(try IDNumber("440524188001010014").sex == .male)
    }

    @Test(
        "blanks, full-width digits and a small x are read as the number they stand for",
        arguments: [
            "43022120200315109x", "43022120200315109ｘ", "43022120200315109Ｘ", " 430221 20200315 109X ",
            "４３０２２１２０２００３１５１０９Ｘ", "430221\u{3000}20200315\t109x",
        ])
    func typed(_ text: String) throws {
        #expect(try IDNumber(text).value == "43022120200315109X")
    }

    @Test(
        "a number first issued in a county that no longer exists is right",
        arguments: ["430221201911071023", "43052120191107102X", "431121201911071029", "430124201911071027"])
    func oldCounties(_ text: String) throws {
        let number = try IDNumber(text)
        #expect(number.value == text)
        #expect(number.birthDate == CivilDate(year: 2019, month: 11, day: 7))
    }

    @Test(
        "a birth date that does not exist is named as such",
        arguments: ["19990229", "20210231", "20201301", "20200015", "20200400", "19000229"])
    func impossibleDates(_ date: String) {
        let digits = "430922" + date + "102"
        let text = digits + String(Self.checkCharacter(digits))
        #expect(throws: IDNumberProblem.birthDate) { try IDNumber(text) }
    }

    @Test("a leap day that exists is accepted")
    func leapDay() throws {
        let digits = "43092220200229102"
        let number = try IDNumber(digits + String(Self.checkCharacter(digits)))
        #expect(number.birthDate.description == "2020-02-29")
    }

    @Test(
        "too few, too many and other characters are told apart",
        arguments: [
            ("", IDNumberProblem.length), ("430922201911071", .length), ("4309222019110710288", .length),
            ("43092220191107102八", .characters), ("X30922201911071028", .characters),
            ("43092220191107X028", .characters), ("<b>430922019110710", .characters),
            ("43092220191107102\u{661}", .characters),
        ])
    func shape(_ text: String, _ problem: IDNumberProblem) {
        #expect(throws: problem) { try IDNumber(text) }
    }

    @Test("a number made for a birth date and a sequence carries both")
    func made() throws {
        let birth = try #require(CivilDate("2020-03-15"))
        #expect(try IDNumber(prefix: "430221", birthDate: birth, sequence: 109).value == "43022120200315109X")
        #expect(try IDNumber(prefix: "430922", birthDate: birth, sequence: 2).value.dropLast() == "43092220200315002")
        #expect(throws: IDNumberProblem.length) { try IDNumber(prefix: "430922", birthDate: birth, sequence: 1000) }
        #expect(throws: IDNumberProblem.length) { try IDNumber(prefix: "430922", birthDate: birth, sequence: -1) }
    }
}
