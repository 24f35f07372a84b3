import Catchments
import Enrollment
import Tenancy
import Testing

@testable import ServiceZone
@testable import Services

@Suite("Why the rules say what they say")
struct WhyPageTests {
    /// The facts the sample family would have if every register confirmed it.
    private func page(owned: Bool = true, reviews: [ReviewView] = []) throws -> WhyPage {
        let sample = try SampleCase()
        let view = try sample.application(state: .qualified)
        let facts = view.answers.claimedFacts(divisions: ["430922"], at: SampleCase.now)
            .replacing(.homeOwned, with: .flag(owned))
        let decision = decide(
            DecisionInput(
                policy: sample.tenant.policy, catchments: sample.tenant.catchmentPlan(.primary), facts: facts))
        return WhyPage(
            view.deciding(decision, facts: facts.all, reviews: reviews), connectors: sample.registry.connectors,
            words: sample.words)
    }

    @Test("a settled category shows its conditions, each true, the clause that matched and the published source")
    func settled() throws {
        let page = try page()
        #expect(page.verdict.contains("第一类"))
        #expect(page.categories.count == 1)
        #expect(page.categories[0].conditions.allSatisfy { $0.mark.isGood })
        #expect(page.clauses.contains { $0.contains("近桃社区") && $0.contains("近桃小学") })
        #expect(page.source.contains("桃江县"))
        #expect(page.notReached?.contains("第二类") == true)
    }

    @Test("the smallest change that would flip the outcome is said in words")
    func nearestChange() throws {
        let changes = try page().changes
        #expect(!changes.isEmpty)
        #expect(changes.allSatisfy { $0.hasPrefix("如果") && $0.contains("类") })
    }

    @Test("every fact names who said it, and when")
    func provenance() throws {
        let facts = try page().facts
        #expect(!facts.isEmpty)
        #expect(facts.allSatisfy { $0.source.contains("家长填报") && $0.source.contains(":") })
    }

    @Test("what officers wrote is shown once the second has signed, and not before")
    func reviews() throws {
        let first = ReviewView(stage: .first, verdict: "findings", reason: "已入户调查", at: SampleCase.now)
        let second = ReviewView(stage: .second, verdict: "approve", reason: "同意", at: SampleCase.now)
        #expect(try page(reviews: [first]).reviews.isEmpty)
        #expect(try page(reviews: [first, second]).reviews.map(\.reason) == ["已入户调查", "同意"])
    }
}
