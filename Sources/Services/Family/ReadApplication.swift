public import Enrollment
import Storage

/// Reads the viewer's own application; another family's receipt number reads as none at all.
public struct ReadApplication: Sendable {
    let platform: Platform
    public init(_ platform: Platform) { self.platform = platform }

    public func callAsFunction(_ viewer: Viewer, _ receipt: ReceiptNumber) async throws -> ApplicationView {
        let platform = platform
        return try await platform.readOwn(receipt, viewer) { row, tx in
            try ApplicationFile.open(row, platform: platform, in: tx).view(platform: platform)
        }
    }
}

/// Yields whenever an application of the viewer's changes, until the stream is dropped.
public struct WatchApplication: Sendable {
    let platform: Platform
    public init(_ platform: Platform) { self.platform = platform }

    public func callAsFunction(_ viewer: Viewer, _ receipt: ReceiptNumber) async throws -> AsyncStream<Void> {
        let platform = platform
        let id = try await platform.readOwn(receipt, viewer) { row, _ in row.id }
        return platform.changes.watch(id)
    }
}

/// A file to be handed out.
public struct AttachmentFile: Sendable, Hashable {
    public let mediaType: String
    public let bytes: [UInt8]
    /// A name that says nothing of the family.
    public let name: String
}

/// Opens an attachment for its family, or for staff of the tenant.
public struct ReadAttachment: Sendable {
    let platform: Platform
    public init(_ platform: Platform) { self.platform = platform }

    public func callAsFunction(
        _ viewer: Viewer, _ receipt: ReceiptNumber, _ attachment: AttachmentID
    ) async throws -> AttachmentFile {
        let platform = platform
        let read: @Sendable (ApplicationRow, any Reading) throws -> AttachmentFile = { row, tx in
            guard
                let stored = try ApplicationRepository.attachment(attachment, of: row.id, row.key, in: tx)
            else { throw ServiceError.notFound }
            let sealer = try platform.vault.sealer(of: row)
            let ending = stored.mediaType == "image/png" ? "png" : "jpg"
            return AttachmentFile(
                mediaType: stored.mediaType,
                bytes: try sealer.openBytes(stored.sealedBody, SealContext.attachment(attachment)),
                name: "attachment-\(attachment.description.prefix(8)).\(ending)")
        }
        if !viewer.roles(in: receipt.tenant).isEmpty {
            return try await platform.readCase(receipt, receipt.tenant, read)
        }
        return try await platform.readOwn(receipt, viewer, read)
    }
}

/// Reads who asked which register about the viewer's family.
public struct ReadQueryLog: Sendable {
    let platform: Platform
    public init(_ platform: Platform) { self.platform = platform }

    public func callAsFunction(_ viewer: Viewer) async throws -> [QueryLogEntry] {
        let platform = platform
        return try await platform.database.read(.person(viewer.person)) { tx in
            let sealer = try platform.vault.sealer(of: viewer.person, in: tx)
            return try QueryLogRepository.list(about: viewer.person, limit: 200, in: tx).map { entry in
                QueryLogEntry(
                    credential: entry.credential, purpose: entry.purpose, organisation: entry.organisation,
                    outcome: entry.outcome, at: entry.at,
                    subjectName: try sealer.open(entry.sealedSubject, SealContext.querySubject(viewer.person)))
            }
        }
    }
}

extension Platform {
    /// Reads an application that the viewer filed.
    func readOwn<Value: Sendable>(
        _ receipt: ReceiptNumber, _ viewer: Viewer,
        _ body: @escaping @Sendable (ApplicationRow, any Reading) throws -> Value
    ) async throws -> Value {
        let entry = try await ownEntry(receipt, viewer)
        let key = key(entry.tenant)
        return try await database.read(.filing(viewer.person, entry.tenant, season, entry.application)) { tx in
            guard let row = try ApplicationRepository.find(entry.application, of: key, in: tx),
                row.guardian == viewer.person
            else { throw ServiceError.notFound }
            return try body(row, tx)
        }
    }

    /// Writes to an application that the viewer filed, and tells its watchers.
    @discardableResult
    func writeOwn<Value: Sendable>(
        _ receipt: ReceiptNumber, _ viewer: Viewer, action: String,
        _ body: @escaping @Sendable (ApplicationRow, any Writing) throws -> Value
    ) async throws -> Value {
        let entry = try await ownEntry(receipt, viewer)
        let key = key(entry.tenant)
        let platform = self
        let now = clock.business()
        let value = try await database.write(.filing(viewer.person, entry.tenant, season, entry.application)) { tx in
            guard let row = try ApplicationRepository.hold(entry.application, of: key, in: tx),
                row.guardian == viewer.person
            else { throw ServiceError.notFound }
            let value = try body(row, tx)
            try platform.audit.record(
                action, tenant: key.tenant, subject: row.id.description, by: viewer.person.description, at: now, in: tx)
            return value
        }
        changes.workAdded()
        changes.applicationChanged(entry.application)
        return value
    }

    private func ownEntry(_ receipt: ReceiptNumber, _ viewer: Viewer) async throws -> SubmissionRepository.IndexEntry {
        let season = season
        let entry = try await database.read(.person(viewer.person)) { tx in
            try SubmissionRepository.entry(receipt, of: viewer.person, season: season, in: tx)
        }
        guard let entry else { throw ServiceError.notFound }
        return entry
    }
}
