import Enrollment

/// Families with neither household nor home here: permit and insurance decide, or nothing does.
extension FamilyWriter {
    mutating func neither(_ kind: FamilyKind, _ index: Int, _ outage: CredentialID?) {
        let home = dwelling(ground.home(&people.random))
        let household = dwelling(people.random.pick(ground.elsewhere))
        let house = house(.parents, at: household)
        let held = heldMonths(kind)
        let insured = insuredMonths(kind)
        permit(
            house.guardian, home, since: held.since,
            until: kind == .permitExpired
                ? dates.opens.adding(days: -people.random.number(in: 8...70))
                : dates.months.adding(months: people.random.number(in: 6...40)))
        insurance(house.guardian, insured.months, kind == .residentPension ? .residentPension : .employeePension)
        var findings = Findings(household: household, inCounty: false)
        if kind != .permitExpired { findings.permit = (held.months, home.place) }
        findings.insuredMonths = kind == .residentPension ? 0 : insured.running
        var settled = Case(
            place: place(house, home, household: household), home: TypedHome(kind: .rented), review: review(findings),
            category: SeasonCategory.neither, schools: home.place.schools)
        switch kind {
        case .insuranceGap, .residentPension, .permitShort, .permitExpired:
            settled.review = review(findings, coordination: true, reason: "各类条件都不符合,转统筹(样例)")
            settled.category = nil
            settled.schools = []
            settled.end = .coordination
            settled.path = reviewPath(supplement: nil)
            if kind == .permitExpired { refuted(&settled, .residencePermit) }
            if kind == .residentPension { refuted(&settled, .socialInsurance) }
        case .falseTitleMigrant:
            settled.home = owned(inventedTitle(home), owner: .guardian)
            settled.review = review(findings, needed: ["home.owned"] + Self.migrantKeys, reason: "没有这处住房;居住证和社保符合(样例)")
            settled.steps = [accept(.realEstateTitle)]
            settled.path = [.needsRepair]
        case .commercialFlatMigrant:
            settled.home = owned(title(house.guardian, home, use: "商业服务"), owner: .guardian)
            findings.owned = true
            findings.residential = false
            settled.review = review(findings, needed: Self.migrantKeys, reason: "商业用途,不算住房;居住证和社保符合(样例)")
        default: break
        }
        add(kind, index, house, settled, outage: outage)
    }

    private static let migrantKeys = [
        "residence_permit.valid", "residence_permit.in_county", "residence_permit.months",
        "residence_permit.community", "social_insurance.months",
    ]

    /// The register answers against the claim, and the family lets it stand.
    private func refuted(_ settled: inout Case, _ credential: CredentialID) {
        settled.steps = [accept(credential)]
        settled.path.insert(.needsRepair, at: 0)
    }

    /// Since when the permit is held, and whole months of it on the reference day. One in ten sits on the boundary.
    private mutating func heldMonths(_ kind: FamilyKind) -> (since: CivilDate, months: Int) {
        if kind == .permitShort {
            // Eleven months and a day less than twelve, or fewer.
            if people.random.chance(perMille: 200) { return (dates.months.adding(months: -12).adding(days: 1), 11) }
            let months = people.random.number(in: 4...11)
            return (dates.months.adding(months: -months), months)
        }
        let months = people.random.chance(perMille: 100) ? 12 : people.random.number(in: 13...60)
        return (dates.months.adding(months: -months), months)
    }

    /// Months of insurance, and how many of them run on to the reference day without a gap.
    private mutating func insuredMonths(_ kind: FamilyKind) -> (months: [String], running: Int) {
        if kind == .insuranceGap {
            let running = people.random.number(in: 3...11)
            let gap = people.random.number(in: 1...4)
            let before = InsuranceEntry.months(
                from: dates.month(before: running + gap + people.random.number(in: 12...30)),
                through: dates.month(before: running + gap + 1))
            return (
                before + InsuranceEntry.months(from: dates.month(before: running), through: dates.month(before: 1)),
                running
            )
        }
        let running = people.random.chance(perMille: 100) ? 12 : people.random.number(in: 13...70)
        return (InsuranceEntry.months(from: dates.month(before: running), through: dates.month(before: 1)), running)
    }
}
