import Enrollment

@testable import Storage

/// A row as it is planted, in the scope to which it belongs.
struct PlantedRow: Sendable {
    let table: String
    let scope: Scope
    let columns: [(name: String, value: SQLValue)]

    init(_ table: String, _ scope: Scope, _ columns: KeyValuePairs<String, any SQLBindable>) {
        self.table = table
        self.scope = scope
        self.columns = columns.map { (name: $0.key, value: $0.value.sqlValue) }
    }

    /// A row of a file: its tenant, season and application stand before the columns.
    init(_ table: String, _ place: Planted.Place, _ columns: KeyValuePairs<String, any SQLBindable>) {
        self.table = table
        scope = .tenant(place.key.tenant, place.key.season)
        self.columns =
            [
                (name: "tenant", value: .text(place.key.tenant.rawValue)),
                (name: "season", value: place.key.season.sqlValue), (name: "application", value: place.file.sqlValue),
            ] + columns.map { (name: $0.key, value: $0.value.sqlValue) }
    }

    /// The statement that plants it.
    var statement: SQL {
        var pieces: [SQL.Piece] = [
            .text("INSERT INTO \(table) (\(columns.map(\.name).joined(separator: ", "))) VALUES (")
        ]
        for (number, column) in columns.enumerated() {
            if number > 0 { pieces.append(.text(", ")) }
            pieces.append(.bind(column.value))
        }
        return SQL(pieces: pieces + [.text(")")])
    }
}

extension Planted {
    /// Plants everything, each row in its own scope.
    static func plant(in database: any Database) async throws {
        try await database.write(.province) { tx in
            for row in rows { _ = try tx.writing(row.scope) { try $0.execute(row.statement) } }
        }
    }

    static let rows: [PlantedRow] =
        places.flatMap { applicationRows($0) + verificationRows($0) + reviewRows($0) + admissionRows($0) }
        + singleRows + personRows + accessRows

    private static func applicationRow(
        _ key: TenantSeason, _ id: ApplicationID, _ receipt: String, _ guardian: PersonID, _ child: PersonID,
        state: String, tag: Int
    ) -> PlantedRow {
        PlantedRow(
            "application", .tenant(key.tenant, key.season),
            [
                "tenant": key.tenant.rawValue, "season": key.season, "id": id, "receipt": receipt, "child": child,
                "guardian": guardian, "round": "public", "stage": "primary", "state": state, "state_since": now,
                "revision": 2, "ticket": "ticket-\(tag)", "twin_group": [UInt8(tag)], "person_asked": false,
                "submitted_at": now, "settled_at": now, "department_milliseconds": tag,
                "data_key": [UInt8(tag), 1], "key_subject": [UInt8(tag), 2],
            ])
    }

    private static func applicationRows(_ place: Place) -> [PlantedRow] {
        let tag = place.tag
        // Two revisions here, three elsewhere; the second is the current one everywhere.
        let revisions = tag == 1 ? 1...2 : 1...3
        return [
            applicationRow(
                place.key, place.file, place.receipt, place.guardian, place.child, state: "verifying", tag: tag)
        ]
            + revisions.map {
                PlantedRow(
                    "application_revision", place,
                    [
                        "n": $0, "sealed_answers": [UInt8(tag), UInt8($0)], "by_person": place.guardian,
                        "channel": "online", "at": now,
                    ])
            }
            + revisions.flatMap { revision in
                (1...2).map {
                    PlantedRow(
                        "choice", place, ["revision": revision, "rank": $0, "school": "S\(tag)\(revision)\($0)"])
                }
            }
            + (1...(1 + tag)).map {
                PlantedRow(
                    "application_event", place,
                    ["seq": $0, "type": "checked", "state": "verifying", "actor": "machine", "at": now])
            }
            + (1...2).map {
                PlantedRow(
                    "attachment", place,
                    [
                        "id": id(UInt64(10 + $0)) as AttachmentID, "media_type": "image/\(tag)", "size": tag,
                        "sealed_body": [UInt8(tag), UInt8($0)], "at": now.adding(.seconds(Int64($0))),
                    ])
            }
    }

