import Enrollment

/// The rows of new applications, table by table.
struct NewFileRows {
    private let key: TenantSeason
    private var revisions: RowBatch
    private var choices: RowBatch
    private var events: RowBatch
    private var guardianships: RowBatch
    private var facts: RowBatch
    private var claims: RowBatch
    private var jobs: RowBatch
    private var decisions: RowBatch
    private var consents: RowBatch

    init(_ key: TenantSeason) {
        self.key = key
        let file: [RowBatch.Column] = [.init("tenant", .text), .init("season", .integer), .init("application", .blob)]
        revisions = RowBatch(
            into: "application_revision",
            file + [
                .init("n", .integer), .init("sealed_answers", .blob), .init("by_person", .blob),
                .init("channel", .text),
                .init("at", .integer),
            ])
        choices = RowBatch(
            into: "choice", file + [.init("revision", .integer), .init("rank", .integer), .init("school", .text)])
        events = RowBatch(
            into: "application_event",
            file + [
                .init("seq", .integer), .init("type", .text), .init("state", .text), .init("actor", .text),
                .init("at", .integer),
            ])
        guardianships = RowBatch(
            into: "guardianship",
            [
                .init("guardian", .blob), .init("child", .blob), .init("relation", .text), .init("source", .text),
                .init("since", .integer),
            ], skipsExisting: true)
        facts = RowBatch(
            into: "fact",
            file + [
                .init("revision", .integer), .init("fact_key", .text), .init("source", .text), .init("value", .text),
                .init("unknown_reason", .text), .init("credential", .text), .init("as_of", .text),
                .init("fetched_at", .integer),
            ])
        claims = RowBatch(
            into: "claimed_credential",
            file + [
                .init("revision", .integer), .init("credential", .text), .init("sealed_claim", .blob),
                .init("status", .text), .init("differing", .text), .init("answer_by", .integer),
            ])
        jobs = JobRepository.rows()
        decisions = RowBatch(
            into: "decision",
            file + [
                .init("n", .integer), .init("revision", .integer), .init("version_hash", .text),
                .init("program", .text), .init("verdict", .text), .init("category", .text), .init("schools", .text),
                .init("rank_keys", .text), .init("pending", .text), .init("fact_digest", .text), .init("at", .integer),
            ])
        consents = RowBatch(
            into: "consent",
            [
                .init("person", .blob), .init("purpose", .text), .init("at", .integer), .init("text_version", .text),
                .init("application", .blob),
            ], skipsExisting: true)
    }

    /// In the order in which they are inserted.
    var batches: [RowBatch] {
        [revisions, choices, events, guardianships, facts, claims, jobs, decisions, consents].filter {
            !$0.rows.isEmpty
        }
    }

    mutating func add(_ file: NewFile) {
        let application = file.application
        let head: [SQLValue] = [.text(key.tenant.rawValue), key.season.sqlValue, application.id.sqlValue]
        let revision = file.revision
        revisions.add(
            head + [
                revision.number.sqlValue, revision.sealedAnswers.sqlValue, revision.by.sqlValue, .text("online"),
                revision.at.sqlValue,
            ])
        for (rank, school) in file.choices.enumerated() {
            choices.add(head + [revision.number.sqlValue, (rank + 1).sqlValue, .text(school.rawValue)])
        }
        for event in file.events {
            events.add(
                head + [
                    event.sequence.sqlValue, .text(event.type.rawValue), .text(event.state.rawValue),
                    .text(event.actor.rawValue), event.at.sqlValue,
                ])
        }
        guardianships.add([
            application.guardian.sqlValue, application.child.sqlValue, .text(file.relation.rawValue), .text("declared"),
            application.submittedAt.sqlValue,
        ])
        for fact in file.facts { facts.add(head + [revision.number.sqlValue] + FactRepository.values(fact)) }
        for claim in file.claims {
            claims.add(
                head + [
                    revision.number.sqlValue, .text(claim.credential.rawValue), claim.sealedClaim.sqlValue,
                    .text(claim.status), .text(""), claim.answerBy.sqlValue,
                ])
        }
        for job in file.jobs { jobs.add(JobRepository.values(job, due: file.due)) }
        decisions.add(head + [1.sqlValue] + DecisionRepository.values(file.decision))
        for consent in file.consents {
            consents.add([
                application.guardian.sqlValue, .text(consent.purpose), application.submittedAt.sqlValue,
                .text(consent.textVersion), application.id.sqlValue,
            ])
        }
    }

    /// Applications themselves: of those whose receipt number is in use none is inserted.
    static func applications(_ key: TenantSeason) -> RowBatch {
        RowBatch(
            into: "application",
            [
                .init("tenant", .text), .init("season", .integer), .init("id", .blob), .init("receipt", .text),
                .init("child", .blob), .init("guardian", .blob), .init("round", .text), .init("stage", .text),
                .init("state", .text), .init("state_since", .integer), .init("revision", .integer),
                .init("ticket", .text), .init("twin_group", .blob), .init("person_asked", .integer),
                .init("submitted_at", .integer), .init("data_key", .blob), .init("key_subject", .blob),
                .init("category", .text),
            ], skipsExisting: true)
    }

    static func values(_ row: ApplicationRow, receipt: ReceiptNumber, _ key: TenantSeason) -> [SQLValue] {
        [
            .text(key.tenant.rawValue), key.season.sqlValue, row.id.sqlValue, .text(receipt.rawValue),
            row.child.sqlValue, row.guardian.sqlValue, .text("public"), .text(row.stage.rawValue),
            .text(row.state.rawValue), row.stateSince.sqlValue, row.revision.sqlValue, .text(row.ticket),
            row.twinGroup.sqlValue, row.personAsked.sqlValue, row.submittedAt.sqlValue, row.dataKey.sqlValue,
            row.keySubject.sqlValue, (row.category?.rawValue).sqlValue,
        ]
    }

    /// What names the receipt number: the family's index, and the submission's key.
    static var index: [RowBatch] {
        [
            RowBatch(
                into: "person_application",
                [
                    .init("person", .blob), .init("season", .integer), .init("tenant", .text),
                    .init("application", .blob), .init("receipt", .text), .init("role", .text), .init("child", .blob),
                ]),
            RowBatch(
                into: "submission_key",
                [
                    .init("person", .blob), .init("season", .integer), .init("key_hash", .blob),
                    .init("request_digest", .blob), .init("receipt", .text), .init("at", .integer),
                ]),
        ]
    }

    /// The values for ``index``.
    static func values(_ file: NewFile, receipt: ReceiptNumber, _ key: TenantSeason) -> [[SQLValue]] {
        let application = file.application
        return [
            [
                application.guardian.sqlValue, key.season.sqlValue, .text(key.tenant.rawValue), application.id.sqlValue,
                .text(receipt.rawValue), .text("guardian"), application.child.sqlValue,
            ],
            [
                application.guardian.sqlValue, key.season.sqlValue, file.keyHash.sqlValue, file.requestDigest.sqlValue,
                .text(receipt.rawValue), application.submittedAt.sqlValue,
            ],
        ]
    }
}
