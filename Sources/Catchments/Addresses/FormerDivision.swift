/// A county-level division, or a city, as it was called before.
public struct FormerDivision: Hashable, Sendable, Codable {
    /// The former name in full: 宁乡县.
    public let name: String
    /// The former code; nil where the name alone is certain.
    public let code: String?
    /// Today's code.
    public let successor: String

    public init(_ name: String, code: String? = nil, successor: String) {
        self.name = name
        self.code = code
        self.successor = successor
    }

    /// Those of Hunan whose area went whole into one of today's divisions, by the Ministry of Civil Affairs' record of
    /// changes; and the zones that stand as counties in statistics, under the divisions that hold their townships.
    public static let hunan: [FormerDivision] =
        [
            .init("望城县", code: "430122", successor: "430112"), .init("宁乡县", code: "430124", successor: "430182"),
            .init("浏阳县", successor: "430181"), .init("株洲县", code: "430221", successor: "430212"),
            .init("醴陵县", successor: "430281"), .init("湘乡县", successor: "430381"),
            .init("耒阳县", successor: "430481"), .init("常宁县", successor: "430482"),
            .init("邵东县", code: "430521", successor: "430582"), .init("武冈县", successor: "430581"),
            .init("汨罗县", successor: "430681"), .init("临湘县", successor: "430682"),
            .init("大庸市", successor: "430800"), .init("大庸县", successor: "430802"),
            .init("益阳县", successor: "430903"), .init("沅江县", successor: "430981"),
            .init("郴县", successor: "431003"), .init("资兴县", successor: "431081"),
            .init("祁阳县", code: "431121", successor: "431181"), .init("芝山区", successor: "431102"),
            .init("冷水滩市", successor: "431103"), .init("零陵地区", successor: "431100"),
            .init("黔阳县", successor: "431281"), .init("涟源县", successor: "431382"),
            .init("吉首县", successor: "433101"),
        ]
        + [
            ("云龙示范区", "430204"), ("湖南湘潭高新技术产业园区", "430304"), ("湘潭昭山示范区", "430304"), ("湘潭九华示范区", "430302"),
            ("湖南衡阳高新技术产业园区", "430408"), ("岳阳市屈原管理区", "430681"), ("屈原管理区", "430681"), ("常德市西洞庭管理区", "430703"),
            ("西洞庭管理区", "430703"), ("益阳市大通湖管理区", "430921"), ("大通湖管理区", "430921"), ("益阳市大通湖管理区", "430981"),
            ("大通湖管理区", "430981"), ("湖南益阳高新技术产业园区", "430903"), ("永州经济技术开发区", "431103"), ("永州市金洞管理区", "431181"),
            ("金洞管理区", "431181"), ("永州市回龙圩管理区", "431125"), ("回龙圩管理区", "431125"), ("怀化市洪江管理区", "431281"),
            ("洪江管理区", "431281"),
        ].map { FormerDivision($0.0, successor: $0.1) }
}