    private static func claim(
        _ place: Place, _ revision: Int, _ credential: String, _ status: String, answerBy: Int
    ) -> PlantedRow {
        PlantedRow(
            "claimed_credential", place,
            [
                "revision": revision, "credential": credential, "sealed_claim": [UInt8(place.tag), UInt8(revision)],
                "status": status, "differing": "", "answer_by": now.adding(.seconds(Int64(answerBy))),
            ])
    }

    private static func fact(
        _ place: Place, _ revision: Int, _ key: String, _ source: String, credential: String?
    ) -> PlantedRow {
        PlantedRow(
            "fact", place,
            [
                "revision": revision, "fact_key": key, "source": source,
                "value": FactValue.integer(place.tag * 10 + revision).encoded, "credential": credential,
                "as_of": now.day, "fetched_at": now,
            ])
    }

    private static func job(
        _ place: Place, _ number: UInt64, _ credential: String, due: Int64 = -10, leased: Int64 = -10
    ) -> PlantedRow {
        PlantedRow(
            "job", place,
            [
                "id": id(number) as JobID, "slot": JobSlot.of(now.adding(.seconds(due))), "kind": "check",
                "revision": 2, "credential": credential,
                "due": now.adding(.seconds(due)), "lease_until": now.adding(.seconds(leased)), "attempts": place.tag,
            ])
    }

    private static func verificationRows(_ place: Place) -> [PlantedRow] {
        let tag = place.tag
        let neighbour = place.key == mine && tag != 1
        // Elsewhere sources have longer to answer; the file before has answered too late already.
        let late = tag == 2 ? -10 : 100 * tag
        let extra =
            tag == 1
            ? []
            : [
                fact(place, 2, "extra_\(tag)", "check", credential: "household"),
                fact(place, 2, "extra_\(tag)", "finding", credential: nil),
            ]
        return [
            claim(place, 1, "household", "waiting", answerBy: 5000 + tag),
            claim(place, 2, "household", "waiting", answerBy: late),
            claim(place, 2, "real_estate_title", "confirmed", answerBy: 6000 + tag),
        ]
            + (1...(1 + tag)).map {
                PlantedRow(
                    "credential_check", place,
                    [
                        "id": id(UInt64(20 + $0)) as CheckID, "revision": 2,
                        "credential": $0 == 1 ? "real_estate_title" : "household", "question_hash": [UInt8(tag)],
                        "outcome": "outcome-\(tag)", "sealed_records": [UInt8(tag), UInt8($0)], "attempt": $0,
                        "asked_at": now, "answered_at": now, "valid_until": far,
                    ])
            }
            + (1...2).flatMap { revision in
                [
                    fact(place, revision, "home.owned", "check", credential: "household"),
                    fact(place, revision, "home.owned", "declared", credential: "household"),
                    fact(place, revision, "social_insurance.months", "check", credential: "social_insurance"),
                    fact(place, revision, "home.residential", "finding", credential: nil),
                    fact(place, revision, "home.kind", "finding", credential: nil),
                ]
            } + extra
            + [
                PlantedRow(
                    "dead_job", place,
                    [
                        "id": id(35) as JobID, "revision": 2, "credential": "household", "attempts": tag,
                        "cause": "cause-\(tag)", "at": now,
                    ])
            ]
            + (1...(1 + tag)).map {
                PlantedRow(
                    "decision", place,
                    [
                        "n": $0, "revision": 2, "version_hash": "v\(tag)", "program": "p", "verdict": "settled",
                        "category": "category_\(tag)", "schools": "S\(tag)", "rank_keys": "\(tag)", "pending": "",
                        "fact_digest": "digest-\(tag)-\($0)", "at": now,
                    ])
            }
            // Jobs have keys of their own in a tenant; across tenants and seasons they are the same.
            + (neighbour
                ? [job(place, UInt64(30 + 10 * tag), "household"), job(place, UInt64(31 + 10 * tag), "household")]
                : [
                    job(place, 30, "household"), job(place, 31, "real_estate_title"),
                    // Leased here and due later here; to be had elsewhere.
                    job(place, 32, "household", leased: tag == 1 ? 60 : -10),
                    job(place, 33, "household", due: tag == 1 ? 60 : -10),
                    // In another slot, which is emptied only once it is worked off.
                    job(place, 36, "household", due: -300, leased: 30), job(place, 34, "household", due: -301),
                ])
    }

