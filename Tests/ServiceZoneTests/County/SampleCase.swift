import Catchments
import Enrollment
import Foundation
import Services
import Tenancy

@testable import ServiceZone
@testable import Services

/// Views of one sample application, as the use cases would give them.
struct SampleCase {
    let registry: TenantRegistry
    let tenant: Tenant
    let words: Words
    static let now = Instant(milliseconds: 1_783_300_000_000)
    static let receipt: ReceiptNumber = "430922-26-0017-4482"

    init(_ language: Language = .zh) throws {
        registry = try Self.load.get()
        guard let found = registry.tenant("430922") else { throw ServiceError.notFound }
        tenant = found
        words = try PortalRenderer.shared.get().messages.words(language)
    }

    /// `Tenants/` is read once for all tests.
    static let load: Result<TenantRegistry, any Error> = Result {
        let tenants = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Tenants").path
        return try TenantRegistry.load(directory: tenants, season: SeasonYear(2026))
    }

    func viewer(_ roles: StaffRole...) throws -> Viewer {
        Viewer(
            person: PersonID(high: 1, low: 1),
            identity: SignedInIdentity(
                subject: "officer", name: try PersonName("彭样"),
                document: try PersonDocument(kind: .passport, number: "SAMPLE01"), phone: nil), csrf: "token",
            grants: roles.enumerated().map {
                StaffGrant(
                    id: StaffGrantID(high: 0, low: UInt64($0)), tenant: "430922", role: $1, from: Self.now, until: nil)
            })
    }

    func application(state: ApplicationState) throws -> ApplicationView {
        let child = PersonIdentity(
            name: try PersonName("林样例"), document: try PersonDocument(kind: .passport, number: "CHILD12345"),
            birthDate: Self.now.day.adding(years: -6))
        let guardian = PersonIdentity(
            name: try PersonName("林样"), document: try PersonDocument(kind: .passport, number: "PARENT67890"),
            birthDate: Self.now.day.adding(years: -33))
        let community = Community(division: "430922", township: "桃花江镇", name: "近桃社区")
        let decision = decide(
            DecisionInput(policy: tenant.policy, catchments: tenant.catchmentPlan(.primary), facts: FactSheet()))
        return ApplicationView(
            id: ApplicationID(high: 2, low: 2), receipt: Self.receipt, tenant: tenant, state: state, revision: 1,
            submittedAt: Self.now,
            answers: ApplicationAnswers(
                child: child, guardian: guardian, relation: .father, otherParent: nil, stage: .primary,
                householdCommunity: community,
                home: HomeAnswer(kind: .owned, community: community, address: "样例路 1 号"), ranking: [],
                phone: "13800000000"),
            credentials: registry.connector(.realEstateTitle).map {
                [
                    CredentialView(
                        connector: $0, status: .differs, fields: [.certificateNumber], checkedAt: Self.now,
                        retryAt: nil,
                        canRepair: true, canAccept: false, canAskPerson: true, claimed: [:], absence: false)
                ]
            } ?? [], decision: decision, decidedAt: Self.now, category: nil, schools: [], facts: [], versionHash: "",
            window: .open, canEdit: true, canWithdraw: true, supplementNote: nil, reviews: [], offer: nil,
            attachments: [], history: [], verificationMilliseconds: nil, departmentMilliseconds: nil)
    }

    func caseView(
        state: ApplicationState = .firstReview, canFirst: Bool = true, canSecond: Bool = false,
        mayBeSecond: Bool = true,
        openFacts: [FactDescription] = [], notes: [String] = []
    ) throws -> CaseView {
        CaseView(
            application: try application(state: state),
            comparisons: [
                CaseView.Comparison(
                    credential: .realEstateTitle, status: .differs,
                    claimed: [
                        .certificateNumber: "湘(2021)桃江县不动产权第000381号", .ownerName: "林样",
                        .certificateKind: "real_estate_certificate",
                    ],
                    register: [
                        RegisterRecord([
                            .certificateNumber: .text("湘(2021)桃江县不动产权第0003817号"), .ownerName: .text("林样"),
                            .certificateKind: .text("real_estate_certificate"),
                            .ownerNumber: .text("430922199001011234"),
                        ])
                    ], askedAt: Self.now, absence: false)
            ], findings: [], openFacts: openFacts, canFirstReview: canFirst, canSecondReview: canSecond,
            mayBeSecond: mayBeSecond, familyNotes: notes.map { CaseNote(text: $0) })
    }

    func casePage(_ view: CaseView, form: CaseForm = .untouched) throws -> CasePage {
        CasePage(
            view, viewer: try viewer(.firstReviewer), connectors: registry.connectors, gazetteer: registry.gazetteer,
            form: form, words: words)
    }

    func html(_ page: some Page) throws -> String {
        try PortalRenderer.shared.get().body(page, LayoutValues(language: words.language, csrf: "token"))
    }
}
