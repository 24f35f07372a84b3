public import Enrollment

/// Takes in new applications, many at once: every table gets all its rows in one statement.
///
/// Called in the scope of the tenant's intake, which adds rows of many families and reads none of theirs.
public enum IntakeRepository {
    /// A child by what it is known by, and the row to add when it is not known.
    public struct Child: Sendable {
        public let identifiers: [Identifier]
        public let row: PersonRepository.Row

        public struct Identifier: Hashable, Sendable {
            public let kind: String
            public let keyedHash: [UInt8]

            public init(kind: String, keyedHash: [UInt8]) {
                self.kind = kind
                self.keyedHash = keyedHash
            }
        }

        public init(identifiers: [Identifier], row: PersonRepository.Row) {
            self.identifiers = identifiers
            self.row = row
        }
    }

    /// Finds each child, or adds it; two forms about one child get the same person.
    public static func people(_ children: [Child], at now: Instant, in tx: any Writing) throws -> [PersonID] {
        try tx.scope.requireIntake()
        var known = try holders(of: children.flatMap(\.identifiers), tx)
        var added: [Child] = []
        for child in children where !child.identifiers.contains(where: { known[$0] != nil }) {
            for identifier in child.identifiers { known[identifier] = child.row.id }
            added.append(child)
        }
        if try add(identifiers: added.flatMap { child in child.identifiers.map { ($0, child.row.id) } }, tx) == false {
            // Somebody else added one of them a moment ago: theirs stands.
            for (identifier, holder) in try holders(of: added.flatMap(\.identifiers), tx) {
                known[identifier] = holder
            }
        }
        let isHeld = Set(known.values)
        var rows = RowBatch(
            into: "person",
            [
                .init("id", .blob), .init("data_key", .blob), .init("sealed_identity", .blob),
                .init("created_at", .integer),
            ])
        for child in added where isHeld.contains(child.row.id) {
            rows.add([
                child.row.id.sqlValue, child.row.dataKey.sqlValue, child.row.sealedIdentity.sqlValue, now.sqlValue,
            ])
        }
        try tx.insert(rows)
        // A child found by one of its papers gets the others too.
        let people = children.map { child in child.identifiers.lazy.compactMap { known[$0] }.first ?? child.row.id }
        let missing = zip(children, people).flatMap { child, person in
            child.identifiers.filter { known[$0] == nil }.map { ($0, person) }
        }
        _ = try add(identifiers: missing, tx)
        return people
    }

    private static func holders(
        of identifiers: [Child.Identifier], _ tx: any Reading
    ) throws -> [Child.Identifier: PersonID] {
        guard !identifiers.isEmpty else { return [:] }
        let rows = try tx.rows(
            """
            SELECT kind, keyed_hash, person FROM person_identifier
            WHERE keyed_hash IN \(in: identifiers.map(\.keyedHash)) AND kind IN \(in: Set(identifiers.map(\.kind)).sorted())
            """)
        return try Dictionary(
            rows.map { (.init(kind: try $0.text("kind"), keyedHash: try $0.blob("keyed_hash")), try $0.id("person")) },
            uniquingKeysWith: { first, _ in first })
    }

    /// - Returns: whether every one of them was free.
    private static func add(
        identifiers: [(identifier: Child.Identifier, person: PersonID)], _ tx: any Writing
    ) throws -> Bool {
        var rows = RowBatch(
            into: "person_identifier",
            [.init("kind", .text), .init("keyed_hash", .blob), .init("person", .blob)], skipsExisting: true)
        // In one order everywhere, so that two processes that add the same ones wait for each other and do not cross.
        for (identifier, person) in identifiers.sorted(by: {
            $0.identifier.keyedHash.lexicographicallyPrecedes($1.identifier.keyedHash)
        }) {
            rows.add([identifier.kind.sqlValue, identifier.keyedHash.sqlValue, person.sqlValue])
        }
        return try tx.insert(rows) == rows.rows.count
    }

