import Enrollment

extension SamplePeople {
    /// Families whose case lies in the child, the guardian or the place.
    static func childFamilies() -> [SampleFamily] {
        [twins(), withoutNumber(), tooYoung(), outsideArea(), grandparentGuardian()]
    }

    private static func twins() -> SampleFamily {
        var build = SampleFamilyBuilder(11)
        let father = build.person("邓样例", "1988-08-18", 1)
        let mother = build.person("袁样例", "1990-12-22", 2)
        let elder = build.person("邓大桃样例", "2020-06-06", 4)
        let younger = build.person("邓小桃样例", "2020-06-06", 6)
        let home = build.home("凤凰山社区")
        build.household(home, [(father, "户主"), (mother, "配偶"), (elder, "女"), (younger, "女")])
        let number = build.title(father, home)
        return build.family(
            mother, "双胞胎：两个孩子，各登记一次", "Twins: two children, one application each",
            hint: LocalizedText(
                zh: "父亲邓样例的不动产权证书编号：\(number)", en: "The father's (邓样例) certificate number: \(number)"))
    }

    private static func withoutNumber() -> SampleFamily {
        var build = SampleFamilyBuilder(12)
        let father = build.person("冯样例", "1989-02-11", 1)
        let mother = build.person("汤样例", "1992-08-30", 2)
        let home = build.home("富民社区")
        build.household(home, [(father, "户主"), (mother, "配偶")])
        let number = build.title(father, home)
        return build.family(
            father, "孩子还没有身份证号，用出生医学证明登记", "The child has no ID number yet: birth certificate",
            hint: LocalizedText(
                zh: "孩子：冯小江样例，2020-04-04 出生，出生医学证明编号 S430922012；不动产权证书编号：\(number)",
                en: "Child: 冯小江样例, born 2020-04-04, birth certificate S430922012; certificate number: \(number)"))
    }

    private static func tooYoung() -> SampleFamily {
        var build = SampleFamilyBuilder(13)
        let father = build.person("肖样例", "1991-05-05", 1)
        let mother = build.person("贺样例", "1993-01-13", 2)
        let child = build.person("肖小早样例", "2020-09-01", 3)
        let home = build.home("花园洞村")
        build.household(home, [(father, "户主"), (mother, "配偶"), (child, "子")])
        let number = build.title(father, home)
        return build.family(
            father, "孩子差一天满六周岁（2020年9月1日出生）", "The child is one day too young (born 1 September 2020)",
            hint: certificateHint(number))
    }

    private static func outsideArea() -> SampleFamily {
        var build = SampleFamilyBuilder(14)
        let father = build.person("姚样例", "1986-10-10", 1)
        let mother = build.person("卢样例", "1988-09-09", 2)
        let child = build.person("姚小溪样例", "2020-01-28", 4)
        let home = "湖南省益阳市桃江县修山镇修山社区样例路28号"
        build.household(home, [(father, "户主"), (mother, "配偶"), (child, "女")])
        let number = build.title(father, home)
        return build.family(
            father, "住在修山镇，不在已公布的县城划片内", "Lives in Xiushan, outside the published county-town area",
            hint: certificateHint(number))
    }

    private static func grandparentGuardian() -> SampleFamily {
        var build = SampleFamilyBuilder(15)
        let grandfather = build.person("文老样例", "1957-03-03", 1, prefix: "432325")
        let grandmother = build.person("刘老样例", "1959-06-21", 2, prefix: "432325")
        let child = build.person("文小桃样例", "2019-11-02", 4)
        let home = build.home("近桃社区", building: 1)
        build.household(home, since: "2011-06-30", [(grandfather, "户主"), (grandmother, "配偶"), (child, "孙女")])
        let number = build.title(grandfather, home)
        return build.family(
            grandfather, "祖父替孩子登记，父母在外地工作", "The grandfather registers; the parents work far away",
            hint: certificateHint(number))
    }
}
