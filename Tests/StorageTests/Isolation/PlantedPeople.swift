import Enrollment
import Storage

extension Planted {
    /// People and what is theirs.
    static var personRows: [PlantedRow] {
        let people = [personBefore, mother, personBehind, child]
        return people.enumerated().flatMap { number, person -> [PlantedRow] in
            let tag = UInt8(number + 1)
            return [
                PlantedRow(
                    "person", .person(person),
                    ["id": person, "data_key": [tag, 1], "sealed_identity": [tag, 2], "created_at": now]),
                PlantedRow(
                    "household_extract", .person(person),
                    ["person": person, "sealed_body": [tag], "fetched_at": now]),
                PlantedRow(
                    "guardianship", .person(person),
                    [
                        "guardian": person, "child": child, "relation": "guardian", "source": "source-\(number)",
                        "since": now,
                    ]),
                PlantedRow(
                    "query_log", .person(person),
                    [
                        "person": person, "id": id(100) as CheckID, "credential": "household", "purpose": "prefill",
                        "operator": "operator-\(number)", "organisation": "430000", "sealed_subject": [tag],
                        "outcome": "confirmed", "at": now,
                    ]),
            ]
                + [
                    (season, [1] as [UInt8]), (season, [2]), (season, [0]), (lastYear.season, [1]),
                    (nextYear.season, [1]),
                ]
                .enumerated().map { offset, key in
                    PlantedRow(
                        "submission_key", .person(person),
                        [
                            "person": person, "season": key.0, "key_hash": key.1,
                            "request_digest": [tag, UInt8(offset)],
                            "receipt": "R-\(number)-\(offset)", "at": now,
                        ])
                }
                + [(110, season), (111, season), (109, lastYear.season), (112, nextYear.season)].map {
                    (draft: (UInt64, SeasonYear)) in
                    PlantedRow(
                        "draft", .person(person),
                        [
                            "person": person, "id": id(draft.0) as ApplicationID, "season": draft.1,
                            "sealed_body": [tag, UInt8(draft.0)], "updated_at": now,
                        ])
                }
                + [(season, 100), (season, 105), (season, 95), (lastYear.season, 100), (nextYear.season, 100)].map {
                    (entry: (SeasonYear, UInt64)) in
                    PlantedRow(
                        "person_application", .person(person),
                        [
                            "person": person, "season": entry.0, "tenant": mine.tenant.rawValue,
                            "application": ApplicationID(
                                high: UInt64(entry.0.value) * 10 + UInt64(number), low: entry.1),
                            "receipt": "R-\(entry.1)",
                            "role": "guardian", "child": child,
                        ])
                }
        } + consents + identifiers + claims
    }

    private static func consent(_ person: PersonID, _ purpose: String, withdrawn: Bool = false) -> PlantedRow {
        PlantedRow(
            "consent", .person(person),
            [
                "person": person, "purpose": purpose, "at": now, "text_version": "1",
                "withdrawn_at": withdrawn ? now : nil as Instant?,
            ])
    }

    private static let consents = [
        consent(mother, "prefill"), consent(mother, "withdrawn", withdrawn: true), consent(personBefore, "other"),
        consent(personBehind, "other"),
    ]

    private static let identifiers: [PlantedRow] = [
        ("document", [7], mother), ("subject", [7], personBefore), ("account", [7], personBehind),
        ("document", [6], personBefore), ("document", [8], personBehind),
    ].map { (identifier: (String, [UInt8], PersonID)) in
        PlantedRow(
            "person_identifier", .signIn,
            ["kind": identifier.0, "keyed_hash": identifier.1, "person": identifier.2])
    }

    /// A child has one claim a season; others hold those on the children beside.
    private static let claims: [PlantedRow] = [
        (child, mine, file), (child, lastYear, fileBefore), (child, nextYear, fileBehind),
        (childBefore, mine, fileBefore),
        (childBefore, lastYear, newFile),
        (childOfTenantBefore, before, file), (childOfTenantBehind, behind, file),
        (childOfLastYear, lastYear, file),
    ].map { (claim: (PersonID, TenantSeason, ApplicationID)) in
        PlantedRow(
            "child_claim", .tenant(claim.1.tenant, claim.1.season),
            [
                "child": claim.0, "season": claim.1.season, "tenant": claim.1.tenant.rawValue, "application": claim.2,
            ])
    }

    /// Sessions, roles, the audit.
    static var accessRows: [PlantedRow] {
        let sessions: [([UInt8], PersonID, Instant)] = [
            (token, mother, far), (othersToken, personBefore, far), (expiredToken, mother, longAgo),
        ]
        let grants: [(UInt64, PersonID, TenantCode, Instant, Instant?, Instant?)] = [
            (120, mother, mine.tenant, now, nil, nil), (121, mother, before.tenant, now, far, nil),
            (122, mother, mine.tenant, now, now, nil), (123, mother, mine.tenant, far, nil, nil),
            (124, mother, mine.tenant, now, nil, now), (125, personBefore, mine.tenant, now, nil, nil),
            (126, personBehind, behind.tenant, now, nil, nil),
        ]
        return sessions.map {
            PlantedRow(
                "session", .signIn,
                [
                    "token_hash": $0.0, "person": $0.1, "csrf": "csrf-\($0.0)", "created_at": longAgo,
                    "expires_at": $0.2,
                ])
        }
            + grants.map {
                PlantedRow(
                    "staff_grant", .province,
                    [
                        "person": $0.1, "id": id($0.0) as StaffGrantID, "tenant": $0.2.rawValue,
                        "role": "role-\($0.0)", "from_at": $0.3, "until_at": $0.4, "granted_by": "test",
                        "revoked_at": $0.5,
                    ])
            }
            + [([1] as [UInt8], 10), ([1], 20), ([2], 10), ([2], 20)].map { (count: ([UInt8], Int)) in
                PlantedRow("rate_count", .province, ["subject": count.0, "stretch": count.1, "n": count.1 + 1])
            }
            + ["a", "b", "c"].flatMap { writer in
                (1...3).map {
                    PlantedRow(
                        "audit", .province,
                        [
                            "writer": writer, "seq": $0, "prev_hash": "h\($0 - 1)", "entry": "\(writer)\($0)",
                            "hash": "h\($0)", "at": now,
                        ])
                }
            }
    }
}
