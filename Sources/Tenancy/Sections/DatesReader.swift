import Enrollment

/// Reads the calendar and the reference dates, which must lie in order and in the season's year.
struct DatesReader {
    let season: SeasonYear
    let authority: AuthorityReader

    func calendar(_ value: Value) -> (Calendar, Authority)? {
        guard let section = value.fields(subject: "日程 calendar") else { return nil }
        defer { section.finish() }
        let authority = authority.read(in: section)
        let names = ["opens", "closes", "freezes", "offers_until", "reports"]
        let days = names.map { section.required($0).flatMap { date($0, years: season.value...season.value) } }
        var sound = true
        for index in 1..<names.count {
            guard let earlier = days[index - 1], let later = days[index] else { continue }
            // The window lasts until midnight, so the roster can freeze the day after and not before.
            let inOrder = names[index] == "freezes" ? earlier < later : earlier <= later
            if !inOrder {
                sound = false
                section.report(
                    names[index], later.description, "日期先后不对 dates out of order",
                    rule: "\(names[index]) 在 \(names[index - 1]) \(earlier) 之后 comes after it")
            }
        }
        guard sound, let authority, let opens = days[0], let closes = days[1], let freezes = days[2],
            let offersUntil = days[3], let reports = days[4]
        else { return nil }
        return (
            Calendar(opens: opens, closes: closes, freezes: freezes, offersUntil: offersUntil, reports: reports),
            authority
        )
    }

    func referenceDates(_ value: Value) -> (ReferenceDates, Authority)? {
        guard let section = value.fields(subject: "计算日期 reference_dates") else { return nil }
        defer { section.finish() }
        let authority = authority.read(in: section)
        let age = section.required("age").flatMap { date($0, years: season.value...season.value) }
        let months = section.required("months").flatMap { date($0, years: season.value - 1...season.value) }
        guard let authority, let age, let months else { return nil }
        return (ReferenceDates(age: age, months: months), authority)
    }

    private func date(_ value: Value, years: ClosedRange<Int>) -> CivilDate? {
        guard let date = value.date else { return nil }
        guard years.contains(date.year) else {
            value.report("不是本季的年份 a date of another year", rule: "本季是 the season is \(season)")
            return nil
        }
        return date
    }
}