    /// Claims children, each for an application.
    /// - Returns: the applications that hold their child's claim now.
    public static func claim(
        _ claims: [(child: PersonID, application: ApplicationID)], of key: TenantSeason, in tx: any Writing
    ) throws -> Set<ApplicationID> {
        try tx.scope.requireIntake(key)
        var rows = RowBatch(
            into: "child_claim",
            [.init("child", .blob), .init("season", .integer), .init("tenant", .text), .init("application", .blob)],
            skipsExisting: true)
        for claim in claims.sorted(by: { $0.child < $1.child }) {
            rows.add([
                claim.child.sqlValue, key.season.sqlValue, key.tenant.rawValue.sqlValue, claim.application.sqlValue,
            ])
        }
        if try tx.insert(rows) == claims.count { return Set(claims.map(\.application)) }
        let held = try tx.rows(
            """
            SELECT application FROM child_claim WHERE season = \(key.season) AND tenant = \(key.tenant)
              AND child IN \(in: claims.map(\.child))
            """)
        return Set(try held.map { try $0.id("application") }).intersection(claims.map(\.application))
    }

    /// Adds applications with everything that belongs to their first revision. A submission key in use is a conflict,
    /// and nothing is added.
    /// - Parameter draw: another receipt number, where one is in use.
    /// - Returns: the receipt numbers they got.
    public static func add(
        _ files: [NewFile], of key: TenantSeason, draw: () -> ReceiptNumber, in tx: any Writing
    ) throws -> [ApplicationID: ReceiptNumber] {
        try tx.scope.requireIntake(key)
        var rows = NewFileRows(key)
        for file in files { rows.add(file) }
        var deltas = CounterDeltas(key)
        for file in files {
            let application = file.application
            deltas.add(1, stage: application.stage, category: application.category, state: application.state)
        }
        var receipts = drawn(files, draw)
        let counts = try tx.insert(each: rows.batches + [deltas.rows, applications(files, receipts, key)])
        if counts.last != files.count {
            receipts = try inserted(receipts, key, tx)
            let left = files.filter { receipts[$0.application.id] == nil }
            receipts.merge(try addApplications(left, key, draw, tx)) { $1 }
        }
        var index = NewFileRows.index
        for file in files {
            guard let receipt = receipts[file.application.id] else { continue }
            for (batch, values) in NewFileRows.values(file, receipt: receipt, key).enumerated() {
                index[batch].add(values)
            }
        }
        try tx.insert(each: index)
        return receipts
    }

    private static func drawn(
        _ files: [NewFile], _ draw: () -> ReceiptNumber
    ) -> [ApplicationID: ReceiptNumber] {
        files.reduce(into: [:]) { $0[$1.application.id] = draw() }
    }

    private static func applications(
        _ files: [NewFile], _ receipts: [ApplicationID: ReceiptNumber], _ key: TenantSeason
    ) -> RowBatch {
        var rows = NewFileRows.applications(key)
        for file in files {
            guard let receipt = receipts[file.application.id] else { continue }
            rows.add(NewFileRows.values(file.application, receipt: receipt, key))
        }
        return rows
    }

    /// Those of the receipt numbers drawn under which an application was inserted.
    private static func inserted(
        _ receipts: [ApplicationID: ReceiptNumber], _ key: TenantSeason, _ tx: any Writing
    ) throws -> [ApplicationID: ReceiptNumber] {
        let rows = try tx.rows(
            """
            SELECT id FROM application WHERE tenant = \(key.tenant) AND season = \(key.season)
              AND id IN \(in: receipts.keys.sorted())
            """)
        let inserted = Set(try rows.map { try $0.id("id", as: ApplicationID.self) })
        return receipts.filter { inserted.contains($0.key) }
    }

    /// Inserts with other receipt numbers, until each has one that was free.
    private static func addApplications(
        _ files: [NewFile], _ key: TenantSeason, _ draw: () -> ReceiptNumber, _ tx: any Writing
    ) throws -> [ApplicationID: ReceiptNumber] {
        var receipts: [ApplicationID: ReceiptNumber] = [:]
        var waiting = files
        while !waiting.isEmpty {
            let drawn = drawn(waiting, draw)
            if try tx.insert(applications(waiting, drawn, key)) == waiting.count {
                return receipts.merging(drawn) { $1 }
            }
            let inserted = try inserted(drawn, key, tx)
            receipts.merge(inserted) { $1 }
            waiting.removeAll { inserted[$0.application.id] != nil }
        }
        return receipts
    }

    /// Removes the drafts that submissions have used up.
    public static func useUp(
        drafts: [(person: PersonID, draft: [UInt8])], in tx: any Writing
    ) throws {
        try tx.scope.requireIntake()
        guard !drafts.isEmpty else { return }
        try tx.execute(
            "DELETE FROM draft WHERE person IN \(in: drafts.map(\.person)) AND id IN \(in: drafts.map(\.draft))")
    }
}