    private static func reviewRows(_ place: Place) -> [PlantedRow] {
        let tag = place.tag
        return [("proposed", 1), ("proposed", 2), ("returned", 2)].enumerated().map { number, finding in
            PlantedRow(
                "finding", place,
                [
                    "id": id(UInt64(80 + number)) as FindingID, "revision": finding.1, "fact_key": "home.owned",
                    "value": FactValue.integer(tag).encoded, "sealed_reason": [UInt8(tag)],
                    "by_person": personBehind, "state": finding.0, "at": now,
                ])
        }
            + (1...(1 + tag)).map {
                PlantedRow(
                    "review", place,
                    [
                        "n": $0, "revision": $0 == 1 ? 1 : 2, "stage": "first", "by_person": personBehind,
                        "verdict": "verdict-\(tag)", "sealed_reason": [UInt8(tag), UInt8($0)], "at": now,
                    ])
            }
            + (1...(1 + tag)).map {
                PlantedRow(
                    "note", place,
                    [
                        "n": $0, "author": "family", "sealed_text": [UInt8(tag), UInt8($0)], "by_person": mother,
                        "at": now,
                    ])
            }
    }

    private static func runRow(_ key: TenantSeason, _ run: AllocationRunID, _ round: String, _ tag: Int) -> PlantedRow {
        PlantedRow(
            "allocation_run", .tenant(key.tenant, key.season),
            [
                "tenant": key.tenant.rawValue, "season": key.season, "id": run, "round": round,
                "version_hash": "v\(tag)", "seed": [UInt8(tag)], "roster_root": "root-\(tag)", "seats": "S=\(tag)",
                "outputs_hash": "out-\(tag)", "candidates": tag, "placed": tag, "provisional": 0, "at": now,
            ])
    }

    private static func entry(_ place: Place, _ run: AllocationRunID, category: String) -> PlantedRow {
        PlantedRow(
            "roster_entry", place,
            [
                "run": run, "ticket": "ticket-\(place.tag)", "category": category, "category_ordinal": place.tag,
                "rank_keys": "\(place.tag)", "draw_number": "0\(place.tag)", "choices": "S\(place.tag)",
                "provisional": false,
            ])
    }

    private static func offer(
        _ place: Place, _ number: UInt64, _ run: AllocationRunID, state: String = "open"
    ) -> PlantedRow {
        PlantedRow(
            "offer", place,
            [
                "id": id(number) as OfferID, "run": run, "school": "S\(place.tag)", "state": state,
                "until": now.day, "conditional": true,
            ])
    }

    private static func admissionRows(_ place: Place) -> [PlantedRow] {
        let tag = place.tag
        let neighbour = place.key == mine && tag != 1
        let runs: [AllocationRunID] = [run, secondRun]
        return
            (neighbour
            ? [] : [runRow(place.key, run, "public", tag), runRow(place.key, secondRun, "makeup", tag + 10)])
            + runs.map { entry(place, $0, category: "category_\(tag)\($0 == run ? "" : "_second")") }
            + runs.map {
                PlantedRow(
                    "placement", place, ["run": $0, "school": "S\(tag)\($0 == run ? "1" : "2")", "basis": "rule"])
            }
            + (neighbour ? [] : [offer(place, 90, run)])
            // The file before has one open offer; the one behind an open and an answered one.
            + (tag == 2 ? [offer(place, 91, run)] : [])
            + (tag == 3 ? [offer(place, 92, run), offer(place, 93, secondRun, state: "accepted")] : [])
    }

