import Enrollment
import Storage
import Testing

@Suite struct SQLTests {
    @Test("every interpolated value becomes a numbered bind, in its order, once")
    func binds() {
        let person = PersonID(high: 1, low: 2)
        let date = CivilDate(dayNumber: 0)
        let nothing: Int? = nil
        let noStage: Stage? = nil
        let sql: SQL = """
            a \(7) b \(true) c \("text") d \([UInt8]([1, 2])) e \(1.5) f \(person) g \(date) h \
            \(Instant(milliseconds: 9)) i \(TenantCode("430922")) j \(Stage.junior) k \(nothing) l \(noStage) m \
            \(SeasonYear(2026)) n \(Int32(3)) o \(Int64(4))
            """
        let sqlite = sql.rendered(for: .sqlite)
        #expect(
            sqlite.text
                == "a ?1 b ?2 c ?3 d ?4 e ?5 f ?6 g ?7 h ?8 i ?9 j ?10 k ?11 l ?12 m ?13 n ?14 o ?15")
        #expect(
            sqlite.binds == [
                .integer(7), .integer(1), .text("text"), .blob([1, 2]), .real(1.5), .blob(person.bytes),
                .text("1970-01-01"), .integer(9), .text("430922"), .text("junior"), .null, .null, .integer(2026),
                .integer(3), .integer(4),
            ])
        let postgresql = sql.rendered(for: .postgresql)
        #expect(postgresql.text.hasPrefix("a $1 b $2 c $3"))
        #expect(postgresql.binds == sqlite.binds)
    }

    @Test("fragments bring their binds with them, and are numbered where they come to stand")
    func fragments() {
        let condition: SQL = "x = \(2)"
        let all = [condition, "y IN \(in: [3, 4])", "z IN \(in: [Stage.primary])"].joined(separator: " AND ")
        let sql: SQL = "SELECT \(1) FROM \(raw: "t") WHERE \(fragment: all) LIMIT \(5)"
        let rendered = sql.rendered(for: .sqlite)
        #expect(rendered.text == "SELECT ?1 FROM t WHERE x = ?2 AND y IN (?3, ?4) AND z IN (?5) LIMIT ?6")
        #expect(
            rendered.binds == [
                .integer(1), .integer(2), .integer(3), .integer(4), .text("primary"), .integer(5),
            ])
        #expect(!rendered.isReusable)
        #expect(("x = \(2)" as SQL).rendered(for: .sqlite).isReusable)
    }

    @Test("an empty list matches nothing and is a statement that both databases read")
    func emptyList() {
        #expect(("x IN \(in: [Int]())" as SQL).rendered(for: .postgresql).text == "x IN (NULL)")
    }

    @Test("a conflict is recognised by its columns in any order, and by nothing less")
    func conflicts() {
        let error = StorageError.conflict(constraint: "child_claim.child, child_claim.season")
        #expect(error.conflicts(on: "child_claim.season", "child_claim.child"))
        #expect(!error.conflicts(on: "child_claim.child"))
        #expect(!StorageError.busy.conflicts(on: "child_claim.child"))
    }
}
