import Enrollment
import Services
import Tenancy

/// `/county/{code}/admission`: what stands in the way of giving seats, the run, and its release by another officer.
struct AdmissionPage: Page {
    static let template = "county/admission"
    static let frame = PageFrame.desk

    /// One of the steps to released seats.
    struct Step: Sendable, Hashable {
        /// `good`, `wait` or `stop`.
        let tone: String
        let title: String
        let detail: String
    }

    struct Unresolved: Sendable, Hashable {
        let href: String
        let label: String
        let count: String
    }

    struct Run: Sendable, Hashable {
        struct Line: Sendable, Hashable {
            let school: String
            let seats: String
            let placed: String
            let lastCategory: String
        }

        let id: String
        let at: String
        let candidates: String
        let placed: String
        let unplaced: String
        let provisional: String
        /// Nil while it waits for its release.
        let releasedAt: String?
        /// This officer ran it; another one has to release it.
        let isOwnUnreleased: Bool
        let canRelease: Bool
        let schools: [Line]
    }

    let desk: DeskFrame
    let tenantName: String?
    let title: String
    let action: String
    let releaseAction: String
    let clockAction: String
    let notice: String?
    let steps: [Step]
    let unresolved: [Unresolved]
    let hasUnresolved: Bool
    let canRun: Bool
    /// `12 户按申报类别暂列`.
    let provisionalLabel: String
    let needsProvisional: Bool
    let qualified: String
    let run: Run?
    /// The business clock is a demonstration's and stands before the freeze day.
    let canMoveClock: Bool
    let clockLabel: String
    let canActHere: Bool
}

extension AdmissionPage {
    init(_ view: AdmissionView, viewer: Viewer, notice: String?, words: Words) {
        let base = "/county/\(view.tenant.code)"
        let isOfficer = viewer.roles(in: view.tenant.code).contains(.admissionOfficer)
        desk = DeskFrame(
            tenant: view.tenant, counts: view.counts, state: nil, place: .admission, viewer: viewer, words: words)
        action = "\(base)/admission/run"
        releaseAction = "\(base)/admission/release"
        clockAction = "\(base)/clock"
        tenantName = words(view.tenant.name)
        title = words("admission.title")
        self.notice = notice
        canActHere = isOfficer
        let open = ApplicationState.allCases.filter { $0.isUnresolved && (view.counts[$0] ?? 0) > 0 }
        unresolved = open.map {
            Unresolved(
                href: "\(base)?state=\($0.rawValue)", label: words("desk.state.\($0.rawValue)"),
                count: Figures.grouped(view.counts[$0] ?? 0))
        }
        hasUnresolved = !open.isEmpty
        let runnable: Bool =
            switch view.problem {
            case nil, .unresolved: true
            case .beforeFreeze, .sourcesMayAnswer, .runWaitsForRelease, .nobody: false
            }
        canRun = isOfficer && runnable
        if case .unresolved = view.problem { needsProvisional = true } else { needsProvisional = false }
        provisionalLabel = words("admission.provisional", ["n": Figures.grouped(view.provisional)])
        qualified = Figures.grouped(view.counts[.qualified] ?? 0)
        run = view.run.map { Run($0, isOfficer: isOfficer, tenant: view.tenant, words: words) }
        let calendar = view.tenant.policy.calendar
        canMoveClock = isOfficer && view.isDemonstrationClock && view.today < calendar.freezes
        clockLabel = words("admission.clock", ["date": DateWords(words).shortDay(calendar.freezes)])
        steps = AdmissionSteps(view: view, words: words).all
    }
}

extension AdmissionPage.Run {
    fileprivate init(_ run: RunView, isOfficer: Bool, tenant: Tenant, words: Words) {
        id = run.id.description
        at = DateWords(words).moment(run.at)
        candidates = Figures.grouped(run.candidates)
        placed = Figures.grouped(run.placed)
        unplaced = Figures.grouped(run.unplaced)
        provisional = Figures.grouped(run.provisional)
        releasedAt = run.releasedAt.map { DateWords(words).moment($0) }
        isOwnUnreleased = run.isOwn && run.releasedAt == nil
        canRelease = isOfficer && run.releasedAt == nil && !run.isOwn
        schools = run.perSchool.map { line in
            Line(
                school: words(line.school.name), seats: Figures.grouped(line.school.seats),
                placed: Figures.grouped(line.placed),
                lastCategory: line.lastCategory.map { CategoryWords(words).short($0, tenant.policy) } ?? "—")
        }
    }
}
