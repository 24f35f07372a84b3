import Enrollment
import Storage

extension Probe {
    private static let key = Planted.mine

    static let counterProbes: [Probe] = [
        Probe("CounterRepository.fold(season)", [.province]) { tx in
            try CounterRepository.fold(season: key.season, in: tx).flatMap { tenant, counts in
                ["\(tenant) \(counts.rows)"] + counts.cells.map { "\(tenant) \($0.key) \($0.value)" }
            }.sorted()
        },
        Probe("CounterRepository.recount(key)", staff) { try CounterRepository.recount(of: key, in: $0) },
        Probe("CounterRepository.compact(key)", staff) { try CounterRepository.compact(of: key, in: $0) },
    ]
}
