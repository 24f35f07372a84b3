import Enrollment
import Foundation

@testable import Sandbox

/// A portal of a few pages that knows the truth by heart: what the replay does at it is what a test looks at.
actor SeasonStubPortal {
    /// How the stub departs from the truth.
    struct Faults: Sendable {
        var category: @Sendable (GeneratedFamily) -> CategoryID? = { _ in nil }
        var skipsRepair = false
        var breaksPage: String?
        var leavesOut: CategoryID?
        var placesEverybodyAt: SchoolCode?
        /// The first time that each form with this address comes, it is asked to come again at once.
        var asksToWait: String?
        /// The first time that each form with this address comes, it is done and no answer leaves.
        var losesAnswer: String?
        /// How many qualified applications the desk does not count.
        var countsTooFew = 0
    }

    private struct Case {
        let family: GeneratedFamily
        let child: GeneratedChild
        var left: [ReplayState]
        var revision = 1
        var offer: (school: SchoolCode, state: String)?
        var typed: [String: String] = [:]
    }

    private let families: [GeneratedFamily]
    private var faults: Faults
    private var cases: [String: Case] = [:]
    private var drafts: [String: String] = [:]
    private var typed: [String: [String: String]] = [:]
    private(set) var brokenDepartments: Set<String> = []
    private(set) var submissions: [[String: String]] = []
    private var ran: Set<String> = []
    /// Addresses of forms that were asked to come again, or whose answer was lost.
    private var troubled: Set<String> = []
    /// Where a submission under a key led.
    private var keys: [String: ReplayReply] = [:]
    private var keysGiven = 0
    /// How many requests each process got, by host.
    private(set) var requests: [String: Int] = [:]
    /// The day that every page shows.
    private(set) var day: CivilDate?
    /// What families did with their applications, and how often.
    private(set) var steps: [String: Int] = [:]
    /// How often each officer signed in.
    private(set) var signedIn: [String: Int] = [:]

    init(_ families: [GeneratedFamily], _ faults: Faults = Faults()) {
        self.families = families
        self.faults = faults
    }

    func mend() { faults = Faults() }

    func move(to day: CivilDate) { self.day = day }

    func answer(_ request: ReplayRequest) throws -> ReplayReply {
        guard let address = WebAddress(request.address) else { return Self.status(400) }
        requests[address.host, default: 0] += 1
        guard request.method == "POST" else { return try serve(request, address) }
        if let wait = faults.asksToWait, address.path.hasSuffix(wait), troubled.insert(address.path).inserted {
            return ReplayReply(status: 503, headers: [("Retry-After", "0")], body: [])
        }
        let reply = try serve(request, address)
        if let loses = faults.losesAnswer, address.path.hasSuffix(loses), troubled.insert(address.path).inserted {
            throw ReplayFailure(cause: .connection, path: address.path)
        }
        return reply
    }

    private func serve(_ request: ReplayRequest, _ address: WebAddress) throws -> ReplayReply {
        if address.path == "/" { return Self.page("<p>\(day?.description ?? "")</p>") }
        if address.host == "sandbox" { return sandbox(request, address) }
        if let broken = faults.breaksPage, address.path.hasSuffix(broken) { return Self.status(500) }
        if address.path == "/sign-in", request.headers.contains(where: { $0.name == "Cookie" }) {
            return Self.redirect(String(address.query.dropFirst(6)))
        }
        if address.path == "/sign-in" {
            return Self.redirect("http://sandbox/oauth2/authorize?next=\(address.query.dropFirst(6))")
        }
        if address.path == "/sign-in/callback" {
            let parts = address.query.dropFirst().split(separator: "&").map { String($0.split(separator: "=")[1]) }
            signedIn[parts[0], default: 0] += 1
            return Self.redirect(parts[1], cookie: "ruxue_session=\(parts[0]); Path=/")
        }
        let cookie = request.headers.first { $0.name == "Cookie" }?.value
        guard let subject = cookie?.split(separator: "=").last.map(String.init) else {
            return Self.redirect("/sign-in?next=/")
        }
        let form = Self.fields(request)
        let parts = address.path.split(separator: "/").map(String.init)
        if request.method == "POST", form["csrf"] != "token-\(subject)" { return Self.status(403) }
        switch parts.first {
        case "api": return try json(parts, address)
        case "county": return county(parts, form, request.method, subject)
        default: return family(parts, form, request.method, subject)
        }
    }

    private func sandbox(_ request: ReplayRequest, _ address: WebAddress) -> ReplayReply {
        if address.path == "/control" { return Self.page(#"{"departments":[{"behaviour":{"latency_ms":5}}]}"#) }
        if address.path.hasPrefix("/control/") {
            let name = address.path.split(separator: "/").last.map(String.init) ?? ""
            let heals = String(decoding: request.body, as: UTF8.self).contains("none")
            if heals { brokenDepartments.remove(name) } else { brokenDepartments.insert(name) }
            for (receipt, item) in cases where heals && item.left.first == .waitingForSource {
                cases[receipt]?.left.removeFirst()
            }
            return Self.page("{}")
        }
        if request.method == "GET" {
            return Self.page(
                "<form method=post action=/choose><button name=subject value=sample-01>x</button></form><form method=post action=/choose><input type=hidden name=next value='\(address.query.dropFirst(6))'><input name=subject></form>"
            )
        }
        let form = Self.fields(request)
        return Self.redirect("http://portal/sign-in/callback?s=\(form["subject"] ?? "")&n=\(form["next"] ?? "")")
    }

    private func family(_ parts: [String], _ form: [String: String], _ method: String, _ subject: String) -> ReplayReply
    {
        guard let family = families.first(where: { $0.subject == subject }) else { return Self.status(404) }
        let csrf = "<input type=hidden name=csrf value='token-\(subject)'>"
        let base = "/" + parts.joined(separator: "/")
        switch (parts.dropFirst().first, parts.last) {
        case (nil, _):
            return Self.page(
                family.children.enumerated().map { offset, child in
                    let filed = drafts["\(subject)_\(offset)"].map { "<a href='/family/applications/\($0)'>看</a>" }
                    let start =
                        "<form method=post action=/family/drafts>\(csrf)<input type=hidden name=member value=\(offset)></form>"
                    return "<section><h2>\(child.name)</h2>\(filed ?? start)</section>"
                }.joined())
        case ("drafts", "drafts"): return Self.redirect("/family/drafts/\(subject)_\(form["member"] ?? "")/place")
        case ("children", _):
            guard method == "POST" else {
                return Self.page("<form method=post action=\(base)>\(csrf)<input name=name></form>")
            }
            return Self.redirect("/family/drafts/\(subject)_0/place")
        case ("drafts", let page?):
            if method == "GET" {
                keysGiven += 1
                let known = typed[parts[2]] ?? [:]
                // Longer lists appear as shorter ones are chosen.
                let place =
                    "<select name=division>\(Self.divisions(family))</select>"
                    + (known["division"] == nil ? "" : "<input name=township>")
                    + ((known["township"] ?? "").isEmpty ? "" : "<input name=community>") + "<input name=address>"
                let inputs = [
                    "place": place, "home": "<input name=kind>",
                    "check":
                        "<input type=checkbox name=consent_household value=yes><input type=hidden name=submission_key value=key-\(keysGiven)>",
                ]
                return Self.page("<form method=post action='\(base)'>\(csrf)\(inputs[page] ?? "")</form>")
            }
            typed[parts[2], default: [:]].merge(form) { $1 }
            if page == "place", form["step"] != "next" { return Self.redirect(base) }
            let next = ["place": "home", "home": "check"][page]
            if let next { return Self.redirect("/family/drafts/\(parts[2])/\(next)") }
            if let again = keys[form["submission_key"] ?? ""] { return again }
            let reply = submit(parts[2], family)
            keys[form["submission_key"] ?? ""] = reply
            return reply
        case ("applications", _): return application(parts, form, method, csrf)
        default: return Self.status(404)
        }
    }

    private func submit(_ draft: String, _ family: GeneratedFamily) -> ReplayReply {
        submissions.append(typed[draft] ?? [:])
        if let receipt = drafts[draft] {
            cases[receipt]?.revision += 1
            cases[receipt]?.left.removeFirst()
            return Self.redirect("/family/applications/\(receipt)")
        }
        let child = family.children[Int(draft.split(separator: "_")[1]) ?? 0]
        let receipt = "\(family.id)-\(draft.suffix(1))"
        let end: ReplayState =
            child.truth.end == .withdrawn ? .qualified : ReplayState(rawValue: child.truth.end.rawValue) ?? .qualified
        let path = faults.skipsRepair ? child.truth.path.filter { $0 != .needsRepair } : child.truth.path
        cases[receipt] = Case(family: family, child: child, left: path + [end])
        drafts[draft] = receipt
        return Self.redirect("/family/applications/\(receipt)")
    }

    private func application(_ parts: [String], _ form: [String: String], _ method: String, _ csrf: String)
        -> ReplayReply
    {
        let receipt = parts[2]
        let base = "/family/applications/\(receipt)"
        let path = "/" + parts.joined(separator: "/")
        guard parts.count > 3 else {
            let credentials = CredentialID.principal.map { "accept/\($0)" }
            return Self.page(
                (credentials + ["edit", "offer"]).map { "<form method=post action='\(base)/\($0)'>\(csrf)</form>" }
                    .joined())
        }
        guard method == "POST" else {
            return Self.page(
                "<form method=post action='\(path)' \(parts[3] == "person" ? "enctype=multipart/form-data" : "")>\(csrf)<input name=certificate_number></form>"
            )
        }
        steps[parts[3], default: 0] += 1
        switch parts[3] {
        case "edit":
            let draft = drafts.first { $0.value == receipt }?.key ?? ""
            return Self.redirect("/family/drafts/\(draft)/place")
        case "withdraw": cases[receipt]?.left = [.withdrawn]
        case "offer":
            cases[receipt]?.left = [form["answer"] == "accept" ? .accepted : .released]
            cases[receipt]?.offer?.state = form["answer"] ?? ""
        default: cases[receipt]?.left.removeFirst()
        }
        return Self.redirect(base)
    }

    private func county(_ parts: [String], _ form: [String: String], _ method: String, _ subject: String) -> ReplayReply
    {
        let csrf = "<input type=hidden name=csrf value='token-\(subject)'>"
        let base = "/" + parts.joined(separator: "/")
        if method == "GET" {
            let actions =
                parts.contains("admission")
                ? [ran.contains(parts[1]) ? "release" : "run"] : ["supplement", "first-review", "second-review"]
            return Self.page(actions.map { "<form method=post action='\(base)/\($0)'>\(csrf)</form>" }.joined())
        }
        switch parts.last {
        case "run": ran.insert(parts[1])
        case "release": release(TenantCode(rawValue: parts[1]))
        default: cases[parts[3]]?.left.removeFirst()
        }
        return Self.redirect("/county/\(parts[1])")
    }

    private func release(_ tenant: TenantCode) {
        for (receipt, item) in cases where item.left == [.qualified] && item.family.tenant == tenant {
            let isLeftOut = item.child.truth.category == faults.leavesOut
            cases[receipt]?.left = [isLeftOut ? .coordination : .offered]
            if !isLeftOut { cases[receipt]?.offer = (faults.placesEverybodyAt ?? item.child.truth.schools[0], "open") }
        }
    }

    private func json(_ parts: [String], _ address: WebAddress) throws -> ReplayReply {
        if parts.last == "counts" { return counts(parts[3]) }
        if parts.contains("county") {
            let lines = cases.filter {
                $0.value.family.tenant.rawValue == parts[3]
                    && address.query.contains("state=\($0.value.left.first?.rawValue ?? "")&")
            }
            .map { #"{"receipt":"\#($0.key)","state":"x","pending":["home.owned"]}"# }.sorted()
            return Self.page(#"{"cases":[\#(lines.joined(separator: ","))],"next":null}"#)
        }
        guard let item = cases[parts.last ?? ""], let state = item.left.first else { return Self.status(404) }
        let category = faults.category(item.family) ?? item.child.truth.category
        let doubted = item.child.steps.first?.credential ?? .realEstateTitle
        let offer = item.offer.map { #"{"school":"\#($0.school)","state":"\#($0.state)"}"# } ?? "null"
        return Self.page(
            """
            {"receipt":"\(parts.last ?? "")","tenant":"\(item.family.tenant)","state":"\(state.rawValue)",
            "category":\(category.map { "\"\($0)\"" } ?? "null"),
            "schools":[\(item.child.truth.schools.map { "\"\($0)\"" }.joined(separator: ","))],
            "credentials":[{"credential":"\(doubted)","status":"differs","fields":[]}],"next":[],"offer":\(offer),
            "revision":\(item.revision),"verification_ms":12}
            """)
    }

    private func counts(_ tenant: String) -> ReplayReply {
        let states = cases.values.filter { $0.family.tenant.rawValue == tenant }.compactMap(\.left.first?.rawValue)
        let counts = Dictionary(states.map { ($0, 1) }, uniquingKeysWith: +)
        let lost = faults.countsTooFew
        return Self.page(
            "{" + counts.map { #""\#($0)":\#($1 - ($0 == "qualified" ? lost : 0))"# }.joined(separator: ",") + "}")
    }

    private static func divisions(_ family: GeneratedFamily) -> String {
        let typed = family.children.flatMap { [$0.answers] + $0.steps.compactMap(\.answers) }
        return Set(typed.map(\.place.division)).sorted().map { "<option value=\($0)>" }.joined()
    }

    private static func fields(_ request: ReplayRequest) -> [String: String] {
        let body = String(decoding: request.body, as: UTF8.self)
        if body.hasPrefix("--") {
            return ["csrf": body.split(separator: "\r\n").first { $0.hasPrefix("token-") }.map(String.init) ?? ""]
        }
        return body.split(separator: "&").reduce(into: [:]) { fields, pair in
            let parts = pair.split(separator: "=", omittingEmptySubsequences: false).map {
                $0.replacing("+", with: " ").removingPercentEncoding ?? ""
            }
            fields[parts[0]] = parts[1]
        }
    }

    private static func page(_ html: String) -> ReplayReply {
        ReplayReply(status: 200, headers: [], body: Array(html.utf8))
    }
    private static func status(_ code: Int) -> ReplayReply { ReplayReply(status: code, headers: [], body: []) }
    private static func redirect(_ location: String, cookie: String? = nil) -> ReplayReply {
        ReplayReply(
            status: 303, headers: [("Location", location)] + (cookie.map { [("Set-Cookie", $0)] } ?? []), body: [])
    }
}
