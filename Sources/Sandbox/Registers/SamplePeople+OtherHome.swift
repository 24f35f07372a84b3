import Enrollment

extension SamplePeople {
    /// Families without a title of their own: grandparents' homes, rented and self-built ones.
    static func otherHomeFamilies() -> [SampleFamily] {
        [grandparentsHome(), migrant(), insuranceGap(), selfBuilt()]
    }

    private static func grandparentsHome() -> SampleFamily {
        var build = SampleFamilyBuilder(7)
        let grandfather = build.person("何老样例", "1956-02-02", 1, prefix: "432325")
        let grandmother = build.person("伍样例", "1958-11-09", 2, prefix: "432325")
        let father = build.person("何样例", "1988-03-27", 3)
        let mother = build.person("曹样例", "1989-06-16", 4)
        let child = build.person("何小江样例", "2020-02-20", 5)
        let home = build.home("杨家坳村")
        build.household(
            home, [(grandfather, "户主"), (grandmother, "配偶"), (father, "子"), (mother, "儿媳"), (child, "孙子")])
        let number = build.title(grandfather, home)
        return build.family(
            father, "有户口，自己没有房，和祖父母同住", "Registered here, owns no home, lives with the grandparents",
            hint: LocalizedText(
                zh: "祖父何老样例的不动产权证书编号：\(number)", en: "The grandfather's (何老样例) certificate number: \(number)"))
    }

    private static func migrant() -> SampleFamily {
        var build = SampleFamilyBuilder(8)
        let father = build.person("曾样例", "1987-09-14", 1, prefix: "432930")
        let mother = build.person("蒋样例", "1990-04-08", 2, prefix: "431121")
        let child = build.person("曾小远样例", "2019-11-25", 3, prefix: "431121")
        build.household(
            "湖南省永州市祁阳市七里桥镇丁庙湾村样例组8号", [(father, "户主"), (mother, "配偶"), (child, "子")])
        let number = build.permit(father, build.home("资江路社区"), since: "2024-06-18", until: "2027-06-17")
        build.insurance(father, InsuranceEntry.months(from: "202407", through: "202607"))
        return build.family(
            father, "随迁子女：居住证满一年，社保连续十二个月以上",
            "Moved here to work: permit over a year, insurance over twelve months in a row",
            hint: LocalizedText(zh: "居住证编号：\(number)", en: "Permit number: \(number)"))
    }

    private static func insuranceGap() -> SampleFamily {
        var build = SampleFamilyBuilder(9)
        let father = build.person("谢样例", "1989-12-01", 1, prefix: "430521")
        let mother = build.person("廖样例", "1991-03-19", 2, prefix: "430521")
        let child = build.person("谢小远样例", "2020-04-17", 4, prefix: "430521")
        build.household(
            "湖南省永州市祁阳市七里桥镇乌山冲村样例组9号", [(father, "户主"), (mother, "配偶"), (child, "女")])
        let number = build.permit(father, build.home("团山社区"), since: "2024-08-05", until: "2027-08-04")
        build.insurance(
            father,
            InsuranceEntry.months(from: "202408", through: "202510")
                + InsuranceEntry.months(from: "202602", through: "202607"))
        return build.family(
            father, "随迁子女：社保断缴三个月（2025年11月至2026年1月）", "Moved here to work: three months of insurance missing",
            hint: LocalizedText(zh: "居住证编号：\(number)", en: "Permit number: \(number)"))
    }

    private static func selfBuilt() -> SampleFamily {
        var build = SampleFamilyBuilder(10)
        let father = build.person("唐样例", "1985-07-07", 1)
        let mother = build.person("欧阳样例", "1987-05-29", 2)
        let child = build.person("唐小山样例", "2019-09-30", 3)
        build.household(
            "湖南省益阳市桃江县桃花江镇创业村样例组6号", [(father, "户主"), (mother, "配偶"), (child, "子")])
        return build.family(
            father, "自建房：登记系统里查不到，由工作人员上门看", "Self-built house: no register knows it, a person visits",
            hint: LocalizedText(zh: "住房种类选“自建房”", en: "Choose “self-built” as the kind of home"))
    }
}
