import Enrollment
import Testing

@Suite struct PersonDocumentTests {
    @Test("a child without an ID number is known by a passport, a permit or a birth certificate")
    func otherPapers() throws {
        let passport = try PersonDocument(kind: .passport, number: " e1234 5678 ")
        #expect(passport.number == "E12345678")
        #expect(passport.birthDate == nil)
        #expect(try PersonDocument(kind: .birthCertificate, number: "u430000001").number == "U430000001")
        #expect(try PersonDocument(kind: .hmtPermit, number: "H12345678").kind == .hmtPermit)
    }

    @Test(
        "a paper's number is six to twenty letters and digits",
        arguments: ["", "E1234", "E12345678901234567890", "E123-4567", "护照12345678", "<b>E12345"])
    func refused(_ text: String) {
        #expect(throws: PersonDocumentProblem.number) { try PersonDocument(kind: .passport, number: text) }
    }

    @Test("an ID number is held to its own rules whichever way it comes in")
    func idNumber() throws {
        let typed = try PersonDocument(kind: .idNumber, number: "43022120200315109x")
        #expect(typed == PersonDocument(try IDNumber("43022120200315109X")))
        #expect(typed.birthDate == CivilDate("2020-03-15"))
        #expect(throws: PersonDocumentProblem.idNumber(.checkDigit)) {
            try PersonDocument(kind: .idNumber, number: "430221202003151091")
        }
    }

    @Test("a masked number keeps four leading and two trailing characters")
    func masked() throws {
        #expect(try PersonDocument(kind: .idNumber, number: "43022120200315109X").masked == "4302************9X")
        #expect(try PersonDocument(kind: .passport, number: "E12345678").masked == "E123***78")
    }
}
