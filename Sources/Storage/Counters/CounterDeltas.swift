import Enrollment

/// What a transaction changes in a tenant's counts; changes of one cell are one row.
struct CounterDeltas {
    private struct Cell: Hashable {
        let stage: String
        let category: String
        let state: String
    }

    private let key: TenantSeason
    private var counts: [Cell: Int] = [:]

    init(_ key: TenantSeason) { self.key = key }

    mutating func add(_ n: Int, stage: Stage, category: CategoryID?, state: ApplicationState) {
        counts[Cell(stage: stage.rawValue, category: category?.rawValue ?? "", state: state.rawValue), default: 0] += n
    }

    mutating func add(_ n: Int, _ cell: CounterRepository.Cell) {
        add(n, stage: cell.stage, category: cell.category, state: cell.state)
    }

    /// One application goes from one cell to another, or stays where it is, which changes nothing.
    mutating func move(
        stage: Stage, from: (category: CategoryID?, state: ApplicationState),
        to: (category: CategoryID?, state: ApplicationState)
    ) {
        add(-1, stage: stage, category: from.category, state: from.state)
        add(1, stage: stage, category: to.category, state: to.state)
    }

    private var changed: [(cell: Cell, n: Int)] {
        counts.filter { $0.value != 0 }.map { (cell: $0.key, n: $0.value) }.sorted {
            ($0.cell.stage, $0.cell.category, $0.cell.state) < ($1.cell.stage, $1.cell.category, $1.cell.state)
        }
    }

    /// For a transaction that changes many.
    var rows: RowBatch {
        var rows = RowBatch(
            into: "counter_delta",
            [
                .init("tenant", .text), .init("season", .integer), .init("stage", .text), .init("category", .text),
                .init("state", .text), .init("n", .integer),
            ])
        for (cell, n) in changed {
            rows.add([
                key.tenant.rawValue.sqlValue, key.season.sqlValue, cell.stage.sqlValue, cell.category.sqlValue,
                cell.state.sqlValue, n.sqlValue,
            ])
        }
        return rows
    }

    /// The same to go with other statements in one round trip.
    var statements: [SQL] {
        let rows = rows
        return rows.rows.map { rows.statement(for: $0) }
    }
}
