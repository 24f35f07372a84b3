import Enrollment
import Foundation
import HTTPTypes
import Services
import Storage

/// What the county's officers do with the watched family's file, each step tried by everybody else before.
struct CanaryDesk {
    let run: CanaryRun
    let visitors: CanaryPeople.Visitors
    static let question = "样例金丝雀甲请补充"
    private static let reason = "样例金丝雀甲审核意见"

    /// What officers write is the family's too.
    static var marks: [String] { [question, reason] }

    private var desk: String { "/county/\(CanaryGround.home)" }
    /// The same address as if the file were of the other county.
    private func elsewhere(_ path: String) -> String {
        path.replacingOccurrences(of: CanaryGround.home.rawValue + "/", with: CanaryGround.other.rawValue + "/")
    }

    func look(_ receipt: ReceiptNumber, _ attachment: AttachmentID) async throws {
        try await run.take(
            CanaryStep(
                request: .get("/county"), by: visitors.first,
                strangers: visitors.outsideDesk, proof: .leads(desk), own: .get("/county")))
        for (path, proof) in [
            (desk, CanaryStep.Proof.shows(receipt.rawValue)), ("\(desk)/seats", .answers), ("\(desk)/left", .answers),
            ("/api/v1/county/\(CanaryGround.home)/cases", .shows(receipt.rawValue)),
            ("/api/v1/county/\(CanaryGround.home)/counts", .answers), ("\(desk)/admission", .answers),
            ("\(desk)/cases/\(receipt)", .shows(receipt.rawValue)),
            ("\(desk)/cases/\(receipt)/attachments/\(attachment)", .shows(CanaryJourney.pictured)),
        ] {
            try await step(.get(path), by: visitors.first, proof)
        }
    }

    func ask(_ receipt: ReceiptNumber) async throws {
        try await step(
            .post("\(desk)/cases/\(receipt)/supplement", ["note": Self.question]), by: visitors.first,
            .leads(desk), others: [visitors.second, visitors.admission])
    }

    func review(_ receipt: ReceiptNumber) async throws {
        try await step(
            .post(
                "\(desk)/cases/\(receipt)/first-review",
                [
                    "verdict": "findings", "reason": Self.reason, "finding.home.owned": "yes",
                    "finding.home.residential": "yes",
                ]), by: visitors.first, .leads(desk), others: [visitors.second, visitors.admission])
        try await step(
            .post("\(desk)/cases/\(receipt)/second-review", ["verdict": "approve", "reason": Self.reason]),
            by: visitors.second, .leads(desk), others: [visitors.first, visitors.admission])
    }

    func admit() async throws {
        try await step(
            .post("\(desk)/admission/run"), by: visitors.admission, .leads("\(desk)/admission"),
            others: [visitors.first, visitors.second])
        let key = run.key
        let stored = try await run.portal.platform.database.read(.tenant(key.tenant, key.season)) {
            try AdmissionRepository.run(of: key, in: $0)
        }
        guard let stored else { throw CanaryError.unplanted("run") }
        try await step(
            .post("\(desk)/admission/release", ["run": stored.id.description]), by: visitors.release,
            .leads("\(desk)/admission"), others: [visitors.first, visitors.second])
    }

    func left(_ receipt: ReceiptNumber) async throws {
        try await step(.get("\(desk)/left"), by: visitors.admission, .shows(receipt.rawValue))
    }

    /// The province sees numbers, and no family behind them.
    func province() async throws {
        for path in ["/province", "/province/cities/\(CanaryGround.city)", "/api/v1/province/numbers"] {
            try await run.take(
                CanaryStep(
                    request: .get(path), by: visitors.province,
                    strangers: visitors.outsideDesk.filter { $0.title != visitors.province.title } + [visitors.first],
                    proof: .answers, isBlind: true))
        }
    }

    private func step(
        _ request: CanaryRequest, by officer: CanaryVisitor, _ proof: CanaryStep.Proof, others: [CanaryVisitor] = []
    ) async throws {
        var detour = CanaryRequest(method: request.method, path: elsewhere(request.path))
        detour.form = request.form
        // A county's own list is there for its own officers; the family's file at that address is not.
        let isFile = request.path.contains("/cases/")
        try await run.take(
            CanaryStep(
                request: request, by: officer, strangers: visitors.outsideDesk + others, proof: proof,
                detours: isFile ? [(visitors.elsewhere, detour)] : []))
    }
}
