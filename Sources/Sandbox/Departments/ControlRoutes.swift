import Enrollment
import Foundation
import HTTPTypes
import Hummingbird

/// Breaks and heals departments while they run: JSON for tests and scripts, a page for people.
struct ControlRoutes: Sendable {
    let connectors: [Connector]
    let controls: DepartmentControls

    /// One department as the JSON shows it.
    struct Report: Encodable, Sendable {
        let credential, title, service, path: String
        let calls, failed: Int
        let behaviour: DepartmentBehaviour
    }

    private struct Overview: Encodable {
        let departments: [Report]
    }

    func add(to router: Router<SandboxRequestContext>) {
        router.get("/control") { request, _ in
            // The router takes /control and /control/ for one path; the slash, or a browser, asks for the page.
            if request.uri.path.hasSuffix("/") { return ControlPage(reports).response }
            if request.headers[.accept]?.contains("text/html") == true { return Response.seeOther("/control/") }
            return try Response.json(Overview(departments: reports))
        }
        router.get("/control/departments/:credential") { _, context in
            try Response.json(try report(context).behaviour)
        }
        router.put("/control/departments/:credential") { request, context in
            let credential = CredentialID(rawValue: try report(context).credential)
            let buffer = try await request.body.collect(upTo: 4096)
            guard let old = controls.state(of: credential)?.behaviour,
                let change = try? JSONDecoder().decode(Change.self, from: Data(buffer.readableBytesView)),
                set(change.applied(to: old), for: credential)
            else { return try Response.json(["error": "not a behaviour"], status: .badRequest) }
            return try Response.json(controls.state(of: credential)?.behaviour)
        }
        router.post("/control/departments/:credential") { request, context in
            let credential = CredentialID(rawValue: try report(context).credential)
            guard isFromOwnPage(request) else { throw HTTPError(.forbidden) }
            let form = try await FormFields(formOf: request)
            guard let old = controls.state(of: credential)?.behaviour,
                set(behaviour(from: form, old: old), for: credential)
            else { throw HTTPError(.badRequest) }
            return Response.seeOther("/control/")
        }
    }

    private var reports: [Report] {
        connectors.compactMap { connector in
            controls.state(of: connector.credential).map { state in
                Report(
                    credential: connector.credential.rawValue, title: connector.title.zh, service: connector.service,
                    path: connector.path, calls: state.calls, failed: state.failed, behaviour: state.behaviour)
            }
        }
    }

    private func report(_ context: SandboxRequestContext) throws -> Report {
        let credential = try context.parameters.require("credential")
        guard let report = reports.first(where: { $0.credential == credential }) else { throw HTTPError(.notFound) }
        return report
    }

    private func set(_ behaviour: DepartmentBehaviour, for credential: CredentialID) -> Bool {
        behaviour.isValid && controls.set(behaviour, for: credential)
    }

    /// The form's behaviour; the heal button's has no fields beside its own.
    private func behaviour(from form: FormFields, old: DepartmentBehaviour) -> DepartmentBehaviour {
        if form["heal"] != nil { return controls.healthy }
        return DepartmentBehaviour(
            latencyMilliseconds: form["latency_ms"].flatMap(Int.init) ?? old.latencyMilliseconds,
            jitterMilliseconds: form["jitter_ms"].flatMap(Int.init) ?? old.jitterMilliseconds,
            failure: form["failure"].flatMap(DepartmentBehaviour.Failure.init) ?? old.failure,
            failureRate: form["failure_percent"].flatMap(Double.init).map { $0 / 100 } ?? old.failureRate)
    }

    /// Another site's page open in the same browser must not break departments.
    private func isFromOwnPage(_ request: Request) -> Bool {
        guard let name = HTTPField.Name("Origin"), let origin = request.headers[name], origin != "null" else {
            return true
        }
        return origin.split(separator: "/").last.map(String.init) == request.head.authority
    }
}

/// A behaviour with only the fields that change.
private struct Change: Decodable {
    let latency_ms, jitter_ms: Int?
    let failure: DepartmentBehaviour.Failure?
    let failure_rate: Double?

    func applied(to old: DepartmentBehaviour) -> DepartmentBehaviour {
        DepartmentBehaviour(
            latencyMilliseconds: latency_ms ?? old.latencyMilliseconds,
            jitterMilliseconds: jitter_ms ?? old.jitterMilliseconds, failure: failure ?? old.failure,
            failureRate: failure_rate ?? old.failureRate)
    }
}
