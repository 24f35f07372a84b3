import Catchments
import Enrollment
import Foundation
import Tenancy
import Testing

@testable import Sandbox

@Suite("The season generator")
struct SeasonGeneratorTests {
    @Test("the same seed gives the same season, byte for byte; another seed gives another")
    func determinism() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let first = try SeasonFixture.season(seed: 7)
        let again = try SeasonFixture.season(seed: 7)
        #expect(try encoder.encode(first.families) == encoder.encode(again.families))
        #expect(try encoder.encode(first.registers) == encoder.encode(again.registers))
        #expect(first.overlay == again.overlay)
        #expect(try SeasonFixture.season(seed: 8).families != first.families)
    }

    @Test("every number is valid and nobody's but one person's, and phones and names are given once")
    func uniqueness() throws {
        let season = try SeasonFixture.standard.get()
        var seen: [String: String] = [:]
        for member in season.registers.households.flatMap(\.members) {
            #expect((try? IDNumber(member.number))?.birthDate == member.birthDate)
            let earlier = seen.updateValue(member.name, forKey: member.number)
            #expect(earlier == nil || earlier == member.name)
            #expect((try? PersonName(member.name))?.value == member.name)
        }
        #expect(Set(seen.values).count == seen.count)
        let phones = season.identities.compactMap(\.phone)
        #expect(Set(phones).count == season.families.count)
        #expect(phones.allSatisfy { $0.count == 11 && $0.hasPrefix("1999") })
        let samples = Set(SamplePeople.identities.map(\.number))
        #expect(samples.isDisjoint(with: seen.keys))
    }

    @Test("every kind of family is there, and at least a fifth need more than the plain way")
    func mix() throws {
        let families = try SeasonFixture.standard.get().families.filter { $0.tenant == SeasonFixture.taojiang }
        #expect(Set(families.map(\.kind)) == Set(FamilyKind.allCases))
        let harder = families.filter { $0.children.contains { !$0.truth.path.isEmpty || !$0.steps.isEmpty } }
        #expect(harder.count * 5 >= families.count)
        let share = { (category: CategoryID?) in
            Double(families.count { $0.children[0].truth.category == category }) / Double(families.count)
        }
        #expect((0.55...0.72).contains(share("household_and_home")))
        #expect((0.10...0.18).contains(share("household_only")))
        #expect((0.08...0.16).contains(share("home_only")))
        #expect((0.05...0.11).contains(share("neither")))
        #expect((0.02...0.06).contains(share(nil)))
    }

    @Test("children enter primary school this year, old prefixes, ·-names and rare characters among them")
    func children() throws {
        let season = try SeasonFixture.standard.get()
        let children = season.families.flatMap(\.children)
        let days = children.map(\.birthDate.description)
        #expect(days.allSatisfy { $0 >= "2019-09-01" && $0 <= "2020-08-31" })
        let prefixes = Set(children.compactMap { $0.number?.prefix(6) })
        for former in ["430221", "430521", "431121", "430124"] { #expect(prefixes.contains(Substring(former))) }
        #expect(children.contains { $0.number == nil && $0.document?.kind == "birth_certificate" })
        let names = season.registers.households.flatMap { $0.members.map(\.name) }
        #expect(names.contains { $0.contains("·") })
        #expect(names.contains { $0.unicodeScalars.contains { $0.value > 0xFFFF } })
        #expect(names.allSatisfy { $0.contains("样") })
    }

    @Test("every child ends somewhere: with a school, with the bureau, or withdrawn by its family")
    func ends() throws {
        for family in try SeasonFixture.standard.get().families {
            for child in family.children {
                switch child.truth.end {
                case .qualified: #expect(child.truth.category != nil && !child.truth.schools.isEmpty, "\(family.id)")
                case .coordination: #expect(child.truth.schools.isEmpty, "\(family.id)")
                case .withdrawn: #expect(child.steps.contains { $0.action == .withdraw }, "\(family.id)")
                }
                if child.truth.path.contains(.needsRepair) {
                    #expect(!child.steps.isEmpty, "\(family.id): nobody leaves needs_repair by itself")
                }
                if child.truth.path.contains(.supplementRequested) { #expect(child.review.supplement != nil) }
                if family.outage != nil { #expect(child.truth.path.first == .waitingForSource) }
            }
        }
    }

    @Test("the county town is over-subscribed as a whole, and no published school is left without demand")
    func demand() throws {
        let season = try SeasonFixture.season([SeasonFixture.taojiang: 2600])
        let part = try #require(season.manifest.tenant(SeasonFixture.taojiang))
        #expect(part.schools.reduce(0) { $0 + $1.seats } == 2340)
        let qualified = season.families.flatMap(\.children).filter { $0.truth.end == .qualified }
        #expect(qualified.count > 2340)
        for school in part.schools { #expect(qualified.contains { $0.truth.schools.contains(school.code) }) }
    }

    @Test(
        "a tenant without a plan gets sample schools in the overlay, which loads over it and says that it is a sample")
    func overlay() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ruxue-season-\(UUID())")
        defer { try? FileManager.default.removeItem(at: folder) }  // a test's own folder; the system clears it too
        let season = try SeasonFixture.season([SeasonFixture.anhua: 300])
        try season.save(to: folder)
        let registry = try TenantRegistry.load(
            directory: URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent().appendingPathComponent("Tenants").path, season: SeasonYear(2026),
            overlay: folder.appendingPathComponent(GeneratedSeason.overlayFolderName).path)
        let tenant = try #require(registry.tenant(SeasonFixture.anhua))
        #expect(registry.problems == [])
        #expect(tenant.planAuthority.kind == .sample)
        #expect(tenant.schools.allSatisfy { $0.name.zh.contains("示例") })
        #expect(tenant.schools.reduce(0) { $0 + $1.seats } >= 300)
        #expect(try GeneratedSeason.families(in: folder) == season.families)
        #expect(try GeneratedSeason.manifest(in: folder) == season.manifest)
        #expect(try RegisterBook.load(from: folder) == season.registers)
    }

    @Test("a sample season never covers up a published plan")
    func publishedPlansStay() throws {
        #expect(try SeasonFixture.season([SeasonFixture.taojiang: 50]).overlay == [:])
    }

    @Test("every tenant that enrolls children gets a season, 长沙市 with its five classes")
    func everyTenant() throws {
        let tenants = SeasonFixture.registry.tenants.filter { !$0.divisions.isEmpty && $0.mode == .hosted }
        #expect(tenants.count > 100)
        #expect(tenants.allSatisfy { SeasonGenerator.canGenerate(for: $0) })
        let season = try SeasonFixture.season(Dictionary(uniqueKeysWithValues: tenants.map { ($0.code, 12) }))
        #expect(season.families.count == tenants.count * 12)
        let sampled = Set(season.overlay.keys.compactMap { $0.split(separator: "/").first.map(String.init) })
        #expect(sampled == Set(tenants.filter { $0.schools.isEmpty }.map(\.code.rawValue)))
    }

    @Test("a tenant whose rules the generator does not know is refused, not guessed at")
    func unknownRules() {
        #expect(throws: SandboxError.noGround(tenant: "430900")) { try SeasonFixture.season(["430900": 10]) }
    }
}
