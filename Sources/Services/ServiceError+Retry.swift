import Storage

extension ServiceError {
    /// What a refusal of the database says to whoever asked, where it says something.
    public static func refusal(by error: any Error) -> ServiceError? {
        if case StorageError.seasonClosed = error { return .seasonClosed }
        return overloaded(by: error)
    }

    /// A database that is busy, away or full as a request meets it: to be made again later. Nil for other errors.
    public static func overloaded(by error: any Error) -> ServiceError? {
        guard let error = error as? StorageError, error.retry != .useless else { return nil }
        return .overloaded(retryAfterSeconds: error == .busy || error == .deadline ? 2 : 5)
    }
}
