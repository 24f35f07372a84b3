import Catchments
import Testing

@Suite struct AddressTypingErrorTests {
    private static let jintao = Community(division: "430922", township: "桃花江镇", name: "近桃社区")
    private static let jinfeng = Community(division: "430922", township: "桃花江镇", name: "金凤山社区")
    private static let jinfengVillage = Community(division: "430922", township: "桃花江镇", name: "金鸡山社区")

    private let book = AddressBook(
        divisions: ["430000": "湖南省", "430900": "益阳市", "430922": "桃江县", "430923": "安化县"],
        communities: [jintao, jinfeng, jinfengVillage])

    @Test(
        "one character wrong, missing, too many or in another's place is corrected, and never confident",
        arguments: [
            "桃江县桃花江镇近逃社区样例路8号", "桃江县桃花江镇近桃杜区样例路8号", "桃江县桃花江镇近桃社样例路8号", "桃江县桃花红镇近桃社区", "挑江县桃花江镇近桃社区",
            "桃江县桃江花镇近桃社区", "桃江县桃花江江镇近桃社区", "桃江县桃江镇近桃社区", "湖南省盖阳市桃江县桃花江镇近桃社区", "桃江县桃花江慎近桃社区",
        ])
    func corrected(_ text: String) {
        let reading = book.read(text)
        #expect(reading.addresses.map(\.community) == [Self.jintao])
        guard case .one(_, let means) = reading else { return }
        #expect(means == .typingError)
        #expect(!reading.isConfident)
    }

    @Test("an error that two names are equally near to is many")
    func tie() {
        let reading = book.read("桃江县桃花江镇金龙山社区")
        #expect(reading.addresses.compactMap(\.community).sorted() == [Self.jinfeng, Self.jinfengVillage].sorted())
        #expect(!reading.isConfident)
    }

    @Test(
        "two errors, or a wrong name that stands alone, are not corrected", arguments: ["桃江县桃花红镇近逃社区", "近逃社区", "挑江县"])
    func notCorrected(_ text: String) {
        #expect(book.read(text).addresses.allSatisfy { $0.community == nil })
        #expect(!book.read(text).isConfident)
    }

    @Test("where the text was asked for is enough to correct a name that stands alone")
    func hint() {
        #expect(book.read("近逃社区", within: ["430922"]).addresses.map(\.community) == [Self.jintao])
        #expect(book.read("近逃社区", within: ["430923"]) == .none)
    }
}
