import Foundation
import Storage

/// Where transactions wait until all of them have begun, each on its own connection: what follows really happens at once.
/// SQLite has one writer at a time, so nobody is waited for there.
///
/// `@unchecked`: the count is touched under the condition's lock only.
final class Gathering: @unchecked Sendable {
    private let condition = NSCondition()
    private let parties: Int
    private var arrived = 0

    init(_ parties: Int, _ driver: Driver) {
        self.parties = driver == .postgresql ? parties : 1
    }

    struct Missed: Error {}

    /// Begins the transaction and waits; throws when the others do not come.
    func begun(_ tx: any Writing) throws {
        _ = try tx.row("SELECT 1 AS one")
        condition.lock()
        defer { condition.unlock() }
        arrived += 1
        condition.broadcast()
        let patience = Date(timeIntervalSinceNow: 30)
        while arrived < parties {
            guard condition.wait(until: patience) else { throw Missed() }
        }
    }
}

extension World {
    /// Runs bodies at once, each in a transaction of its own, and gives what each of them gave or threw.
    func atOnce<Result: Sendable>(
        _ driver: Driver, _ bodies: [(scope: Scope, body: @Sendable (any Writing) throws -> Result)]
    ) async throws -> [Swift.Result<Result, StorageError>] {
        let gathering = Gathering(bodies.count, driver)
        let database = database
        return try await withThrowingTaskGroup(of: Swift.Result<Result, StorageError>.self) { group in
            for (scope, body) in bodies {
                group.addTask {
                    do {
                        return .success(
                            try await database.write(scope) { tx in
                                try gathering.begun(tx)
                                return try body(tx)
                            })
                    } catch let error as StorageError {
                        return .failure(error)
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }
}
