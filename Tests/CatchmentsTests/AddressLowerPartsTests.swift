import Catchments
import Testing

@Suite struct AddressLowerPartsTests {
    private static let community = Community(division: "430922", township: "桃花江镇", name: "近桃社区")
    private static let village = Community(division: "430922", township: "桃花江镇", name: "崆峒村")
    private let book = AddressBook(
        divisions: ["430000": "湖南省", "430900": "益阳市", "430922": "桃江县"], communities: [community, village])

    private func lower(_ text: String, of community: Community = Self.community) -> StandardAddress? {
        guard case .one(let address, _) = book.read("桃江县桃花江镇\(community.name)\(text)") else { return nil }
        return address
    }

    private func expected(
        _ community: Community = Self.community, naturalVillage: String? = nil, group: String? = nil,
        road: String? = nil, house: HouseNumber? = nil, compound: String? = nil, building: String? = nil,
        unit: String? = nil, room: String? = nil, rest: String = ""
    ) -> StandardAddress {
        StandardAddress(
            division: "430922", township: "桃花江镇", community: community, naturalVillage: naturalVillage, group: group,
            road: road, houseNumber: house, compound: compound, building: building, unit: unit, room: room, rest: rest)
    }

    @Test(
        "a road and its number, in whatever numerals",
        arguments: ["样例路205号", "样例路２０５号", "样例路二〇五号", "样例路二百零五号", "样例路205"])
    func houseNumber(_ text: String) {
        #expect(lower(text) == expected(road: "样例路", house: HouseNumber(205)))
    }

    @Test(
        "the second part of a number",
        arguments: ["样例路46号之一", "样例路46号附1号", "样例路46号附一", "样例路46-1号", "样例路46－1号", "样例路４６—１号"])
    func subNumber(_ text: String) {
        #expect(lower(text) == expected(road: "样例路", house: HouseNumber(46, sub: 1)))
    }

    @Test("roads with sections, side streets and estates' words in them")
    func roads() {
        #expect(lower("港湾路西一街49号") == expected(road: "港湾路西一街", house: HouseNumber(49)))
        #expect(lower("芙蓉中路二段8号") == expected(road: "芙蓉中路二段", house: HouseNumber(8)))
        #expect(lower("五一大道8号") == expected(road: "五一大道", house: HouseNumber(8)))
        #expect(lower("花园路8号") == expected(road: "花园路", house: HouseNumber(8)))
        #expect(lower("样例路怡德苑") == expected(road: "样例路", compound: "怡德苑"))
    }

    @Test(
        "building, unit and room",
        arguments: [
            "怡德苑3栋2单元501室", "怡德苑三栋二单元501室", "怡德苑3号楼2单元501", "怡德苑3-2-501", "怡德苑3幢2-501", "怡德苑３栋２单元５０１号",
            "怡德苑 3栋 2单元 501",
            "怡德苑第三栋第二单元501房",
        ])
    func building(_ text: String) {
        #expect(lower(text) == expected(compound: "怡德苑", building: "3", unit: "2", room: "501"))
    }

    @Test("letters and zeros of a number stay")
    func labels() {
        #expect(lower("怡德苑a3栋0501室") == expected(compound: "怡德苑", building: "A3", room: "0501"))
        #expect(lower("恒大绿洲B座1201室") == expected(compound: "恒大绿洲", building: "B", room: "1201"))
        #expect(lower("531号大院6栋") == expected(compound: "531号大院", building: "6"))
    }

    @Test(
        "groups by number or by name",
        arguments: [("十二组", "12"), ("12组", "12"), ("第十二村民小组", "12"), ("大屋组", "大屋"), ("一心组", "一心")])
    func groups(_ text: String, _ group: String) {
        #expect(lower(text, of: Self.village) == expected(Self.village, group: group))
        #expect(lower(text + "8号", of: Self.village) == expected(Self.village, group: group, house: HouseNumber(8)))
    }

    @Test("natural villages, by their word or, within a village, by where they stand")
    func naturalVillages() {
        #expect(
            lower("孟田自然村8号", of: Self.village) == expected(Self.village, naturalVillage: "孟田自然村", house: HouseNumber(8))
        )
        #expect(lower("合庆围3组", of: Self.village) == expected(Self.village, naturalVillage: "合庆围", group: "3"))
        #expect(lower("老鸦窝3组", of: Self.village) == expected(Self.village, naturalVillage: "老鸦窝", group: "3"))
    }

    @Test("what is not understood is kept, in its order, and is no number of anything")
    func rest() {
        #expect(lower("老鸦窝") == expected(rest: "老鸦窝"))
        #expect(lower("怡德苑3-501") == expected(compound: "怡德苑", rest: "3-501"))
        #expect(lower("怡德苑3栋5楼501") == expected(compound: "怡德苑", building: "3", room: "501", rest: "5楼"))
        #expect(lower("样例路8号与对照路9号") == expected(road: "样例路", house: HouseNumber(8), rest: "与对照路9号"))
        #expect(lower("样例路99999999号") == expected(road: "样例路", rest: "99999999号"))
    }
}
