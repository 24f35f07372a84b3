import Storage

extension Planted {
    /// Opens a database, plants everything, and runs the body on it.
    static func run<Result>(_ driver: Driver, _ body: (any Database) async throws -> Result) async throws -> Result {
        try await driver.run { database in
            try await plant(in: database)
            return try await body(database)
        }
    }
}
