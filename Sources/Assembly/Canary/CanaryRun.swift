import Enrollment
import HTTPTypes
import Services
import Storage

/// One thing that can be asked of the portal about the planted family.
struct CanaryStep {
    /// By what the rightful answer is known.
    enum Proof {
        case shows(String)
        /// Leads on to an address that begins so.
        case leads(String)
        case answers
    }

    let request: CanaryRequest
    let by: CanaryVisitor
    let strangers: [CanaryVisitor]
    let proof: Proof
    /// Where everybody has an answer of their own: what strangers send there.
    var own: CanaryRequest?
    /// Other addresses at which somebody could try to come at the same.
    var detours: [(CanaryVisitor, CanaryRequest)] = []
    /// Whether even who may ask sees no family: counts of a province.
    var isBlind = false
}

/// A run under way: tries each step as every stranger before who may takes it, and keeps what came of it.
///
/// The step is then taken, so that a stranger who was refused was refused something that could be had, and the family
/// comes into the state that the next step needs.
final class CanaryRun {
    let portal: CanaryPortal
    let survey: RowSurvey
    private(set) var report = CanaryReport()
    /// Texts and identifiers of the family that is watched.
    private var marks: Set<String> = []
    private var applications: [ApplicationID] = []
    private var people: [PersonID] = []
    private var covered: Set<CanaryRoute> = []
    private let progress: (_ done: Int, _ total: Int) -> Void

    init(_ portal: CanaryPortal, _ survey: RowSurvey, progress: @escaping (Int, Int) -> Void) {
        self.portal = portal
        self.survey = survey
        self.progress = progress
    }

    var family: RowSurvey.Family {
        RowSurvey.Family(key: key, applications: applications, people: people)
    }

    var key: TenantSeason { TenantSeason(CanaryGround.home, portal.ground.season) }

    func watch(_ texts: [String]) { marks.formUnion(texts) }

    func watch(_ person: PersonID) {
        people.append(person)
        marks.insert(person.description)
    }

    func watch(_ application: ApplicationRow) {
        applications.append(application.id)
        watch(application.child)
        watch([application.id.description, application.receipt.rawValue])
    }

    /// Tries a step as every stranger, then takes it.
    @discardableResult
    func take(_ step: CanaryStep) async throws -> CanaryAnswer {
        var before = try await rows()
        var attempts = step.strangers.map { ($0, step.own ?? step.request) }
        attempts += step.detours
        for (stranger, request) in attempts {
            let answer = try await portal.ask(stranger, request)
            let route = CanaryRoute(method: step.request.method, path: answer.route ?? step.request.path)
            report.count("路由 Routes", attempts: 1)
            judge(answer, to: request, of: route, by: stranger, mayAnswer: step.own != nil)
            let after = try await rows()
            if after != before {
                report.find(.changed, "\(route)", stranger.title)
                before = after
            }
        }
        let answer = try await portal.ask(step.by, step.request)
        let route = CanaryRoute(method: step.request.method, path: answer.route ?? step.request.path)
        if !proves(step.proof, answer) {
            report.find(.noControl, "\(route) (\(answer.status))", step.by.title)
        }
        if step.isBlind, shown(in: answer, to: step.request, by: step.by) {
            report.find(.leaked, "\(route)", step.by.title)
        }
        if covered.insert(route).inserted { report.count("路由 Routes", cases: 1) }
        progress(covered.count, portal.routes.count)
        try await portal.work()
        return answer
    }

    /// Asks an address that shows no family, as everybody.
    func probe(_ route: CanaryRoute, _ request: CanaryRequest, as visitors: [CanaryVisitor]) async throws {
        for visitor in visitors {
            let answer = try await portal.ask(visitor, request)
            report.count("路由 Routes", attempts: 1)
            if shown(in: answer, to: request, by: visitor) { report.find(.leaked, "\(route)", visitor.title) }
        }
        covered.insert(route)
        report.count("路由 Routes", reasoned: 1)
    }

    /// Notes something without a case, or what a group of other cases found.
    func find(_ kind: CanaryReport.Finding.Kind, _ what: String, _ viewer: String) {
        report.find(kind, what, viewer)
    }

    func count(_ group: String, cases: Int = 0, attempts: Int = 0, reasoned: Int = 0) {
        report.count(group, cases: cases, attempts: attempts, reasoned: reasoned)
    }

    func isCovered(_ route: CanaryRoute) -> Bool {
        covered.contains(route)
            || route.method == .head && covered.contains(CanaryRoute(method: .get, path: route.path))
    }

    func finish(remaining: [String: Int], milliseconds: Int) -> CanaryReport {
        report.remaining = remaining
        report.milliseconds = milliseconds
        return report
    }

    /// Everything about the family, in the scopes that are its own.
    private func rows() async throws -> [String: [String]] {
        let (survey, family) = (survey, family)
        var rows = try await portal.platform.database.read(.tenant(family.key.tenant, family.key.season)) {
            try survey.rows(of: family, in: $0)
        }
        for person in family.people {
            rows.merge(
                try await portal.platform.database.read(.person(person)) { try survey.rows(of: family, in: $0) }
            ) { $0 + $1 }
        }
        // Deltas are summed up in the background by whichever process serves; they name no family.
        rows["counter_delta"] = nil
        return rows
    }

    private func judge(
        _ answer: CanaryAnswer, to request: CanaryRequest, of route: CanaryRoute, by stranger: CanaryVisitor,
        mayAnswer: Bool
    ) {
        if shown(in: answer, to: request, by: stranger) { report.find(.leaked, "\(route)", stranger.title) }
        let isRefused = (300..<500).contains(answer.status) || answer.status == 503
        if !isRefused, !(mayAnswer && answer.status == 200) {
            report.find(.notRefused, "\(route) (\(answer.status))", stranger.title)
        }
    }

    /// Whether an answer says something of the family that whoever asked did not say, and is not.
    private func shown(in answer: CanaryAnswer, to request: CanaryRequest, by visitor: CanaryVisitor) -> Bool {
        let own = visitor.viewer.map { [$0.identity.name.value, $0.identity.document.number] } ?? []
        return marks.contains { answer.text.contains($0) && !request.says($0) && !own.contains($0) }
    }

    private func proves(_ proof: CanaryStep.Proof, _ answer: CanaryAnswer) -> Bool {
        switch proof {
        case .shows(let mark): answer.status == 200 && answer.text.contains(mark)
        case .leads(let path): answer.status == 303 && answer.location?.hasPrefix(path) == true
        case .answers: answer.status == 200
        }
    }
}
