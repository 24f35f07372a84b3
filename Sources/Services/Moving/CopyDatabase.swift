import Enrollment
import Protection
public import Storage

/// Moves an installation's data to another database, whole: every table of the catalogue in the order of its key, out of
/// one state of the source, and then both sides read again and compared by counts and digests.
///
/// Sealed values go as they are, and so does the proof of the keys: the same `keys.json` opens the copy. Whoever calls
/// sees to it that no process serves the source meanwhile; one that did is found out by the comparison.
public struct CopyDatabase: Sendable {
    /// A table as it is on both sides.
    public struct Table: Sendable, Hashable, Encodable {
        public let name: String
        public let rows: Int
        /// The sum of the rows' SHA-256.
        public let digest: String
    }

    public struct Report: Sendable, Hashable, Encodable {
        public let tables: [Table]
        public let seasons: [Int]
        /// Tables that an earlier, interrupted copy had brought over already.
        public let skipped: Int
        /// Whether a demonstration's moved clock is among what was copied.
        public let movesClock: Bool
        public var rows: Int { tables.reduce(0) { $0 + $1.rows } }
    }

    public enum Phase: Sendable { case comparing, copying, verifying }

    /// - Parameters:
    ///   - table: the table that is worked on.
    ///   - done: rows of the whole phase so far.
    public typealias Progress = @Sendable (_ phase: Phase, _ table: String, _ done: Int, _ total: Int) -> Void

    private let source: any Database
    private let target: any Database
    private let resumes: Bool

    /// - Parameters:
    ///   - target: on PostgreSQL by the role that owns the tables, as the source.
    ///   - resumes: whether rows that are there already are those of an earlier copy that was interrupted.
    public init(from source: any Database, to target: any Database, resumes: Bool = false) {
        self.source = source
        self.target = target
        self.resumes = resumes
    }

    /// Copies and compares. Can be repeated, with `resumes`, whatever it was interrupted by.
    /// - Throws: ``MovingProblem``, and `StorageError.schema` where a schema is not current.
    public func callAsFunction(progress: @escaping Progress = { _, _, _, _ in }) async throws -> Report {
        let migrator = Migrator(Schema.migrations)
        try await migrator.requireCurrent(source)
        try await migrator.requireCurrent(target)
        let tables = try await TableShape.all(in: source)
        let there = try await TableShape.all(in: target)
        guard tables == there else {
            let differing = Set(tables).symmetricDifference(there).map(\.name.description)
            throw MovingProblem.schemasDiffer(tables: Set(differing).sorted())
        }
        try await compareKeys()
        let (total, seasons) = try await source.read(.migration) { reading in
            let total = try tables.reduce(0) { try $0 + $1.count(in: reading) }
            return (total, try tables.reduce(into: Set<SeasonYear>()) { $0.formUnion(try $1.seasons(in: reading)) })
        }
        let equal = try await equalTables(tables, total, progress)
        if target.dialect == .postgresql {
            for season in seasons.sorted(by: { $0.value < $1.value }) {
                _ = try await SeasonPartitions.open(season, target)
            }
        }
        let left = tables.filter { !equal.contains($0.name) }
        if resumes {
            try await target.write(.migration) { writing in for table in left { try table.emptyWithoutKey(writing) } }
        }
        let copied = try await copy(left, total, progress)
        let verified = try await verify(tables, copied, total, progress)
        for season in try await SeasonClosing.closed(source) {
            _ = try await SeasonClosing.close(season, ends: Set(ApplicationState.allCases), target)
        }
        try await target.write(.migration) { writing in for table in tables { try table.analyze(writing) } }
        let movesClock = try await source.read(.migration) { try TenantVersionRepository.businessClockAhead(in: $0) }
        return Report(
            tables: verified, seasons: seasons.map(\.value).sorted(), skipped: equal.count,
            movesClock: movesClock != nil)
    }

