import Enrollment

/// What officers do.
extension SeasonReplay {
    private struct CaseList: Decodable, Sendable {
        struct Line: Decodable, Sendable {
            let receipt: String
            let pending: [String]
        }

        let cases: [Line]
        let next: String?
    }

    /// An officer works on so many cases at once, as with so many windows open.
    private static let windows = 4
    private static let mostRounds = 4
    private static let longestRun: Duration = .seconds(60)

    func tenants(of indices: [Int]) -> [TenantCode] { Set(indices.map { families[$0].tenant }).sorted() }

    func officers(of tenant: TenantCode) -> ReplayOfficers {
        settings.officers[tenant] ?? settings.defaultOfficers
    }

    /// Browsers of these accounts, signed in. An officer of several tenants has one; who cannot sign in has none, which
    /// stands among the failures.
    func desks(
        _ accounts: [String], _ phase: ReplayProgress.Phase, next: String
    ) async throws -> [String: ReplayBrowser] {
        var desks: [String: ReplayBrowser] = [:]
        for (index, account) in Set(accounts).sorted().enumerated() {
            try await attempt(account, phase) {
                let browser = browser(firstTurn: index)
                _ = try await browser.signIn(as: account, next: next)
                desks[account] = browser
            }
        }
        return desks
    }

    /// Works through every tenant's lists until nothing is left to do, several tenants at once.
    func review(_ wave: ReplayWave) async throws {
        let tenants = tenants(of: wave.families)
        guard let any = tenants.first else { return }
        let accounts = tenants.map(officers).flatMap { [$0.firstReviewer, $0.secondReviewer] }
        let desks = try await desks(accounts, .reviewing, next: "/county/\(any)")
        let expected = wave.families.lazy.flatMap { families[$0].children }.flatMap(\.truth.path)
            .count { [.firstReview, .secondReview].contains($0) }
        let count = ReplayCount(.reviewing, total: expected, progress)
        await count.begin()
        try await forEach(tenants, atOnce: max(1, settings.concurrency / Self.windows)) { tenant in
            let officers = officers(of: tenant)
            guard let first = desks[officers.firstReviewer], let second = desks[officers.secondReviewer] else { return }
            try await attempt(officers.firstReviewer, .reviewing) {
                for _ in 0..<Self.mostRounds {
                    let firstDone = try await workList(.firstReview, tenant, officers.firstReviewer, first, count) {
                        try await firstReview($0, pending: $1, tenant, first)
                    }
                    let answered = try await answerSupplements(tenant)
                    let secondDone = try await workList(.secondReview, tenant, officers.secondReviewer, second, count) {
                        child, _ in
                        try await secondReview(child, tenant, second)
                    }
                    guard firstDone + answered + secondDone > 0 else { break }
                }
            }
        }
    }

    /// Works on every known case in a state; answers how many there were.
    private func workList(
        _ state: ReplayState, _ tenant: TenantCode, _ who: String, _ browser: ReplayBrowser, _ count: ReplayCount,
        _ work: @escaping @Sendable (ReplayedChild, [String]) async throws -> Void
    ) async throws -> Int {
        var lines: [(child: ReplayedChild, pending: [String])] = []
        var after = ""
        while true {
            let list: CaseList = try await browser.decoded(
                "/api/v1/county/\(tenant)/cases?state=\(state.rawValue)&after=\(after)")
            for line in list.cases {
                // Cases of people who are no part of this season are left to their own officers.
                guard var child = await ledger.child(line.receipt) else { continue }
                if child.seen.last != state { child.seen.append(state) }
                await ledger.keep(child)
                lines.append((child, line.pending))
            }
            guard let next = list.next, next != after, !list.cases.isEmpty else { break }
            after = next
        }
        try await forEach(lines, atOnce: Self.windows) { line in
            try await attempt(who, .reviewing) { try await work(line.child, line.pending) }
            await count.step()
        }
        return lines.count
    }

