public import Enrollment

/// The departments behind one data exchange: fills the request that a connector describes, asks, reads the reply.
public struct DepartmentGateway: Sendable {
    private let connectors: [CredentialID: Connector]
    private let exchange: ExchangeClient

    public init(connectors: [CredentialID: Connector], exchange: ExchangeClient) {
        self.connectors = connectors
        self.exchange = exchange
    }

    /// The departments as a port.
    public var source: CredentialSource { CredentialSource { await ask($0) } }

    /// Asks the credential's department. Whatever goes wrong is an answer, never an error; a credential without a
    /// connector is `notSupported`.
    public func ask(_ question: CredentialQuestion) async -> SourceReply {
        guard let connector = connectors[question.credential] else { return .notSupported }
        do throws(GatewayError) {
            let answer = try await exchange.query(
                service: connector.service, path: connector.path, family: connector.headers,
                body: try JSONBody.encode(connector.request.mapValues { Self.value(of: $0, question) }),
                deadlineMilliseconds: connector.deadlineMilliseconds)
            switch answer {
            case .queued: return .queued
            case .notSupported: return .notSupported
            case .envelope(let envelope):
                // Rows that are not where the connector says are not "no rows".
                guard let rows = envelope.value(at: connector.rows)?.list else { throw .unreadable }
                return .records(try RowReader.records(rows, connector.fields))
            }
        } catch {
            return .unavailable(UnavailableCause(error))
        }
    }

    private static func value(of source: Connector.RequestSource, _ question: CredentialQuestion) -> String {
        switch source {
        case .subjectNumber: question.subject.number
        case .subjectName: question.subjectName.value
        case .purpose: question.purpose.rawValue
        case .organisation: question.organisation.rawValue
        case .operatorAccount: question.operatorAccount
        }
    }
}

extension UnavailableCause {
    init(_ error: GatewayError) {
        self =
            switch error {
            case .transport(.timeout): .timeout
            case .transport(.badReply), .transport(.tooLarge): .unreadable
            case .transport: .connection
            case .serverError: .serverError
            case .badSignature: .badSignature
            case .notAuthorised: .notAuthorised
            default: .unreadable
            }
    }
}