    private func compareKeys() async throws {
        let own = try await source.read(.migration) { try TenantVersionRepository.keyProof(in: $0) }
        let there = try await target.read(.migration) { try TenantVersionRepository.keyProof(in: $0) }
        if let there, there != own { throw MovingProblem.otherKeys }
    }

    /// The tables that need no copying. Without `resumes` there may be no row at all, but for the proof of the keys, which
    /// a database is given with its schema.
    private func equalTables(
        _ tables: [TableShape], _ total: Int, _ progress: @escaping Progress
    ) async throws -> Set<SQLIdentifier> {
        let filled = try await target.read(.migration) { reading in
            try tables.filter { try $0.count(in: reading) > 0 }
        }
        let others = filled.filter { $0.name.description != "key_check" }
        guard resumes || others.isEmpty else {
            throw MovingProblem.targetNotEmpty(tables: others.map(\.name.description))
        }
        guard !filled.isEmpty else { return [] }
        async let here = digests(source, filled, total, .comparing, progress)
        async let there = digests(target, filled, total, .comparing) { _, _, _, _ in }
        let (own, other) = try await (here, there)
        return Set(filled.map(\.name).filter { own[$0] == other[$0] })
    }

    /// What was copied, as it was read.
    private func copy(
        _ tables: [TableShape], _ total: Int, _ progress: @escaping Progress
    ) async throws -> [SQLIdentifier: TableDigest] {
        let handover = PageHandover()
        async let reading = read(tables, into: handover)
        var done = 0
        do {
            try await withTaskCancellationHandler {
                while let page = await handover.take() {
                    let skipsExisting = resumes || page.table.name.description == "key_check"
                    try await target.write(.migration) { writing in
                        try page.table.insert(page.rows, into: writing, skipsExisting: skipsExisting)
                    }
                    done += page.rows.count
                    progress(.copying, page.table.name.description, done, total)
                }
                try Task.checkCancellation()
            } onCancel: {
                handover.end()
            }
        } catch {
            handover.end()
            throw error
        }
        return try await reading
    }

    private func read(
        _ tables: [TableShape], into handover: PageHandover
    ) async throws -> [SQLIdentifier: TableDigest] {
        defer { handover.end() }
        return try await source.read(.migration) { reading in
            var digests: [SQLIdentifier: TableDigest] = [:]
            for table in tables {
                var digest = TableDigest(hash: Digest.sha256)
                try table.eachPage(of: reading) { rows in
                    for row in rows { digest.add(row) }
                    try handover.give(.init(table: table, rows: rows))
                }
                digests[table.name] = digest
            }
            return digests
        }
    }

    private func verify(
        _ tables: [TableShape], _ copied: [SQLIdentifier: TableDigest], _ total: Int, _ progress: @escaping Progress
    ) async throws -> [Table] {
        async let here = digests(source, tables, total, .verifying, progress)
        async let there = digests(target, tables, total, .verifying) { _, _, _, _ in }
        let (own, other) = try await (here, there)
        let changed = tables.map(\.name).filter { copied[$0] != nil && copied[$0] != own[$0] }
        guard changed.isEmpty else { throw MovingProblem.sourceChanged(tables: changed.map(\.description)) }
        let differing = tables.map(\.name).filter { own[$0] != other[$0] }
        guard differing.isEmpty else { throw MovingProblem.differs(tables: differing.map(\.description)) }
        return tables.compactMap { table in
            own[table.name].map { Table(name: table.name.description, rows: $0.rows, digest: $0.text) }
        }
    }

    private func digests(
        _ database: any Database, _ tables: [TableShape], _ total: Int, _ phase: Phase, _ progress: @escaping Progress
    ) async throws -> [SQLIdentifier: TableDigest] {
        try await database.read(.migration) { reading in
            var done = 0
            return try Dictionary(
                uniqueKeysWithValues: tables.map { table in
                    let digest = try TableDigest.of(table, in: reading, hash: Digest.sha256) { rows in
                        done += rows
                        progress(phase, table.name.description, done, total)
                    }
                    return (table.name, digest)
                })
        }
    }
}
