import Enrollment
import Services

/// Everybody who looks: the family that is watched, its neighbour, a family elsewhere, officers here and elsewhere, the
/// province.
struct CanaryPeople: Sendable {
    let watched: CanaryFamily
    let neighbour: CanaryFamily
    let stranger: CanaryFamily

    init(_ season: SeasonYear) throws {
        watched = try CanaryFamily("甲", 1, in: CanaryGround.home, season: season, children: 3)
        neighbour = try CanaryFamily("乙", 2, in: CanaryGround.home, season: season, children: 1)
        stranger = try CanaryFamily("丙", 3, in: CanaryGround.other, season: season, children: 1)
    }

    /// Those who have signed in.
    struct Visitors: Sendable {
        let mother: CanaryVisitor
        let neighbour: CanaryVisitor
        let stranger: CanaryVisitor
        let first: CanaryVisitor
        let second: CanaryVisitor
        let admission: CanaryVisitor
        let release: CanaryVisitor
        let elsewhere: CanaryVisitor
        let province: CanaryVisitor

        var all: [CanaryVisitor] {
            [mother, neighbour, stranger, first, second, admission, release, elsewhere, province]
        }

        /// Everybody but the family, to whom its own pages are closed.
        var outsideFamily: [CanaryVisitor] { [.nobody, neighbour, stranger, elsewhere, province, first] }

        /// Everybody but officers of the family's county.
        var outsideDesk: [CanaryVisitor] { [.nobody, mother, neighbour, stranger, elsewhere, province] }
    }

    func signIn(to portal: CanaryPortal) async throws -> Visitors {
        func officer(_ title: String, _ number: Int, _ roles: [StaffRole], in tenant: TenantCode) async throws
            -> CanaryVisitor
        {
            let person = try CanaryFamily.Person(
                "曾样例金丝雀官\(["一", "二", "三", "四", "五", "六"][number])", CanaryGround.home, born: "1980-01-05",
                800 + number)
            let identity = person.identity("canary-officer-\(number)", phone: "9900008\(number)000")
            for role in roles {
                _ = try await GrantStaffRole(portal.platform)(
                    subject: identity.subject, tenant: tenant, role: role, until: nil, by: "canary")
            }
            return try await portal.signIn(title, identity)
        }
        func guardian(_ title: String, _ family: CanaryFamily, _ subject: String) async throws -> CanaryVisitor {
            try await portal.signIn(title, family.mother.identity("canary-\(subject)", phone: family.phone))
        }
        let here = CanaryGround.home
        return Visitors(
            mother: try await guardian("its guardian", watched, "watched"),
            neighbour: try await guardian("a neighbour", neighbour, "neighbour"),
            stranger: try await guardian("a family of another tenant", stranger, "stranger"),
            first: try await officer("its tenant's first reviewer", 0, [.firstReviewer], in: here),
            second: try await officer("its tenant's second reviewer", 1, [.secondReviewer], in: here),
            admission: try await officer("its tenant's admission officer", 2, [.admissionOfficer], in: here),
            release: try await officer("its tenant's other admission officer", 3, [.admissionOfficer], in: here),
            elsewhere: try await officer(
                "an officer of another tenant", 4, [.firstReviewer, .secondReviewer, .admissionOfficer],
                in: CanaryGround.other),
            province: try await officer(
                "an officer of the province", 5, StaffRole(rawValue: "province_officer").map { [$0] } ?? [],
                in: CanaryGround.province))
    }
}
