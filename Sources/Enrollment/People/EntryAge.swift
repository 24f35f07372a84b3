/// The age rule: a child enters primary school in the year in which it is six by a day, 31 August by national law
/// (义务教育法, art. 11), and junior school after primary.
public struct EntryAge: Hashable, Sendable, Codable {
    /// Youngest age on the reference day, in whole years.
    public let minimumYears: Int
    /// Oldest age that is entered without a person looking, in whole years.
    public let usualMaximumYears: Int
    public let referenceDay: CivilDate

    public init(minimumYears: Int, usualMaximumYears: Int, referenceDay: CivilDate) {
        self.minimumYears = minimumYears
        self.usualMaximumYears = usualMaximumYears
        self.referenceDay = referenceDay
    }

    public enum Answer: Hashable, Sendable {
        case right
        /// Born after the last day that counts, which is given.
        case tooYoung(bornBy: CivilDate)
        /// Older than usual: entered, and looked at by a person; never refused, and no proof is asked for.
        case olderThanUsual
    }

    public func answer(bornOn birthDate: CivilDate) -> Answer {
        let lastBirthDate = referenceDay.adding(years: -minimumYears)
        if birthDate > lastBirthDate { return .tooYoung(bornBy: lastBirthDate) }
        return birthDate.age(on: referenceDay) > usualMaximumYears ? .olderThanUsual : .right
    }
}
