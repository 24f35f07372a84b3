import Catchments
import Testing

@Suite struct AddressFormTests {
    private static let jintao = Community(division: "430922", township: "桃花江镇", name: "近桃社区")
    private static let jintaoVillage = Community(division: "430922", township: "修山镇", name: "近桃村")
    private static let chuangye = Community(division: "430922", township: "桃花江镇", name: "创业社区")
    private static let chuangyeVillage = Community(division: "430922", township: "桃花江镇", name: "创业村")
    private static let jinpen = Community(division: "430922", township: "桃花江镇", name: "金盆路社区")
    private static let hongxing = Community(division: "430922", township: "修山镇", name: "红星村")
    private static let hongxingNingxiang = Community(division: "430182", township: "回龙铺镇", name: "红星村")
    private static let tianxin = Community(division: "430182", township: "回龙铺镇", name: "天鑫村")
    private static let yao = Community(division: "431129", township: "湘江瑶族乡", name: "桐冲口瑶族村")
    private static let xihu = Community(division: "430922", township: "修山镇", name: "西湖二村")
    private static let rong = Community(division: "430621", township: "荣家湾镇", name: "兴荣社区")
    private static let rare = Community(division: "430922", township: "修山镇", name: "𥕢溪村")

    private let book = AddressBook(
        divisions: [
            "430000": "湖南省", "430100": "长沙市", "430182": "宁乡市", "430600": "岳阳市", "430621": "岳阳县", "430681": "汨罗市",
            "430900": "益阳市", "430922": "桃江县", "431100": "永州市", "431129": "江华瑶族自治县", "431181": "祁阳市",
        ],
        townships: [(division: "430621", name: "荣家湾街道"), (division: "431181", name: "白水镇")],
        communities: [
            jintao, jintaoVillage, chuangye, chuangyeVillage, jinpen, hongxing, hongxingNingxiang, tianxin, yao, xihu,
            rong,
            rare,
        ],
        aliases: [
            AddressAlias("灰山港开发区", for: .township(division: "430922", name: "修山镇")),
            AddressAlias("桃城花园片", for: .community(jintao)),
        ])

    private func community(_ reading: AddressReading) -> Community? {
        if case .one(let address, _) = reading { return address.community }
        return nil
    }

    private func means(_ reading: AddressReading) -> AddressMeans? {
        switch reading {
        case .one(_, let means), .many(_, let means): means
        case .none: nil
        }
    }

    @Test(
        "names in full are exact, whichever levels are missing",
        arguments: [
            "湖南省益阳市桃江县桃花江镇近桃社区", "益阳市桃江县桃花江镇近桃社区", "湖南省桃江县桃花江镇近桃社区", "桃江县桃花江镇近桃社区", "桃花江镇近桃社区",
            "桃江县近桃社区", "近桃社区", "益阳市近桃社区", "湖南省 益阳市 桃江县　桃花江镇 近桃社区", "湖南省，桃江县，桃花江镇（近桃社区）",
            "住址：桃江县桃花江镇近桃社区", "桃江县桃江县桃花江镇近桃社区",
        ])
    func exact(_ text: String) {
        let reading = book.read(text)
        #expect(community(reading) == Self.jintao)
        #expect(means(reading) == .exact)
        #expect(reading.isConfident)
    }

    @Test(
        "names without their last part are short forms",
        arguments: [
            "湖南益阳桃江桃花江近桃社区", "桃江桃花江镇近桃社区", "桃花江近桃社区", "桃江县桃花江镇近桃", "桃江县桃花江镇近桃居委会", "桃江县桃花江镇近桃社区居委会",
            "桃江县桃花江镇近桃3组", "桃江 桃花江 近桃",
        ])
    func short(_ text: String) {
        let reading = book.read(text)
        #expect(community(reading) == Self.jintao)
        #expect(means(reading) == .shortForm)
    }

    @Test("an ethnic county, township or village is known by its shorter name, and a numbered village by its numeral")
    func shortOfPeoplesAndNumerals() {
        #expect(community(book.read("江华县湘江乡桐冲口村")) == Self.yao)
        #expect(community(book.read("江华湘江瑶族乡桐冲口瑶族村")) == Self.yao)
        #expect(community(book.read("修山镇西湖2村5组")) == Self.xihu)
        #expect(community(book.read("修山镇西湖２村")) == Self.xihu)
    }

