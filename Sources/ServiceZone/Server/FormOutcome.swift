import Enrollment
import HTTPTypes
import Hummingbird
import Services

extension Zone {
    /// Does what a form asks and leads to the next page; a refusal shows the form again with its problems, 422.
    /// - Parameters:
    ///   - stale: where to lead when the application has moved on meanwhile.
    ///   - refused: makes the page again from the problems.
    func submit(
        stale: String, _ work: () async throws -> String, refused: ([FormProblem]) async throws -> Response
    ) async throws -> Response {
        do {
            return .seeOther(try await work())
        } catch ServiceError.invalid(let problems) {
            return try await refused(problems)
        } catch ServiceError.upload(let problem) {
            return try await refused([FormProblem("photo", "upload.\(problem.rawValue)")])
        } catch ServiceError.stateChanged {
            return .seeOther(stale)
        }
    }
}

extension ZoneContext {
    /// The receipt number in the address; anything that cannot be one is not found.
    func receipt() throws -> ReceiptNumber {
        guard let receipt = ReceiptNumber(reading: parameters.get("receipt") ?? "") else { throw ServiceError.notFound }
        return receipt
    }

    func draft() throws -> DraftID {
        guard let draft = DraftID(parameters.get("draft") ?? "") else { throw ServiceError.notFound }
        return draft
    }

    func credential() -> CredentialID { CredentialID(rawValue: parameters.get("credential") ?? "") }
}
