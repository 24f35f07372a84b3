import Enrollment
import Foundation

/// An application as the portal's JSON tells it.
struct ApplicationReading: Sendable, Hashable, Decodable {
    struct Credential: Sendable, Hashable, Decodable {
        let credential: CredentialID
        let status: String

        /// Whether the family has a step of its own to take.
        var isDisputed: Bool { ["differs", "not_found", "multiple", "expired"].contains(status) }
    }

    struct Offer: Sendable, Hashable, Decodable {
        let school: SchoolCode
        let state: String
    }

    let receipt: String
    let tenant: TenantCode
    let state: ReplayState
    let category: CategoryID?
    let schools: [SchoolCode]
    let credentials: [Credential]
    let offer: Offer?
    let revision: Int
    /// Milliseconds from submission to the machine's last word.
    let verificationMilliseconds: Double?
    /// Milliseconds of them that departments took, where the portal tells.
    let departmentMilliseconds: Double?

    private enum CodingKeys: String, CodingKey {
        case receipt, tenant, state, category, schools, credentials, offer, revision
        case verificationMilliseconds = "verification_ms"
        case departmentMilliseconds = "department_ms"
    }
}
