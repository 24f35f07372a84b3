import Enrollment
import Storage
import Testing

@Suite struct RowTests {
    private let row = Row(
        columns: ["n", "t", "b", "r", "nil", "flag", "date", "bad"],
        values: [
            .integer(7), .text("primary"), .blob([UInt8](repeating: 1, count: 16)), .real(0.5), .null, .integer(1),
            .text("2026-09-01"), .integer(2),
        ])

    @Test("columns are read as what they are")
    func typed() throws {
        #expect(try row.int("n") == 7 && row.int64("n") == 7 && row.instant("n") == Instant(milliseconds: 7))
        #expect(try row.season("n") == SeasonYear(7))
        #expect(try row.text("t") == "primary" && row.code("t", as: TenantCode.self) == "primary")
        #expect(try row.decode("t", as: Stage.self) == .primary)
        #expect(try row.blob("b").count == 16 && row.id("b") == PersonID(bytes: row.blob("b")))
        #expect(try row.real("r") == 0.5 && row.bool("flag") && row.date("date").description == "2026-09-01")
        #expect(try row.optionalInt("nil") == nil && row.optionalText("nil") == nil && row.optionalBool("nil") == nil)
        #expect(try row.optionalDecode("nil", as: Stage.self) == nil && row.optionalDate("nil") == nil)
        let nobody: PersonID? = try row.optionalID("nil")
        #expect(nobody == nil)
    }

    @Test("a missing column, a NULL and another type are errors that name the column and not its content")
    func refused() {
        let attempts: [() throws -> Any] = [
            { try row.int("none") }, { try row.int("nil") }, { try row.int("t") }, { try row.text("n") },
            { try row.bool("bad") }, { try row.date("t") }, { try row.id("t", as: PersonID.self) },
            { try row.decode("date", as: Stage.self) }, { try row.blob("t") }, { try row.optionalDate("t") as Any },
        ]
        for attempt in attempts {
            let error = #expect(throws: StorageError.self) { try attempt() }
            #expect(error?.code == "storage.column")
            #expect(error.map { "\($0)".contains("primary") } == false)
        }
    }
}
