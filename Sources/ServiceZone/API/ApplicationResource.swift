import Enrollment
import Services
import Tenancy

/// An application in the JSON interface.
struct ApplicationResource: Encodable, Sendable {
    struct Credential: Encodable, Sendable {
        let credential: String
        let status: String
        /// Fields in which claim and register differ; what the register holds is never told.
        let fields: [String]
    }

    struct Offer: Encodable, Sendable {
        let school: String
        let state: String
    }

    /// What the family can do now.
    enum Step: String, Sendable, CaseIterable {
        case repair, accept, person, supplement, offer, edit, withdraw
    }

    let receipt: String
    let tenant: String
    let state: String
    let category: String?
    let schools: [String]
    let credentials: [Credential]
    let next: [String]
    let offer: Offer?
    let revision: Int
    let verificationMilliseconds: Int64?
    let departmentMilliseconds: Int64?

    enum CodingKeys: String, CodingKey {
        case receipt, tenant, state, category, schools, credentials, next, offer, revision
        case verificationMilliseconds = "verification_ms"
        case departmentMilliseconds = "department_ms"
    }

    init(_ view: ApplicationView) {
        receipt = view.receipt.rawValue
        tenant = view.tenant.code.rawValue
        state = view.state.rawValue
        category = view.category?.id.rawValue
        schools = view.schools.map(\.code.rawValue)
        credentials = view.credentials.map {
            Credential(
                credential: $0.connector.credential.rawValue, status: $0.status.rawValue,
                fields: $0.fields.map(\.rawValue))
        }
        next = Step.allCases.filter { Self.isOpen($0, view) }.map(\.rawValue)
        offer = view.offer.map { Offer(school: $0.school.code.rawValue, state: $0.state.rawValue) }
        revision = view.revision
        verificationMilliseconds = view.verificationMilliseconds
        departmentMilliseconds = view.departmentMilliseconds
    }

    private static func isOpen(_ step: Step, _ view: ApplicationView) -> Bool {
        switch step {
        case .repair: view.credentials.contains(where: \.canRepair)
        case .accept: view.credentials.contains(where: \.canAccept)
        case .person: view.credentials.contains(where: \.canAskPerson)
        case .supplement: view.state == .supplementRequested
        case .offer: view.offer?.state == .open
        case .edit: view.canEdit
        case .withdraw: view.canWithdraw
        }
    }

    /// Written out, because a value that is not there is `null` and not left out.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(receipt, forKey: .receipt)
        try container.encode(tenant, forKey: .tenant)
        try container.encode(state, forKey: .state)
        try container.encode(category, forKey: .category)
        try container.encode(schools, forKey: .schools)
        try container.encode(credentials, forKey: .credentials)
        try container.encode(next, forKey: .next)
        try container.encode(offer, forKey: .offer)
        try container.encode(revision, forKey: .revision)
        try container.encode(verificationMilliseconds, forKey: .verificationMilliseconds)
        try container.encode(departmentMilliseconds, forKey: .departmentMilliseconds)
    }
}
