public import Storage

/// A PostgreSQL database, through a pool of connections with a thread each.
///
/// Writes are READ COMMITTED, reads see one state (REPEATABLE READ, READ ONLY). A transaction takes two round trips more
/// than none: its beginning and its scope go with its first statement, its end is the second. Bodies run on the
/// connections' threads.
///
/// A statement is sent once. The one exception is a connection that turns out to have died while it was idle: a
/// transaction of which nothing was answered begins again on another connection, unseen by its body.
public final class PostgreSQLDatabase: Database {
    public let dialect = Dialect.postgresql
    private let pool: PostgreSQLPool
    private let notifications: PostgreSQLNotifications

    /// Whether Citus spreads the tables over several servers.
    private let isDistributed: Bool

    private init(_ settings: PostgreSQLSettings, isDistributed: Bool = false) {
        self.isDistributed = isDistributed
        pool = PostgreSQLPool(settings)
        notifications = PostgreSQLNotifications(settings)
    }

    /// A database that nobody holds any more lets go of its threads and connections.
    deinit {
        notifications.shut()
        pool.shut()
    }

    /// Connects, and refuses with `unavailable`, in plain words, what would not be safe to work on: a server older than
    /// 15, a database that is not UTF-8 or sorts in another order than SQLite, and, unless the settings say it is the
    /// owner's, a role that row-level security does not hold.
    public static func open(_ settings: PostgreSQLSettings) async throws -> PostgreSQLDatabase {
        let database = PostgreSQLDatabase(settings)
        do {
            let isDistributed = try await database.read(.migration) { tx in
                try PostgreSQLRequirements.check(tx, isOwner: settings.isOwner)
            }
            guard isDistributed else { return database }
            try await database.close()
            return PostgreSQLDatabase(settings, isDistributed: true)
        } catch {
            try await database.close()
            throw error
        }
    }

    public func read<T: Sendable>(
        _ scope: Scope, _ body: @escaping @Sendable (any Reading) throws -> T
    ) async throws -> T {
        let isDistributed = isDistributed
        return try await transact(.read) { session, answer in
            let result = Result { try body(PostgreSQLTransaction(session, scope, isDistributed: isDistributed)) }
            switch result {
            case .success:
                if let failure = session.failure {
                    session.rollback()
                    answer(.failure(failure))
                } else {
                    session.endRead { answer(result) }
                }
            case .failure:
                session.rollback()
                answer(result)
            }
        }
    }

    @discardableResult
    public func write<T: Sendable>(
        _ scope: Scope, _ body: @escaping @Sendable (any Writing) throws -> T
    ) async throws -> T {
        let isDistributed = isDistributed
        return try await transact(.write) { session, answer in
            let result = Result {
                let value = try body(PostgreSQLTransaction(session, scope, isDistributed: isDistributed))
                try session.commit()
                return value
            }
            if case .failure = result { session.rollback() }
            answer(result)
        }
    }

    public func close() async throws {
        await notifications.close()
        await pool.close()
    }

    /// Has a transaction run on a connection's thread. `work` answers once, maybe before it is done.
    private func transact<T: Sendable>(
        _ kind: PostgreSQLSession.Kind,
        _ work: @escaping @Sendable (PostgreSQLSession, @escaping (Result<T, any Error>) -> Void) -> Void
    ) async throws -> T {
        let ticket = PostgreSQLTicket()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<T, any Error>) in
                let job = PostgreSQLPool.Job(ticket: ticket) { connection in
                    work(PostgreSQLSession(connection, kind, ticket)) { result in
                        continuation.resume(with: result.mapError(Self.outside))
                    }
                } refuse: { error in
                    continuation.resume(throwing: error)
                }
                pool.submit(job)
            }
        } onCancel: {
            pool.withdraw(ticket)
        }
    }

    private static func outside(_ error: any Error) -> any Error {
        if case StorageError.cancelled = error { CancellationError() } else { error }
    }
}

extension PostgreSQLDatabase {
    /// The payloads sent to a channel by any process, from now until the stream is let go. An empty payload stands for
    /// "something may have been missed": it comes first, and whenever the connection was lost and made again.
    public func listen(_ channel: StaticString) -> AsyncStream<String> { notifications.listen(channel) }

    /// Sends payloads, of less than 8,000 bytes each, to whoever listens to a channel; to be called after the commit of
    /// what it tells of. Equal payloads of one call may arrive as one. Never in a transaction of `write`, because
    /// PostgreSQL commits those that notify one after the other.
    public func notify(_ channel: StaticString, payloads: [String]) async throws {
        try await notifications.notify(channel, payloads)
    }
}
