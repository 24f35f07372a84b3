public import Enrollment

/// An application as stored: codes and identifiers only.
public struct ApplicationRow: Sendable, Hashable {
    public let key: TenantSeason
    public let id: ApplicationID
    public let receipt: ReceiptNumber
    public let child: PersonID
    public let guardian: PersonID
    public let stage: Stage
    public let state: ApplicationState
    /// The category that the latest decision settles; nil while it settles none.
    public let category: CategoryID?
    public let stateSince: Instant
    public let revision: Int
    public let ticket: String
    /// The same for twins: who applies, and the birth date, hashed with a key.
    public let twinGroup: [UInt8]
    public let personAsked: Bool
    public let submittedAt: Instant
    /// When the machine's last answer settled the verdict.
    public let settledAt: Instant?
    /// How long departments took for this revision, the slowest of them.
    public let departmentMilliseconds: Int?
    /// The key under which everything of this application is sealed, wrapped by the master key.
    public let dataKey: [UInt8]
    /// For whom the key was wrapped: the application itself, or the child in files older than keys of their own.
    public let keySubject: [UInt8]

    public init(
        key: TenantSeason, id: ApplicationID, receipt: ReceiptNumber, child: PersonID, guardian: PersonID, stage: Stage,
        state: ApplicationState, stateSince: Instant, revision: Int, ticket: String, twinGroup: [UInt8],
        personAsked: Bool, submittedAt: Instant, dataKey: [UInt8], keySubject: [UInt8], settledAt: Instant? = nil,
        departmentMilliseconds: Int? = nil, category: CategoryID? = nil
    ) {
        self.key = key
        self.id = id
        self.receipt = receipt
        self.child = child
        self.guardian = guardian
        self.stage = stage
        self.state = state
        self.stateSince = stateSince
        self.revision = revision
        self.ticket = ticket
        self.twinGroup = twinGroup
        self.personAsked = personAsked
        self.submittedAt = submittedAt
        self.settledAt = settledAt
        self.departmentMilliseconds = departmentMilliseconds
        self.dataKey = dataKey
        self.keySubject = keySubject
        self.category = category
    }

    init(_ row: Row) throws(StorageError) {
        key = TenantSeason(try row.code("tenant"), try row.season("season"))
        id = try row.id("id")
        receipt = try row.code("receipt")
        child = try row.id("child")
        guardian = try row.id("guardian")
        stage = try row.decode("stage")
        state = try row.decode("state")
        stateSince = try row.instant("state_since")
        revision = try row.int("revision")
        ticket = try row.text("ticket")
        twinGroup = try row.blob("twin_group")
        personAsked = try row.bool("person_asked")
        submittedAt = try row.instant("submitted_at")
        settledAt = try row.optionalInstant("settled_at")
        departmentMilliseconds = try row.optionalInt("department_milliseconds")
        dataKey = try row.blob("data_key")
        keySubject = try row.blob("key_subject")
        category = try row.optionalCode("category")
    }
}

/// One revision of a family's answers, sealed.
public struct RevisionRow: Sendable, Hashable {
    public let number: Int
    public let sealedAnswers: [UInt8]
    public let by: PersonID
    public let at: Instant

    public init(number: Int, sealedAnswers: [UInt8], by: PersonID, at: Instant) {
        self.number = number
        self.sealedAnswers = sealedAnswers
        self.by = by
        self.at = at
    }
}

/// One event in an application's history.
public struct EventRow: Sendable, Hashable {
    public let sequence: Int
    public let type: ApplicationEventType
    public let state: ApplicationState
    public let actor: Actor
    public let at: Instant

    public init(sequence: Int, type: ApplicationEventType, state: ApplicationState, actor: Actor, at: Instant) {
        self.sequence = sequence
        self.type = type
        self.state = state
        self.actor = actor
        self.at = at
    }

    public enum Actor: String, Sendable, Codable { case family, machine, officer, `operator` }
}

/// A file attached to an application, sealed.
public struct AttachmentRow: Sendable, Hashable {
    public let id: AttachmentID
    public let mediaType: String
    /// Bytes before sealing.
    public let size: Int
    public let sealedBody: [UInt8]
    public let at: Instant

    public init(id: AttachmentID, mediaType: String, size: Int, sealedBody: [UInt8], at: Instant) {
        self.id = id
        self.mediaType = mediaType
        self.size = size
        self.sealedBody = sealedBody
        self.at = at
    }
}