    private func firstReview(
        _ child: ReplayedChild, pending: [String], _ tenant: TenantCode, _ browser: ReplayBrowser
    ) async throws {
        let script = families[child.family].children[child.child].review
        let page = try await browser.open("/county/\(tenant)/cases/\(child.receipt)").checked()
        if let note = script.supplement, !child.hasSupplemented {
            guard let form = page.form(endingIn: "/supplement") else {
                throw ReplayFailure(cause: .noForm("supplement"), path: page.address.path)
            }
            _ = try await browser.send(form, on: page, ["note": note]).checked()
            return
        }
        guard let form = page.form(endingIn: "/first-review") else {
            throw ReplayFailure(cause: .noForm("first-review"), path: page.address.path)
        }
        var fields = ["verdict": script.verdict.rawValue, "reason": script.reason]
        if script.verdict == .findings {
            for key in Set(script.needed).union(pending) {
                guard let value = script.found[key] else { continue }
                fields["finding.\(key)"] = value
            }
        }
        _ = try await browser.send(form, on: page, fields).checked()
    }

    private func secondReview(_ child: ReplayedChild, _ tenant: TenantCode, _ browser: ReplayBrowser) async throws {
        let page = try await browser.open("/county/\(tenant)/cases/\(child.receipt)").checked()
        guard let form = page.form(endingIn: "/second-review") else {
            throw ReplayFailure(cause: .noForm("second-review"), path: page.address.path)
        }
        _ = try await browser.send(form, on: page, ["verdict": "approve", "reason": "同意初审意见(样例)"]).checked()
    }

    /// Families of whom something was asked answer it, with a picture.
    private func answerSupplements(_ tenant: TenantCode) async throws -> Int {
        let asked = await ledger.children(of: tenant).filter { child in
            !child.hasSupplemented && [.firstReview, .supplementRequested].contains(child.seen.last)
                && families[child.family].children[child.child].review.supplement != nil
        }
        try await forEach(asked, atOnce: Self.windows) { child in
            let family = family(child.family)
            try await attempt(family.family.id, .reviewing) {
                var child = child
                child.keep(try await family.read(child.receipt))
                if child.reading?.state == .supplementRequested {
                    try await family.supplement(child.receipt, photo: child.family.isMultiple(of: 2) ? .jpeg : .png)
                    child.hasSupplemented = true
                    child.keep(try await family.read(child.receipt))
                }
                await ledger.keep(child)
            }
        }
        return asked.count
    }

    /// Gives the seats: one officer runs, another releases. The first tenant's officer moves the clock.
    func admit() async throws {
        let tenants = tenants(of: Array(families.indices))
        guard let any = tenants.first else { return }
        let accounts = tenants.map(officers).flatMap { [$0.admission, $0.admissionSecond] }
        let desks = try await desks(accounts, .admitting, next: "/county/\(any)/admission")
        try await attempt(officers(of: any).admission, .admitting) {
            guard let desk = desks[officers(of: any).admission] else { return }
            let page = try await desk.open("/county/\(any)/admission").checked()
            guard let form = page.form(endingIn: "/clock") else { return }
            _ = try await desk.send(form, on: page).checked()
        }
        let count = ReplayCount(.admitting, total: tenants.count, progress)
        await count.begin()
        try await forEach(tenants, atOnce: Self.windows) { tenant in
            let officers = officers(of: tenant)
            if let first = desks[officers.admission], let second = desks[officers.admissionSecond] {
                try await admit(tenant, officers, first, second)
            }
            await count.step()
        }
    }

    private func admit(
        _ tenant: TenantCode, _ officers: ReplayOfficers, _ first: ReplayBrowser, _ second: ReplayBrowser
    ) async throws {
        let path = "/county/\(tenant)/admission"
        // Another process may see the moved clock a moment later, and a large run may still be at work.
        let pace = ReplayPace(limit: min(settings.patience, Self.longestRun))
        try await attempt(officers.admission, .admitting) {
            _ = try await pace.poll(path: path) { () -> (answer: ReplayBrowser.Page?, state: String) in
                let page = try await first.open(path).checked()
                guard let form = page.form(endingIn: "/admission/run") else { return (nil, "no_run") }
                let fields = form.has("provisional") ? ["provisional": "yes"] : [:]
                let answer = try await first.send(form, on: page, fields)
                // A process that has not seen the clock move says that it is too early, and is asked again.
                return answer.status == 422 ? (nil, "refused") : (try answer.checked(), "run")
            }
        }
        try await attempt(officers.admissionSecond, .admitting) {
            let (page, form) = try await pace.poll(path: path) {
                let page = try await second.open(path).checked()
                return (page.form(endingIn: "/admission/release").map { (page, $0) }, "no_release")
            }
            _ = try await second.send(form, on: page).checked()
        }
    }
}
