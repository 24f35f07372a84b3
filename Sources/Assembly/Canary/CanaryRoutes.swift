import Enrollment
import Foundation
import HTTPTypes

/// Every route has a case: a step of the season, or the written reason why it shows no family. A route that has neither
/// is a finding, so that whoever adds one adds its case.
struct CanaryRoutes {
    let run: CanaryRun
    let visitors: CanaryPeople.Visitors
    /// Values for the parameters of addresses, of the watched family where there are such.
    let values: [String: String]

    /// Routes that are the same for everybody, or reach nothing but the asker's own session.
    static let reasons = [
        "GET /": "the first page, the same for everybody",
        "GET /help": "texts",
        "GET /tenants": "what tenants have published",
        "GET /t/{code}": "what a tenant has published",
        "GET /assets/{file}": "styles and scripts",
        "GET /healthz": "says that the process lives",
        "GET /readyz": "says that the database answers",
        "POST /preferences": "sets two cookies of the asker",
        "GET /sign-in": "leads to the identity provider",
        "GET /sign-in/callback": "opens a session for whom the identity provider vouches",
        "POST /sign-out": "ends the session whose cookie it is given",
        "GET /api/v1/openapi.yaml": "describes the interface",
        "GET /api/v1/tenants": "which tenants there are",
        "POST /county/{code}/clock": "moves a demonstration's time; refused where time is real, as it is here",
    ]

    func check() async throws {
        let everybody = [.nobody] + visitors.all
        for route in run.portal.routes.sorted() {
            guard !run.isCovered(route) else { continue }
            if route.method == .head { continue }
            if Self.reasons[route.description] != nil {
                try await run.probe(
                    route, CanaryRequest(method: route.method, path: filled(route.path)),
                    as: everybody.filter { route.path != "/sign-out" || $0.token == nil })
                continue
            }
            // A method that a known path does not take is answered so; there is nothing behind it.
            let answer = try await run.portal.ask(
                visitors.mother, CanaryRequest(method: route.method, path: filled(route.path)))
            // Forms to addresses without sessions are turned away before any route; a session does not help.
            let isTurnedAway = answer.location?.hasPrefix("/sign-in") == true
            if answer.status != 405, !isTurnedAway { run.find(.noCase, "\(route)", "—") }
        }
        for route in Self.reasons.keys.sorted()
        where !run.portal.routes.contains(where: { $0.description == route }) {
            run.find(.noCase, "\(route) is no route any more", "—")
        }
    }

    private func filled(_ path: String) -> String {
        values.reduce(path) { $0.replacingOccurrences(of: "{\($1.key)}", with: $1.value) }
    }
}
