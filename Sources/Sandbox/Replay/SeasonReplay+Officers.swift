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

    private var tenants: [TenantCode] { Set(families.map(\.tenant)).sorted() }

    private func officers(of tenant: TenantCode) -> ReplayOfficers {
        settings.officers[tenant] ?? settings.defaultOfficers
    }

    /// Works through every tenant's lists until nothing is left to do.
    func review() async throws {
        for tenant in tenants {
            let officers = officers(of: tenant)
            try await attempt(officers.firstReviewer, .reviewing) {
                let first = ReplayBrowser(origin: settings.portal, exchange: exchange)
                let second = ReplayBrowser(origin: settings.portal, exchange: exchange)
                _ = try await first.signIn(as: officers.firstReviewer, next: "/county/\(tenant)")
                _ = try await second.signIn(as: officers.secondReviewer, next: "/county/\(tenant)")
                for _ in 0..<Self.mostRounds {
                    let firstDone = try await workList(.firstReview, tenant, officers.firstReviewer, first) {
                        try await firstReview($0, pending: $1, tenant, first)
                    }
                    let answered = try await answerSupplements(tenant)
                    let secondDone = try await workList(.secondReview, tenant, officers.secondReviewer, second) {
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
        _ state: ReplayState, _ tenant: TenantCode, _ who: String, _ browser: ReplayBrowser,
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
        try await forEach(.reviewing, lines, atOnce: Self.windows) { line in
            try await attempt(who, .reviewing) { try await work(line.child, line.pending) }
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
        let asked = await ledger.children.values.filter { child in
            child.tenant == tenant && !child.hasSupplemented && child.seen.last == .firstReview
                && families[child.family].children[child.child].review.supplement != nil
        }.sorted { $0.receipt < $1.receipt }
        try await forEach(.reviewing, asked) { child in
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

    /// Gives the seats: one officer moves the clock and runs, another releases.
    func admit() async throws {
        for tenant in tenants {
            let officers = officers(of: tenant)
            let path = "/county/\(tenant)/admission"
            try await attempt(officers.admission, .admitting) {
                let browser = ReplayBrowser(origin: settings.portal, exchange: exchange)
                _ = try await browser.signIn(as: officers.admission, next: path)
                var page = try await browser.open(path).checked()
                if let form = page.form(endingIn: "/clock") {
                    page = try await browser.send(form, on: page).checked()
                    page = try await browser.open(path).checked()
                }
                guard let form = page.form(endingIn: "/admission/run") else {
                    throw ReplayFailure(cause: .noForm("run"), path: path)
                }
                _ = try await browser.send(form, on: page, form.has("provisional") ? ["provisional": "yes"] : [:])
                    .checked()
            }
            try await attempt(officers.admissionSecond, .admitting) {
                let browser = ReplayBrowser(origin: settings.portal, exchange: exchange)
                _ = try await browser.signIn(as: officers.admissionSecond, next: path)
                // A large run may still be at work when the page comes.
                let (page, form) = try await pace.poll(path: path) {
                    let page = try await browser.open(path).checked()
                    return (page.form(endingIn: "/admission/release").map { (page, $0) }, "no_release")
                }
                _ = try await browser.send(form, on: page).checked()
            }
        }
    }
}
