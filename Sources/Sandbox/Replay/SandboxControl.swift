import Enrollment
import Foundation

/// The sandbox's departments, switched off and on while a season is replayed.
extension SeasonReplay {
    private struct Overview: Decodable {
        struct Department: Decodable {
            struct Behaviour: Decodable {
                let latency_ms: Int
            }

            let behaviour: Behaviour
        }

        let departments: [Department]
    }

    /// Makes a department fail in one of the sandbox's ways, or heals it with `none`.
    func switchDepartment(_ credential: CredentialID, failure: String) async throws {
        let path = "/control/departments/\(credential)"
        let reply = try await exchange(
            ReplayRequest(
                method: "PUT", address: (settings.sandbox ?? "") + path,
                headers: [("Content-Type", "application/json")],
                body: Array(#"{"failure":"\#(failure)","failure_rate":1}"#.utf8)))
        guard reply.status == 200 else { throw SandboxError.uncontrolled(path: path) }
    }

    /// How long the slowest healthy department takes, in milliseconds; 0 where nobody can tell.
    func departmentLatency() async throws -> Double {
        guard let sandbox = settings.sandbox else { return 0 }
        let reply = try await exchange(
            ReplayRequest(
                method: "GET", address: sandbox + "/control", headers: [("Accept", "application/json")], body: []))
        guard reply.status == 200 else { throw SandboxError.uncontrolled(path: "/control") }
        do {
            let overview = try JSONDecoder().decode(Overview.self, from: Data(reply.body))
            return Double(overview.departments.map(\.behaviour.latency_ms).max() ?? 0)
        } catch {
            throw SandboxError.uncontrolled(path: "/control")
        }
    }
}
