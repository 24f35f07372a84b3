public import Catchments
public import Enrollment
import Foundation
import Protection

/// A tenant as it is after inheritance: everything a season needs to know of a county or city, in one value.
///
/// The value is what is published, pinned and snapshotted; it does not change while a round runs.
public struct Tenant: Sendable, Codable, Hashable {
    public let code: TenantCode
    public let name: LocalizedText
    public let kind: TenantKind
    /// The city it lies in; its own code for a city.
    public let city: TenantCode
    public let mode: TenantMode
    /// County-level GB/T 2260 divisions it serves; empty for a city whose counties serve themselves.
    public let divisions: [DivisionCode]
    public let stages: [Stage]
    public let contact: Contact
    public let policy: Policy
    /// In the order of `schools.csv`; empty without a published plan.
    public let schools: [School]
    public let catchments: [Stage: CatchmentPlan]
    /// Where schools and catchments come from.
    public let planAuthority: Authority
    /// Most pupils in one class.
    public let classSizeCap: [Stage: Int]
    /// Where each section was written, in the order of their names.
    public let sections: [SectionOrigin]
    /// SHA-256 in hexadecimal over everything above except `sections`, as JSON with sorted keys. Stored, so that a
    /// pinned bundle keeps the hash under which it was signed.
    public let versionHash: String

    public init(
        code: TenantCode, name: LocalizedText, kind: TenantKind, city: TenantCode, mode: TenantMode,
        divisions: [DivisionCode], stages: [Stage], contact: Contact, policy: Policy, schools: [School],
        catchments: [Stage: CatchmentPlan], planAuthority: Authority, classSizeCap: [Stage: Int],
        sections: [SectionOrigin]
    ) {
        self.code = code
        self.name = name
        self.kind = kind
        self.city = city
        self.mode = mode
        self.divisions = divisions
        self.stages = stages
        self.contact = contact
        self.policy = policy
        self.schools = schools
        self.catchments = catchments
        self.planAuthority = planAuthority
        self.classSizeCap = classSizeCap
        self.sections = sections
        versionHash =
            Version(
                code: code, name: name, kind: kind, city: city, mode: mode, divisions: divisions, stages: stages,
                contact: contact, policy: policy, schools: schools, catchments: catchments,
                planAuthority: planAuthority,
                classSizeCap: classSizeCap
            ).hash
    }

    /// Whether schools and catchments come from a published document; pages say so where they do not.
    public var isPlanPublished: Bool { planAuthority.kind == .published }

    public func school(_ code: SchoolCode) -> School? { schools.first { $0.code == code } }

    /// The catchments of a stage; without a plan an empty one, which answers every home with "a person must judge".
    public func catchmentPlan(_ stage: Stage) -> CatchmentPlan { catchments[stage] ?? CatchmentPlan(clauses: []) }

    /// Credentials its rules can need of some family, in the order in which pages list them.
    public var credentials: [CredentialID] {
        let used = policy.credentialsUsed
        return CredentialID.principal.filter(used.contains)
    }
}

public enum TenantKind: String, Sendable, Codable, CaseIterable { case city, county }

/// Whether families apply here, or a system of the tenant's own only has its records checked.
public enum TenantMode: String, Sendable, Codable, CaseIterable {
    case hosted
    case verificationOnly = "verification_only"
}

/// Whom a family asks.
public struct Contact: Sendable, Codable, Hashable {
    public let office: LocalizedText
    /// Absent where no number has been published to us.
    public let phone: String?
    public let hours: LocalizedText?

    public init(office: LocalizedText, phone: String? = nil, hours: LocalizedText? = nil) {
        self.office = office
        self.phone = phone
        self.hours = hours
    }
}

/// Where a resolved section was written.
public struct SectionOrigin: Sendable, Codable, Hashable {
    public enum Level: String, Sendable, Codable, CaseIterable { case province, city, county, overlay }

    /// `calendar`, `categories`, …; see ``SectionName``.
    public let section: String
    /// Relative to `Tenants/`, or for an overlay to its directory.
    public let file: String
    public let line: Int
    public let level: Level
    /// Nil for sections that are facts of administration, such as a contact.
    public let authority: Authority?

    public init(section: String, file: String, line: Int, level: Level, authority: Authority?) {
        self.section = section
        self.file = file
        self.line = line
        self.level = level
        self.authority = authority
    }
}

extension Policy {
    /// Credentials that can tell a fact some category uses. The household is always among them, because every
    /// application rests on the child and the guardian being found in it.
    var credentialsUsed: Set<CredentialID> {
        let keys = categories.reduce(into: Set<FactKey>()) { keys, category in
            keys.formUnion(category.condition.facts)
            keys.insert(category.place)
            keys.formUnion(category.rankKeys.map(\.fact))
        }
        return keys.reduce(into: [.household]) { $0.formUnion(FactVocabulary.description(of: $1)?.credentials ?? []) }
    }
}

/// What a version hash covers.
private struct Version: Encodable {
    let code: TenantCode
    let name: LocalizedText
    let kind: TenantKind
    let city: TenantCode
    let mode: TenantMode
    let divisions: [DivisionCode]
    let stages: [Stage]
    let contact: Contact
    let policy: Policy
    let schools: [School]
    let catchments: [Stage: CatchmentPlan]
    let planAuthority: Authority
    let classSizeCap: [Stage: Int]

    var hash: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return Hex.encode(Digest.sha256(Array(try encoder.encode(self))))
        } catch {
            preconditionFailure("a tenant holds texts, whole numbers and dates only, which always encode: \(error)")
        }
    }
}
