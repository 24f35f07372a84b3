import Enrollment

extension SamplePeople {
    /// Families who own or bought the home they live in.
    static func ownHomeFamilies() -> [SampleFamily] {
        [oneSchool(), threeSchools(), mistypedNumber(), wrongKind(), contractOnly(), contractWithdrawn()]
    }

    private static func oneSchool() -> SampleFamily {
        var build = SampleFamilyBuilder(1)
        let father = build.person("林样例", "1988-04-12", 1)
        let mother = build.person("周样例", "1990-09-03", 2)
        let child = build.person("林小桃样例", "2020-03-15", 4)
        let home = build.home("打石湾村")
        build.household(home, [(father, "户主"), (mother, "配偶"), (child, "女")])
        let number = build.title(father, home)
        return build.family(
            father, "户口和房产在同一处，对应一所学校", "Household and title agree; one school",
            hint: certificateHint(number))
    }

    private static func threeSchools() -> SampleFamily {
        var build = SampleFamilyBuilder(2)
        let father = build.person("彭样例一", "1987-11-21", 1)
        let mother = build.person("夏样例", "1989-01-30", 2)
        let child = build.person("彭小江样例", "2019-12-08", 3)
        let home = build.home("桃花江社区")
        build.household(home, [(father, "户主"), (mother, "配偶"), (child, "子")])
        let number = build.title(mother, home)
        return build.family(
            mother, "住在桃花江社区，对应三所学校，可以排序", "Lives in Taohuajiang community: three schools to rank",
            hint: certificateHint(number))
    }

    private static func mistypedNumber() -> SampleFamily {
        var build = SampleFamilyBuilder(3)
        let father = build.person("罗样例", "1986-06-18", 1)
        let mother = build.person("石样例", "1988-02-25", 2)
        let child = build.person("罗小桃样例", "2020-05-06", 4)
        let home = build.home("近桃社区")
        build.household(home, [(father, "户主"), (mother, "配偶"), (child, "女")])
        let right = build.title(father, home)
        let wrong = SampleNumber.certificate(3412)
        return build.family(
            father, "证书编号打错了两位，改好后只重查这一项",
            "Certificate number mistyped; one repair, and only that check runs again",
            hint: LocalizedText(zh: "先填错的：\(wrong)；再改成对的：\(right)", en: "Type \(wrong) first, then repair it: \(right)")
        )
    }

    private static func wrongKind() -> SampleFamily {
        var build = SampleFamilyBuilder(4)
        let father = build.person("胡样例", "1984-08-09", 1)
        let mother = build.person("丁样例", "1986-12-14", 2)
        let child = build.person("胡小山样例", "2019-10-19", 3)
        let home = build.home("桃谷山社区")
        build.household(home, [(father, "户主"), (mother, "配偶"), (child, "子")])
        let number = build.title(father, home, kind: .houseOwnership)
        return build.family(
            father, "老房产证：证书种类容易选错", "Old house certificate: the kind is easily chosen wrong",
            hint: LocalizedText(
                zh: "先选“不动产权证书”，编号 \(number)；再改选“房屋所有权证”",
                en: "Choose 不动产权证书 with \(number) first, then repair it to 房屋所有权证"))
    }

    private static func contractOnly() -> SampleFamily {
        var build = SampleFamilyBuilder(5)
        let father = build.person("高样例", "1990-01-17", 1)
        let mother = build.person("苏样例", "1991-07-28", 2)
        let child = build.person("高小凤样例", "2020-01-11", 4)
        let home = build.home("金凤社区", building: 8)
        build.household(home, since: "2025-09-01", [(father, "户主"), (mother, "配偶"), (child, "女")])
        let number = build.contract(father, home)
        return build.family(
            father, "新房只有网签备案合同，还没有产权证", "New home: a filed contract, no title yet",
            hint: LocalizedText(zh: "合同备案编号：\(number)", en: "Contract number: \(number)"))
    }

    private static func contractWithdrawn() -> SampleFamily {
        var build = SampleFamilyBuilder(6)
        let father = build.person("郭样例", "1989-05-23", 1)
        let mother = build.person("田样例", "1990-10-05", 2)
        let child = build.person("郭小路样例", "2020-07-02", 3)
        build.household(build.home("桃花路社区"), [(father, "户主"), (mother, "配偶"), (child, "子")])
        let number = build.contract(father, build.home("富民社区", building: 8), state: .withdrawn)
        return build.family(
            father, "购房合同备案后又撤销了", "The purchase contract was filed and then withdrawn",
            hint: LocalizedText(zh: "合同备案编号：\(number)", en: "Contract number: \(number)"))
    }

    static func certificateHint(_ number: String) -> LocalizedText {
        LocalizedText(zh: "不动产权证书编号：\(number)", en: "Certificate number (不动产权证书): \(number)")
    }
}
