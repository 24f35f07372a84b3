import Enrollment

extension NumbersPage {
    /// The province in the middle of its season, a city, and the province before it begins.
    static func samples(_ words: Words) -> [NumbersPage] {
        let zh = words.language == .zh
        let line = { (label: String, count: Int) in Line(label, count, of: 301_442) }
        let states = zip(
            ApplicationState.allCases, [8_120, 4_411, 21_907, 17_320, 1_204, 9_871, 301_442, 2_310, 0, 0, 0, 4_615])
        let categories = [("household_and_home", 221_904), ("household_only", 41_117), ("home_only", 30_266)]
        let titles = ["有户有房（房户一致）", "有户无房", "有房无户"]
        let place = { (name: String, href: String?, total: String) in
            Place(
                href: href, name: name, total: total, officers: "2,114", family: "1,630", departments: "988",
                settled: "24,005", withdrawn: "311")
        }
        let page = { (name: String, city: String?, places: [Place], count: String, isEmpty: Bool) in
            NumbersPage(
                title: words("province.heading", ["place": name, "n": count]),
                asOf: words("province.as_of", ["moment": "2026-07-06 09:00:05"]),
                again: city.map { "/province/cities/\($0)" } ?? "/province", up: city == nil ? nil : "/province",
                hasNumbers: !isEmpty,
                figures: Turn.allCases.map { Figure(label: words("province.turn.\($0.rawValue)"), count: "27,191") },
                states: states.map { line(words("desk.state.\($0.rawValue)"), $1) },
                categories: zip(categories, titles).map { line(zh ? $1 : $0.0, $0.1) }
                    + [line(words("province.unsettled"), 77_913)],
                placesTitle: words(city == nil ? "province.by_city" : "province.by_tenant"), places: places)
        }
        let province = zh ? "湖南省" : "Hunan"
        return [
            page(
                province, nil,
                [
                    place(zh ? "长沙市" : "Changsha", "/province/cities/430100", "86,204"),
                    place(zh ? "益阳市" : "Yiyang", "/province/cities/430900", "29,048"),
                ], "371,200", false),
            page(
                zh ? "益阳市" : "Yiyang", "430900",
                [
                    place(zh ? "益阳市" : "Yiyang", nil, "1,204"), place(zh ? "桃江县" : "Taojiang", nil, "6,377"),
                ], "29,048", false),
            page(province, nil, [], "0", true),
        ]
    }
}
