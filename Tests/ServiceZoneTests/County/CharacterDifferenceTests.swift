import Testing

@testable import ServiceZone

@Suite("Differing characters")
struct CharacterDifferenceTests {
    private static func marked(_ runs: [CharacterDifference.Run]) -> String {
        runs.map { $0.differs ? "[\($0.text)]" : $0.text }.joined()
    }

    @Test("a digit left out shows as a gap where it is missing and as a mark where it stands")
    func missingDigit() {
        let difference = CharacterDifference("第000381号", "第0003817号")
        #expect(Self.marked(difference.left) == "第000381[]号")
        #expect(Self.marked(difference.right) == "第000381[7]号")
    }

    @Test(
        "exchanged and replaced characters are marked alone",
        arguments: [
            ("0003871", "0003817", "00038[7]1[]", "00038[]1[7]"),
            ("湘(2021)", "湘(2012)", "湘(20[2]1[])", "湘(20[]1[2])"),
            ("abc", "xyz", "[abc]", "[xyz]"),
            ("", "12", "[]", "[12]"),
            ("𠮷林", "吉林", "[𠮷]林", "[吉]林"),
        ])
    func marks(left: String, right: String, leftMarked: String, rightMarked: String) {
        let difference = CharacterDifference(left, right)
        #expect(Self.marked(difference.left) == leftMarked)
        #expect(Self.marked(difference.right) == rightMarked)
    }

    @Test("equal texts have no mark, and very long ones are marked whole")
    func ends() {
        #expect(CharacterDifference("同", "同").left == [.init(text: "同", differs: false)])
        let long = String(repeating: "长", count: 300)
        #expect(CharacterDifference(long, long + "文").right.map(\.differs) == [true])
    }

    @Test("runs joined are the text itself", arguments: [("证00381", "证0038l7"), ("a·b", "ab"), ("甲乙丙丁", "丁丙乙甲")])
    func nothingIsLost(left: String, right: String) {
        let difference = CharacterDifference(left, right)
        #expect(difference.left.map(\.text).joined() == left)
        #expect(difference.right.map(\.text).joined() == right)
    }
}