    @Test("former names, and former kinds of township and community, are understood as such")
    func formerNames() {
        for text in ["宁乡县回龙铺镇天鑫村", "长沙市宁乡县天鑫村", "宁乡市回龙铺乡天鑫村", "宁乡市回龙铺镇天鑫社区"] {
            let reading = book.read(text)
            #expect(community(reading) == Self.tianxin, "\(text)")
            #expect(means(reading) == .formerName, "\(text)")
        }
        #expect(community(book.read("岳阳县荣家湾街道兴荣社区")) == Self.rong)
        #expect(book.read("祁阳县白水镇").addresses.map(\.division) == ["431181"])
        #expect(book.currentDivision("431121") == "431181")
    }

    @Test("aliases stand as they are written")
    func aliases() {
        #expect(community(book.read("桃江县灰山港开发区红星村")) == Self.hongxing)
        #expect(book.read("桃江县桃城花园片3栋").addresses.map(\.community) == [Self.jintao])
        #expect(means(book.read("桃江县桃城花园片3栋")) == .alias)
    }

    @Test("what several places may mean is told as many, in their order, never broken")
    func ties() {
        #expect(book.read("红星村").addresses.map(\.community) == [Self.hongxingNingxiang, Self.hongxing])
        #expect(book.read("桃江县近桃").addresses.map(\.community) == [Self.jintaoVillage, Self.jintao])
        #expect(
            book.read("桃花江镇创业").addresses.compactMap(\.community).sorted() == [Self.chuangyeVillage, Self.chuangye])
        #expect(!book.read("红星村").isConfident)
    }

    @Test("where the text was asked for breaks a tie, and says nothing against a county that is named")
    func hints() {
        #expect(community(book.read("红星村", within: ["430922"])) == Self.hongxing)
        #expect(community(book.read("红星村", within: ["430900"])) == Self.hongxing)
        #expect(community(book.read("红星村", within: ["430124"])) == Self.hongxingNingxiang)
        #expect(community(book.read("宁乡市红星村", within: ["430922"])) == Self.hongxingNingxiang)
        #expect(book.read("蟹山路48号", within: ["430922"]).addresses.map(\.road) == ["蟹山路"])
        #expect(book.read("蟹山路48号", within: ["430922", "430182"]) == .none)
    }

    @Test(
        "a road or estate of a community's name is not that community",
        arguments: ["金盆路8号", "近桃路8号", "近桃3栋501室", "近桃花园"])
    func roads(_ text: String) {
        let reading = book.read("桃江县桃花江镇" + text)
        #expect(reading.addresses.map(\.township) == ["桃花江镇"])
        #expect(community(reading) == nil)
    }

    @Test("the whole of a longer name is meant: a village's stem inside another name is not the village")
    func longest() {
        #expect(community(book.read("桃花江镇近桃湾村8组")) == nil)
        #expect(!book.read("桃花江镇近桃湾村8组").isConfident)
        #expect(community(book.read("桃江县桃花江镇金盆路社区")) == Self.jinpen)
    }

    @Test(
        "what contradicts itself, or names no place of the province, is none",
        arguments: [
            "", " ", "广东省广州市黄埔区蟹山路48号", "长沙市桃江县桃花江镇近桃社区", "宁乡市桃花江镇近桃社区", "桃江县修山镇创业社区", "益阳市", "样例路8号",
            "３栋",
        ])
    func none(_ text: String) {
        #expect(book.read(text) == .none)
    }

    @Test("a township or community that is not known is told, and is not confident")
    func inPart() {
        for text in ["桃江县桃花江镇无此社区8号", "桃江县无此镇无此村样例路8号"] {
            let reading = book.read(text)
            #expect(reading.addresses.map(\.community) == [nil], "\(text)")
            #expect(means(reading) == .inPart, "\(text)")
            #expect(!reading.isConfident, "\(text)")
        }
    }

    @Test("names are compared by character, rare ones too")
    func rareCharacters() {
        #expect(community(book.read("修山镇𥕢溪村")) == Self.rare)
        #expect(community(book.read("修山镇𥕣溪村")) == Self.rare)
        #expect(!book.read("修山镇𥕣溪村").isConfident)
    }
}
