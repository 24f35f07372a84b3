import Catchments
import Testing

@Suite struct GazetteerTests {
    private static let jintao = Community(division: "430922", township: "桃花江镇", name: "近桃社区")
    private static let jinfengVillage = Community(division: "430922", township: "桃花江镇", name: "金凤")
    private static let jinfeng = Community(division: "430922", township: "桃花江镇", name: "金凤社区")
    private static let chuangyeVillage = Community(division: "430922", township: "桃花江镇", name: "创业村")
    private static let chuangye = Community(division: "430922", township: "桃花江镇", name: "创业社区")
    private static let xiushan = Community(division: "430922", township: "修山镇", name: "近桃村")
    private static let chengnan = Community(division: "430923", township: "东坪镇", name: "城南社区")
    private static let furong = Community(division: "430102", township: "文艺路街道", name: "文艺新村社区")

    private let gazetteer = Gazetteer(
        communities: [jintao, jinfengVillage, jinfeng, chuangyeVillage, chuangye, xiushan, chengnan, furong, jintao],
        divisionNames: [
            "430000": "湖南省", "430100": "长沙市", "430102": "芙蓉区", "430900": "益阳市", "430922": "桃江县", "430923": "安化县",
        ])

    @Test(
        "an address in full gives its community, with or without province and city, blanks passed over",
        arguments: [
            "湖南省益阳市桃江县桃花江镇近桃社区样例路8号", "益阳市桃江县桃花江镇近桃社区样例路8号", "湖南省桃江县桃花江镇近桃社区", "桃江县桃花江镇近桃社区3栋",
            " 湖南省 益阳市 桃江县 桃花江镇 近桃社区 样例路8号",
        ])
    func fullForms(_ address: String) {
        #expect(gazetteer.community(inAddress: address) == Self.jintao)
    }

    @Test("the longest name that fits is meant")
    func longest() {
        #expect(gazetteer.community(inAddress: "桃江县桃花江镇金凤社区8号") == Self.jinfeng)
        #expect(gazetteer.community(inAddress: "桃江县桃花江镇金凤8号") == Self.jinfengVillage)
    }

    @Test(
        "what is not written in full is not guessed",
        arguments: [
            "", "近桃社区", "桃花江镇近桃社区", "桃江县近桃社区", "桃江桃花江镇近桃社区", "湖南省益阳市桃江县桃花江镇样例路8号", "湖南省益阳市桃江县桃花江镇无此社区",
            "安化县桃花江镇近桃社区", "长沙市桃江县桃花江镇近桃社区x", "广东省桃江县桃花江镇近桃社区", "住在湖南省益阳市桃江县桃花江镇近桃社区",
        ])
    func notGuessed(_ address: String) {
        #expect(gazetteer.community(inAddress: address) == nil)
    }

    @Test("a city narrows to its own counties")
    func city() {
        #expect(gazetteer.community(inAddress: "湖南省长沙市芙蓉区文艺路街道文艺新村社区1号") == Self.furong)
        #expect(gazetteer.community(inAddress: "湖南省益阳市芙蓉区文艺路街道文艺新村社区1号") == nil)
    }

    @Test("one township name inside another does not decide which is meant: two readings are none")
    func ambiguous() {
        let twice = Gazetteer(
            communities: [
                Community(division: "430922", township: "桃花", name: "江镇村"),
                Community(division: "430922", township: "桃花江镇", name: "村"),
            ], divisionNames: ["430922": "桃江县"])
        #expect(twice.community(inAddress: "桃江县桃花江镇村") == nil)
    }

    @Test("a short form finds the full name; two that fit are both listed, in order, for a person")
    func shortForms() {
        #expect(gazetteer.communities(named: "城南", in: "430923") == [Self.chengnan])
        #expect(gazetteer.communities(named: "城南居委会", in: "430923") == [Self.chengnan])
        #expect(
            gazetteer.communities(named: "创业", in: "430922") == [Self.chuangyeVillage, Self.chuangye].sorted())
        #expect(gazetteer.communities(named: "近桃", in: "430922") == [Self.xiushan, Self.jintao].sorted { $0 < $1 })
        #expect(gazetteer.communities(named: "近桃", in: "430922", township: "桃花江镇") == [Self.jintao])
    }

    @Test("an exact name is no tie, and a name of another county is not found")
    func exact() {
        #expect(gazetteer.communities(named: "创业村", in: "430922") == [Self.chuangyeVillage])
        #expect(gazetteer.communities(named: "金凤", in: "430922") == [Self.jinfengVillage])
        #expect(gazetteer.communities(named: "城南社区", in: "430922").isEmpty)
        #expect(gazetteer.communities(named: "近桃", in: "430922", township: "无此镇").isEmpty)
    }

    @Test("lists for choosing are complete, sorted and without repeats")
    func lists() {
        #expect(gazetteer.townships(in: "430922") == ["修山镇", "桃花江镇"].sorted())
        let communities = gazetteer.communities(in: "430922", township: "桃花江镇")
        #expect(communities == communities.sorted())
        #expect(communities.count == 5)
        #expect(gazetteer.count == 8)
        #expect(gazetteer.townships(in: "439999").isEmpty)
        #expect(gazetteer.contains(Self.jintao))
        #expect(!gazetteer.contains(Community(division: "430922", township: "修山镇", name: "近桃社区")))
        #expect(gazetteer.name(ofDivision: "430922") == "桃江县")
        #expect(gazetteer.name(ofDivision: "430221") == nil)
    }
}
