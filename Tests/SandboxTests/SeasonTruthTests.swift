import Catchments
import Enrollment
import Foundation
import Tenancy
import Testing

@testable import Sandbox

/// Holds the generator's truth against its registers by a small reading of its own.
@Suite("The truth of a generated season")
struct SeasonTruthTests {
    let season: GeneratedSeason
    let households: [String: [HouseholdEntry]]
    let titles: [String: [TitleEntry]]

    init() throws {
        season = try SeasonFixture.standard.get()
        households = season.registers.households.reduce(into: [:]) { found, entry in
            for member in entry.members { found[member.number, default: []].append(entry) }
        }
        titles = Dictionary(grouping: season.registers.titles, by: \.ownerNumber)
    }

    /// Schools of 桃江县 whose published list names a community that an address contains.
    private func schools(atAddress address: String) -> Set<SchoolCode> {
        let clauses = SeasonFixture.registry.tenant(SeasonFixture.taojiang)?.catchments[.primary]?.clauses ?? []
        return clauses.reduce(into: []) { found, clause in
            if case .community(let community) = clause.coverage,
                address.hasPrefix("湖南省益阳市桃江县\(community.township)\(community.name)样例")
            {
                found.insert(SchoolCode(rawValue: clause.school))
            }
        }
    }

    private func guardian(of family: GeneratedFamily) throws -> SandboxIdentity {
        try #require(season.identities.first { $0.subject == family.subject })
    }

    @Test("household and home agree: one community in the register, and the schools that list it")
    func householdAndHome() throws {
        let families = season.families.filter { $0.tenant == SeasonFixture.taojiang && $0.kind == .ownHome }
        #expect(families.count > 300)
        for family in families {
            let child = family.children[0]
            let number = try #require(child.number)
            let household = try #require(households[number]?.first)
            let guardian = try guardian(of: family)
            #expect(household.members.contains { $0.number == guardian.number && $0.name == guardian.name })
            let owner = child.answers.home.ownerNumber ?? guardian.number
            let title = try #require(titles[owner]?.first)
            #expect(title.use == "住宅")
            #expect(title.address == household.address)
            #expect(Set(child.truth.schools) == schools(atAddress: title.address))
            let typed = try #require(child.answers.home.certificateNumber)
            #expect(plain(typed) == plain(title.certificateNumber))
        }
    }

    @Test("every community of a published plan has a family, in a small season too")
    func coverage() throws {
        let small = try SeasonFixture.season([SeasonFixture.taojiang: 120])
        let lived = Set(small.families.filter { $0.kind == .ownHome }.map(\.children[0].answers.place.community))
        let clauses = SeasonFixture.registry.tenant(SeasonFixture.taojiang)?.catchments[.primary]?.clauses ?? []
        #expect(clauses.count > 20)
        for case .community(let community) in clauses.map(\.coverage) { #expect(lived.contains(community.name)) }
    }

    @Test("registered here without a home: the parents stand in no title of the county")
    func householdOnly() throws {
        let kinds: Set<FamilyKind> = [.grandparentsHome, .rentedRegistered, .collectiveHousehold, .titleElsewhere]
        for family in season.families where family.tenant == SeasonFixture.taojiang && kinds.contains(family.kind) {
            let child = family.children[0]
            let household = try #require(child.number.flatMap { households[$0]?.first })
            let parents = household.members.filter { ["户主", "配偶", "子", "儿媳"].contains($0.relation) }
                .filter { $0.birthDate > child.birthDate.adding(years: -50) }
            #expect(!parents.isEmpty)
            for parent in parents {
                #expect((titles[parent.number] ?? []).allSatisfy { !$0.address.hasPrefix("湖南省益阳市桃江县") })
            }
            #expect(Set(child.truth.schools) == schools(atAddress: household.address))
            #expect(child.truth.category == "household_only")
        }
    }

    @Test("a mistyped number stands in no register, and its repair does")
    func repairs() throws {
        let numbers = Set(season.registers.titles.map { plain($0.certificateNumber) })
        let families = season.families.filter { $0.kind == .mistypedNumber || $0.kind == .mistypedNumberHomeOnly }
        #expect(families.count > 50)
        for family in families {
            let child = family.children[0]
            #expect(!numbers.contains(plain(child.answers.home.certificateNumber ?? "")))
            #expect(numbers.contains(plain(child.steps.first?.home?.certificateNumber ?? "")))
            #expect(child.truth.path == [.needsRepair])
        }
    }

    @Test("false claims name titles that nobody has, and commercial flats are no homes")
    func falseClaims() throws {
        let numbers = Set(season.registers.titles.map { plain($0.certificateNumber) })
        for family in season.families {
            let child = family.children[0]
            switch family.kind {
            case .falseTitleAccepted, .falseTitleInsists, .falseTitleMigrant:
                #expect(!numbers.contains(plain(child.answers.home.certificateNumber ?? "")))
            case .commercialFlat, .commercialFlatMigrant:
                let guardian = try guardian(of: family)
                #expect(titles[guardian.number]?.map(\.use) == ["商业服务"])
            case .contractWithdrawn, .contractWithdrawnInsists:
                let guardian = try guardian(of: family)
                let contract = season.registers.contracts.first { $0.buyerNumber == guardian.number }
                #expect(contract?.state == .withdrawn)
            case .falseNoHome:
                let guardian = try guardian(of: family)
                let household = try #require(households[guardian.number]?.first)
                #expect(household.members.contains { titles[$0.number] != nil })
            default: break
            }
        }
    }

    @Test("permits and insurance say what the truth says, on the boundary too")
    func migrants() throws {
        let permits = Dictionary(season.registers.permits.map { ($0.holderNumber, $0) }) { first, _ in first }
        let insurance = Dictionary(season.registers.insurance.map { ($0.insuredNumber, $0) }) { first, _ in first }
        let kinds: Set<FamilyKind> = [.migrant, .insuranceGap, .residentPension, .permitShort, .permitExpired]
        var boundary = 0
        for family in season.families where kinds.contains(family.kind) {
            let guardian = try guardian(of: family)
            let permit = try #require(permits[guardian.number])
            let history = try #require(insurance[guardian.number])
            let longEnough = permit.heldSince.description <= "2025-08-01"
            let valid = permit.validUntil.description >= "2026-07-20"
            let lastTwelve = Set(InsuranceEntry.months(from: "202508", through: "202607"))
            let insured = history.kind == .employeePension && lastTwelve.isSubset(of: history.paidMonths)
            if permit.heldSince.description == "2025-08-01" { boundary += 1 }
            #expect(
                (longEnough && valid && insured) == (family.children[0].truth.category == "neither"), "\(family.id)")
        }
        #expect(boundary > 0)
    }

    @Test(
        "brothers and sisters who do not enter school, twins, and children without a number are as the register has them"
    )
    func members() throws {
        for family in season.families {
            for child in family.children {
                guard let number = child.number else {
                    #expect(!season.registers.households.contains { $0.members.contains { $0.name == child.name } })
                    continue
                }
                let household = try #require(households[number]?.first)
                let guardian = try guardian(of: family)
                let together = household.members.contains { $0.number == guardian.number }
                #expect(together == (family.kind != .registeredElsewhere), "\(family.id)")
                #expect((child.document != nil) == (family.kind == .registeredElsewhere))
            }
            #expect(family.children.count == (family.kind == .twins ? 2 : 1))
        }
    }

    /// Brackets and blanks made one, as registers compare numbers.
    private func plain(_ number: String) -> String {
        number.replacing("\u{FF08}", with: "(").replacing("\u{FF09}", with: ")").replacing(" ", with: "")
    }
}
