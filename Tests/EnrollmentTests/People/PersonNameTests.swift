import Enrollment
import Foundation
import Testing

@Suite struct PersonNameTests {
    @Test("names of 2 and of 20 characters are accepted, of 1, 21 and 40 refused")
    func length() throws {
        let long = { (count: Int) in String(repeating: "样", count: count) }
        #expect(try PersonName("林样").value == "林样")
        #expect(try PersonName(long(20)).value == long(20))
        #expect(throws: PersonNameProblem.tooShort) { try PersonName("林") }
        #expect(throws: PersonNameProblem.tooShort) { try PersonName("  林  ") }
        #expect(throws: PersonNameProblem.tooShort) { try PersonName("") }
        #expect(throws: PersonNameProblem.tooLong) { try PersonName(long(21)) }
        #expect(throws: PersonNameProblem.tooLong) { try PersonName(long(40)) }
    }

    @Test("a character outside the Basic Multilingual Plane counts as one")
    func outsideTheBasicPlane() throws {
        let rare = "\u{20BB7}"
        #expect(try PersonName(rare + "样").value == rare + "样")
        #expect(try PersonName(String(repeating: rare, count: 20)).value.unicodeScalars.count == 20)
        #expect(throws: PersonNameProblem.tooShort) { try PersonName(rare) }
        #expect(throws: PersonNameProblem.tooLong) { try PersonName(String(repeating: rare, count: 21)) }
        #expect(try PersonName(rare + "样例").masked == rare + "**")
    }

    @Test(
        "every dot that keyboards offer for a minority name becomes the same ·",
        arguments: ["·", "•", "．", "・", "‧", "∙", "⋅", "."])
    func dots(_ dot: String) throws {
        #expect(try PersonName("样例\(dot)买买提").value == "样例·买买提")
    }

    @Test("two dots in a name, and letters, are accepted", arguments: ["样例·一·二", "Sample Name", "样例·Alim"])
    func accepted(_ text: String) throws {
        #expect(try PersonName(" \(text)\u{3000}").value == text)
    }

    @Test(
        "markup, digits, signs and hanging dots are refused",
        arguments: [
            "<b>林样</b>", "林&样", "林\"样", "<script>", "林样1", "林样\n二", "·林样", "林样·", "林··样", "林样😀", "林\u{0}样",
            "林\u{202E}样",
        ])
    func refused(_ text: String) {
        #expect(throws: PersonNameProblem.characters) { try PersonName(text) }
    }

    @Test("a masked name shows its first character and hides every other")
    func masked() throws {
        #expect(try PersonName("林样例").masked == "林**")
        #expect(try PersonName("林样").masked == "林*")
    }

    @Test("a stored name that is no name does not read")
    func stored() throws {
        let read = try JSONDecoder().decode(PersonName.self, from: Data(#""林样""#.utf8))
        #expect(read.value == "林样")
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(PersonName.self, from: Data(#""<b>""#.utf8))
        }
    }
}
