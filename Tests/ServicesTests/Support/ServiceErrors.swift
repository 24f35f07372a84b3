import Services

/// The service error that a body throws; nil when it throws none. Other errors come out.
func refusal(_ body: () async throws -> Void) async throws -> ServiceError? {
    do {
        try await body()
        return nil
    } catch let error as ServiceError {
        return error
    }
}

extension ServiceError {
    /// Fields of a form that were refused, with the code of what is wrong.
    var problems: [String: String] {
        guard case .invalid(let problems) = self else { return [:] }
        return Dictionary(problems.map { ($0.field, $0.code) }, uniquingKeysWith: { first, _ in first })
    }
}
