import Enrollment

/// One invented person.
struct SeasonPerson: Hashable, Sendable {
    let name: String
    let number: String
    let birthDate: CivilDate
    let sex: Sex
}

/// Where a season's people come from: names, numbers and ages that fit their place in a family.
struct SeasonPeople: Sendable {
    var names = SeasonNames()
    var numbers: SeasonNumbers
    var random: SeasonRandom
    let year: SeasonYear

    /// A person born between two days.
    mutating func person(
        surname: String, sex: Sex, from first: CivilDate, through last: CivilDate, prefix: String
    ) -> SeasonPerson {
        let birthDate = first.adding(days: random.below(max(1, last.dayNumber - first.dayNumber + 1)))
        let name = random.chance(perMille: 12) ? names.minority(&random) : names.person(surname, &random)
        let number = numbers.person(prefix: prefix, birthDate: birthDate, sex: sex, &random)
        return SeasonPerson(name: name, number: number, birthDate: birthDate, sex: sex)
    }

    mutating func parent(surname: String, sex: Sex, division: String) -> SeasonPerson {
        let prefix =
            random.chance(perMille: 650)
            ? division
            : random.pick(random.chance(perMille: 300) ? SeasonNumbers.formerPrefixes : SeasonNumbers.regionalPrefixes)
        return person(
            surname: surname, sex: sex, from: day(-45, 1, 1), through: day(-27, 12, 31), prefix: prefix)
    }

    mutating func grandparent(surname: String, sex: Sex) -> SeasonPerson {
        person(
            surname: surname, sex: sex, from: day(-75, 1, 1), through: day(-62, 12, 31),
            prefix: random.pick(SeasonNumbers.regionalPrefixes))
    }

    /// A child that is six by 31 August of the season's year.
    mutating func child(surname: String, division: String) -> SeasonPerson {
        person(
            surname: surname, sex: randomSex(), from: firstBirthDate, through: lastBirthDate,
            prefix: childPrefix(division))
    }

    /// A brother or sister who does not enter school this year.
    mutating func sibling(surname: String, division: String) -> SeasonPerson {
        let older = random.chance(perMille: 500)
        return person(
            surname: surname, sex: randomSex(), from: older ? day(-11, 10, 1) : day(-5, 1, 1),
            through: older ? day(-8, 8, 31) : day(-1, 12, 31), prefix: division)
    }

    /// A child born with another.
    mutating func twin(of child: SeasonPerson, surname: String, division: String) -> SeasonPerson {
        person(
            surname: surname, sex: randomSex(), from: child.birthDate, through: child.birthDate,
            prefix: childPrefix(division))
    }

    var firstBirthDate: CivilDate { day(-7, 9, 1) }
    var lastBirthDate: CivilDate { day(-6, 8, 31) }

    private mutating func childPrefix(_ division: String) -> String {
        random.chance(perMille: 80) ? random.pick(SeasonNumbers.formerPrefixes) : division
    }

    private mutating func randomSex() -> Sex { random.chance(perMille: 520) ? .male : .female }

    private func day(_ years: Int, _ month: Int, _ day: Int) -> CivilDate {
        guard let date = CivilDate(year: year.value + years, month: month, day: day) else {
            preconditionFailure("a season's own days exist")
        }
        return date
    }
}
