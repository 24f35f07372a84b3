/// Names of invented people: the shape of real ones, with the character 样 (sample) in every one, and no name twice.
struct SeasonNames: Sendable {
    private var used: Set<String> = []

    private static let surnames = Array(
        "李王张刘陈杨黄周吴何曾罗谢彭邓肖唐谭胡曹袁蒋龙易夏田向颜文石汤丁贺姚卢高苏郭林邹廖欧阮熊段孟秦尹薛雷侯邵莫孔白崔康毛邱江史顾万钱严赖覃洪武贾傅戴钟汪范方金魏陆姜宋梁郑"
    ).map(String.init)
    private static let common = Array(
        "文明华国建平安宁康乐美丽芳兰英秀梅桂桃江山河海洋清溪云雨雪晴春夏秋冬晨曦阳光辉星辰月岚松柏竹林森枫杏莲荷菊蕾萱芸菲蓉珍珠玉琪瑶琳瑾瑜璇璐婷婉娟妍娜静怡欣悦慧敏思佳宜诗书画琴礼仁义智信勇刚强毅志远博学宏伟俊杰豪凯旋健翔飞鹏浩然子涵梓轩宇泽润涛波澜源泉"
    ).map(String.init)
    /// Characters beyond the Basic Multilingual Plane, as they stand in real registers.
    private static let rare = Array("𠅤𡈽𤔡𤦹𥔲𦈡𧯦𨱏𨭎𫖯𫟹𬀩𬍛𬭊𬮿𬱖").map(String.init)
    private static let firstParts = ["阿依", "古丽", "买买提", "艾力", "帕提", "热依", "巴特", "娜仁", "次仁", "卓玛", "央金", "木拉提"]
    private static let lastParts = ["买买提", "艾合买提", "吐尔逊", "阿不都", "热合曼", "玉素甫", "巴图", "格日勒", "旺堆", "多吉", "扎西", "肉孜"]

    /// How often a short name is tried for before a longer one is taken.
    private static let patience = 12

    static func surname(_ random: inout SeasonRandom) -> String { random.pick(surnames) }

    /// A name with this surname that nobody has yet; one of sixty holds a character beyond the BMP.
    mutating func person(_ surname: String, _ random: inout SeasonRandom) -> String {
        for _ in 0..<Self.patience {
            let given = random.chance(perMille: 16) ? random.pick(Self.rare) : random.pick(Self.common)
            let short = random.chance(perMille: 500) ? "\(surname)样\(given)" : "\(surname)\(given)样"
            if used.insert(short).inserted { return short }
            let long = "\(surname)样\(given)\(random.pick(Self.common))"
            if used.insert(long).inserted { return long }
        }
        // So many people bear this surname that names of three characters are scarce.
        while true {
            let name = "\(surname)样\(random.pick(Self.common))\(random.pick(Self.common))\(random.pick(Self.common))"
            if used.insert(name).inserted { return name }
        }
    }

    /// A name in parts, as some minorities write it.
    mutating func minority(_ random: inout SeasonRandom) -> String {
        for _ in 0..<Self.patience {
            let name = "\(random.pick(Self.firstParts))\(random.pick(Self.common))样·\(random.pick(Self.lastParts))"
            if used.insert(name).inserted { return name }
        }
        while true {
            let middle = "\(random.pick(Self.common))\(random.pick(Self.common))"
            let name = "\(random.pick(Self.firstParts))\(middle)样·\(random.pick(Self.lastParts))"
            if used.insert(name).inserted { return name }
        }
    }
}