    /// What only some places have.
    private static var singleRows: [PlantedRow] {
        let extra = [
            Place(8, mine, 102, personBehind, PersonID(high: 6, low: 303)),
            Place(9, mine, 103, personBehind, PersonID(high: 6, low: 304)),
        ]
        let rounds: [(TenantSeason, String)] = [
            (mine, "public"), (before, "public"), (behind, "public"), (lastYear, "public"), (nextYear, "public"),
            (behind, "makeup"), (mine, "makeup"),
        ]
        return [
            applicationRow(
                mine, qualified, "R-102", personBehind, extra[0].child, state: "qualified", tag: 8),
            applicationRow(
                mine, withdrawn, "R-103", personBehind, extra[1].child, state: "withdrawn", tag: 9),
            applicationRow(before, elsewhere, "R-119", personBehind, child, state: "qualified", tag: 12),
            applicationRow(lastYear, elsewhere, "R-119", personBehind, child, state: "qualified", tag: 13),
            applicationRow(
                before, alsoElsewhere, "R-118", personBehind, child, state: "verifying", tag: 14),
            applicationRow(
                lastYear, alsoElsewhere, "R-118", personBehind, child, state: "verifying", tag: 15),
            // A file that is decided waits for nobody.
            claim(extra[0], 2, "household", "waiting", answerBy: 7000),
            PlantedRow("choice", extra[0], ["revision": 2, "rank": 1, "school": "S11"]),
            PlantedRow("choice", extra[1], ["revision": 2, "rank": 1, "school": "S11"]),
            job(Place(10, idle, 100, mother, child), 30, "household", due: 60),
            job(Place(11, leased, 100, mother, child), 30, "household", leased: 60),
            // Before and between what is due this year.
            job(Place(16, lastYear, 100, mother, child), 37, "household", due: -11),
            job(Place(16, lastYear, 100, mother, child), 38, "household", due: 30),
        ]
            + rounds.enumerated().map { number, round in
                PlantedRow(
                    "round", .tenant(round.0.tenant, round.0.season),
                    [
                        "tenant": round.0.tenant.rawValue, "season": round.0.season, "kind": round.1,
                        "version_hash": "v\(number)", "state": "open", "pinned_at": now,
                    ])
            }
            + [(mine, "v"), (mine, "w"), (mine, "u"), (before, "v"), (behind, "v"), (lastYear, "v"), (nextYear, "v")]
            .enumerated().map { number, version in
                PlantedRow(
                    "tenant_version", .province,
                    [
                        "tenant": version.0.tenant.rawValue, "season": version.0.season, "version_hash": version.1,
                        "bundle": "bundle-\(number)", "status": "loaded", "created_at": now,
                    ])
            }
            + [mine, before, behind, lastYear, nextYear].enumerated().flatMap { number, key in
                [("", "verifying", 10 + number), ("", "verifying", -1), ("category_1", "qualified", 20 + number)].map {
                    PlantedRow(
                        "counter_delta", .tenant(key.tenant, key.season),
                        [
                            "tenant": key.tenant.rawValue, "season": key.season, "stage": "primary", "category": $0.0,
                            "state": $0.1, "n": $0.2,
                        ])
                }
            }
            + (0...2).map {
                PlantedRow("key_check", .province, ["id": $0, "proof": [UInt8($0)]])
            }
            + (0...2).map {
                PlantedRow("business_clock", .province, ["id": $0, "ahead_milliseconds": 100 + $0])
            }
    }
}
