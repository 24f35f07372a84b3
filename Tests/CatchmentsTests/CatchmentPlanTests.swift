import Catchments
import Testing

@Suite struct CatchmentPlanTests {
    private let jintao = Community(division: "430922", township: "桃花江镇", name: "近桃社区")
    private let fumin = Community(division: "430922", township: "桃花江镇", name: "富民社区")

    private func clause(_ number: Int, _ school: String, _ coverage: CatchmentClause.Coverage) -> CatchmentClause {
        CatchmentClause(number: number, school: school, coverage: coverage, text: "样例第\(number)条")
    }

    @Test("one school has several communities and one community several schools, in the plan's order")
    func manyToMany() {
        let plan = CatchmentPlan(clauses: [
            clause(1, "P02", .community(jintao)), clause(2, "P02", .community(fumin)),
            clause(3, "P01", .community(jintao)),
        ])
        #expect(plan.resolve(fumin) == .one(plan.clauses[1]))
        #expect(plan.resolve(jintao) == .many([plan.clauses[0], plan.clauses[2]]))
        #expect(plan.resolve(jintao).schools == ["P02", "P01"])
        #expect(plan.resolve(jintao).clauses.map(\.number) == [1, 3])
    }

    @Test("a school that names a community twice is one school, by its first clause")
    func repeated() {
        let plan = CatchmentPlan(clauses: [
            clause(1, "P01", .community(jintao)), clause(2, "P01", .community(jintao)),
        ])
        #expect(plan.resolve(jintao) == .one(plan.clauses[0]))
    }

    @Test("a place the plan does not name and a plan that is not published are two different answers")
    func noneOrUnpublished() {
        let plan = CatchmentPlan(clauses: [clause(1, "P01", .community(jintao))])
        #expect(plan.resolve(fumin) == .none)
        #expect(CatchmentPlan(clauses: []).resolve(fumin) == .needsPerson(.planNotPublished))
        #expect(CatchmentPlan(clauses: []).resolve(nil) == .needsPerson(.planNotPublished))
        #expect(plan.resolve(fumin).schools.isEmpty)
    }

    @Test("a place in free text is for a person")
    func freeText() {
        let plan = CatchmentPlan(clauses: [clause(1, "P01", .community(jintao))])
        #expect(plan.resolve(nil) == .needsPerson(.placeNotCanonical))
    }

    @Test("a sentence about the community sends it to a person even where another clause matches; others are untouched")
    func sentence() {
        let plan = CatchmentPlan(clauses: [
            clause(1, "P01", .community(jintao)), clause(2, "P02", .sentence(within: jintao)),
            clause(3, "P03", .community(fumin)),
        ])
        let answer = plan.resolve(jintao)
        #expect(answer == .needsPerson(.sentence([plan.clauses[1]])))
        #expect(answer.schools.isEmpty)
        #expect(answer.clauses.map(\.number) == [2])
        #expect(plan.resolve(fumin) == .one(plan.clauses[2]))
    }

    @Test("a community of the same name in another township or county is another place")
    func sameName() {
        let plan = CatchmentPlan(clauses: [clause(1, "P01", .community(jintao))])
        #expect(plan.resolve(Community(division: "430922", township: "修山镇", name: "近桃社区")) == .none)
        #expect(plan.resolve(Community(division: "430923", township: "桃花江镇", name: "近桃社区")) == .none)
    }

    @Test("moving one community changes what its families are given")
    func moved() {
        let before = CatchmentPlan(clauses: [
            clause(1, "P01", .community(jintao)), clause(2, "P02", .community(fumin)),
        ])
        let after = CatchmentPlan(clauses: [
            clause(1, "P02", .community(jintao)), clause(2, "P02", .community(fumin)),
        ])
        #expect(before.resolve(jintao).schools == ["P01"])
        #expect(after.resolve(jintao).schools == ["P02"])
    }

    @Test("the canonical text is read back; any other shape is refused")
    func canonicalText() {
        #expect(jintao.description == "430922/桃花江镇/近桃社区")
        #expect(Community(canonical: jintao.description) == jintao)
        for text in [
            "", "近桃社区", "430922/近桃社区", "430922//近桃社区", "43092/桃花江镇/近桃社区", "430922/桃花江镇/近桃社区/1", "430922/桃花江镇/",
        ] {
            #expect(Community(canonical: text) == nil)
        }
    }
}
