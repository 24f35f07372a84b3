import Enrollment

/// Holds what the platform says against what is true.
extension SeasonReplay {
    /// Compares every application before seats are given.
    func check(_ report: inout ReplayReport, latency: Double) async {
        let children = await ledger.children
        for child in children { check(child, &report) }
        let plain = children.filter { child in
            let family = families[child.family]
            return family.outage == nil && family.children[child.child].steps.isEmpty
                && family.children[child.child].truth.path.isEmpty
        }
        let times = plain.compactMap { child in
            child.reading?.verificationMilliseconds.map {
                (all: $0, departments: child.reading?.departmentMilliseconds)
            }
        }
        report.verification = ReplayReport.Latency(of: times.map(\.all))
        report.verificationOverLatency = ReplayReport.Latency(
            of: times.map { max(0, $0.all - ($0.departments ?? latency)) })
    }

    private func check(_ child: ReplayedChild, _ report: inout ReplayReport) {
        let truth = families[child.family].children[child.child].truth
        guard let reading = child.reading else {
            return disagree(child, "state", truth.end.rawValue, "unread", &report)
        }
        let isSeated = [.offered, .accepted, .released].contains(reading.state)
        if reading.state.rawValue != truth.end.rawValue, !(child.isResumed && isSeated) {
            disagree(child, "state", truth.end.rawValue, reading.state.rawValue, &report)
        }
        if truth.end != .withdrawn {
            if reading.category != truth.category {
                disagree(
                    child, "category", truth.category?.rawValue ?? "none", reading.category?.rawValue ?? "none", &report
                )
            }
            if Set(reading.schools) != Set(truth.schools) {
                disagree(
                    child, "schools", Self.list(truth.schools), Self.list(reading.schools.sorted()), &report)
            }
        }
        guard !child.isResumed else { return }
        checkPath(child, truth, &report)
        let edits = families[child.family].children[child.child].steps.contains { $0.action == .edit }
        if edits, reading.revision <= child.firstRevision ?? 0 {
            disagree(child, "revision", "more than \(child.firstRevision ?? 0)", String(reading.revision), &report)
        }
    }

    private func checkPath(_ child: ReplayedChild, _ truth: ChildTruth, _ report: inout ReplayReport) {
        var expected = truth.path[...]
        if settings.sandbox == nil { expected = expected.filter { $0 != .waitingForSource }[...] }
        let seen = child.seen.map(\.rawValue).joined(separator: ">")
        var rest = expected
        for state in child.seen where state == rest.first { rest = rest.dropFirst() }
        if let missed = rest.first {
            report.pathMisses += 1
            disagree(child, "path", missed.rawValue, seen, &report)
        }
        // What nobody foresaw troubles a family for nothing.
        let kind = families[child.family].kind
        for state in [ReplayState.needsRepair, .firstReview, .supplementRequested]
        where child.seen.contains(state) && !truth.path.contains(state) && !kind.mayPass.contains(state) {
            disagree(child, "path", "without \(state.rawValue)", seen, &report)
        }
    }

    /// Compares what the admission gave.
    func checkAdmission(_ report: inout ReplayReport) async {
        var perSchool: [String: Int] = [:]
        for part in manifest.tenants {
            let own = await ledger.children(of: part.code)
            let placed = own.compactMap { child in child.offered.map { (child: child, school: $0) } }
            for (child, school) in placed {
                perSchool["\(part.code)/\(school)", default: 0] += 1
                let truth = families[child.family].children[child.child].truth
                if !truth.schools.contains(school) {
                    disagree(child, "offer", Self.list(truth.schools), school.rawValue, &report)
                }
            }
            checkSeats(part, placed, own, &report)
            checkNobodyIsLost(own, &report)
        }
        let children = await ledger.children
        report.placements = ReplayReport.Placements(
            placed: perSchool.values.reduce(0, +),
            unplaced: children.count { $0.offered == nil && $0.reading?.state == .coordination },
            released: children.count { $0.reading?.state == .released }, perSchool: perSchool)
    }

    private func checkNobodyIsLost(_ children: [ReplayedChild], _ report: inout ReplayReport) {
        for child in children {
            let truth = families[child.family].children[child.child].truth
            guard truth.end == .qualified, let state = child.reading?.state else { continue }
            let ends: [ReplayState] = [.offered, .accepted, .released, .coordination]
            if !ends.contains(state) {
                disagree(child, "left_out", Self.words(ends), state.rawValue, &report)
            } else if state != .coordination, child.offered == nil {
                disagree(child, "left_out", "a school", "none", &report)
            }
        }
    }

    /// No school gives more seats than it has, and none gives one to a later category while an earlier one is left out.
    private func checkSeats(
        _ part: SeasonManifest.TenantPart, _ placed: [(child: ReplayedChild, school: SchoolCode)],
        _ children: [ReplayedChild], _ report: inout ReplayReport
    ) {
        let order = Dictionary(uniqueKeysWithValues: part.categoryOrder.enumerated().map { ($1, $0) })
        func rank(_ child: ReplayedChild) -> Int? {
            families[child.family].children[child.child].truth.category.flatMap { order[$0] }
        }
        var last: [SchoolCode: Int] = [:]
        let bySchool = Dictionary(grouping: placed, by: \.school)
        for (school, group) in bySchool.sorted(by: { $0.key < $1.key }) {
            last[school] = group.compactMap { rank($0.child) }.max()
            let seats = part.schools.first { $0.code == school }?.seats ?? 0
            if group.count > seats {
                disagree(group[0].child, "seats", "\(school): at most \(seats)", String(group.count), &report)
            }
        }
        for child in children where child.offered == nil && child.reading?.state == .coordination {
            let truth = families[child.family].children[child.child].truth
            guard truth.end == .qualified, let own = rank(child), let category = truth.category,
                !part.seatsByCoordination.contains(category)
            else { continue }
            for school in truth.schools {
                let full = (bySchool[school]?.count ?? 0) >= (part.schools.first { $0.code == school }?.seats ?? 0)
                if let latest = last[school], latest > own {
                    disagree(child, "order", "\(school) before category \(latest + 1)", "left out", &report)
                } else if !full {
                    disagree(child, "order", "a free seat at \(school)", "left out", &report)
                }
            }
        }
    }

    private func disagree(
        _ child: ReplayedChild, _ field: String, _ expected: String, _ got: String, _ report: inout ReplayReport
    ) {
        report.disagreements.append(
            ReplayReport.Disagreement(
                receipt: child.receipt, tenant: child.tenant, family: families[child.family].id,
                kind: families[child.family].kind, field: field, expected: expected, got: got))
    }

    private static func list(_ schools: [SchoolCode]) -> String { schools.map(\.rawValue).joined(separator: ",") }
    private static func words(_ states: [ReplayState]) -> String { states.map(\.rawValue).joined(separator: "|") }
}

extension FamilyKind {
    /// States that a platform may lead such a family through, though it need not: where a refuted claim leaves the rules
    /// to be asked again.
    fileprivate var mayPass: Set<ReplayState> {
        switch self {
        case .falseTitleAccepted, .contractWithdrawn, .falseTitleMigrant, .falseNoHome: [.firstReview]
        case .commercialFlat, .commercialFlatMigrant: [.needsRepair, .firstReview]
        case .falseTitleInsists, .contractWithdrawnInsists: [.firstReview]
        default: []
        }
    }
}
