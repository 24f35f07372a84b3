import Enrollment
import Synchronization

/// What families do.
extension SeasonReplay {
    /// Signs a family in and files for its children; a child who has an application already goes on with that one.
    func file(_ index: Int) async throws {
        let family = family(index)
        try await attempt(family.family.id, .filing) {
            let page = try await family.signIn()
            for (offset, child) in family.family.children.enumerated() {
                let existing = family.receipt(of: child, on: page)
                let receipt: String
                // A brother's or sister's application makes the first page another one.
                if let existing {
                    receipt = existing
                } else {
                    receipt = try await family.file(child, from: offset == 0 ? page : nil)
                }
                var replayed = ReplayedChild(
                    family: index, child: offset, tenant: family.family.tenant, receipt: receipt, steps: child.steps)
                replayed.isResumed = existing != nil
                await ledger.add(receipt, family: index, replayed)
            }
        }
    }

    /// Families that meet a department out of order and have not filed in an earlier replay.
    func familiesForOutages(_ indices: [Int]) async throws -> [Int] {
        guard settings.sandbox != nil else { return [] }
        let chosen = Mutex<[Int]>([])
        try await forEach(indices.filter { families[$0].outage != nil }, atOnce: settings.concurrency) { index in
            let family = family(index)
            try await attempt(family.family.id, .outage) {
                let page = try await family.signIn()
                if family.family.children.allSatisfy({ family.receipt(of: $0, on: page) == nil }) {
                    chosen.withLock { $0.append(index) }
                }
            }
        }
        return chosen.withLock { $0 }
    }

    /// A replay that was killed may have left a department of its own switched off.
    func healDepartments() async throws {
        guard settings.sandbox != nil else { return }
        for credential in Set(families.compactMap(\.outage)).sorted() {
            try await switchDepartment(credential, failure: "none")
        }
    }

    /// Switches each department off in turn, lets its families file and see that nothing is lost, and switches it on.
    func outages(_ indices: [Int]) async throws {
        let byCredential = Dictionary(grouping: indices) { families[$0].outage ?? .household }
        for (credential, indices) in byCredential.sorted(by: { $0.key < $1.key }) {
            try await switchDepartment(credential, failure: "down")
            do {
                try await forEach(.outage, indices) { index in
                    try await file(index)
                    let family = family(index)
                    for child in await ledger.children(ofFamily: index) {
                        try await attempt(family.family.id, .outage) {
                            var child = child
                            child.keep(try await family.settled(child.receipt, waitsForSources: false))
                            await ledger.keep(child)
                        }
                    }
                }
            } catch {
                // A department must not stay broken because the replay was stopped.
                try await switchDepartment(credential, failure: "none")
                throw error
            }
            try await switchDepartment(credential, failure: "none")
        }
    }

    /// Takes the steps of a family's script, as its applications ask for them.
    func react(_ index: Int) async throws {
        let family = family(index)
        for child in await ledger.children(ofFamily: index) {
            try await attempt(family.family.id, .reacting) { try await react(child, family) }
        }
    }

    private static let mostSteps = 8

    private func react(_ child: ReplayedChild, _ family: FamilyReplay) async throws {
        var child = child
        for _ in 0..<Self.mostSteps {
            child.keep(try await family.settled(child.receipt))
            await ledger.keep(child)
            guard let reading = child.reading else { return }
            if let step = nextStep(child, in: reading) {
                child.steps.removeFirst()
                try await family.take(step, for: child.receipt)
            } else if reading.state == .needsRepair,
                let doubted = reading.credentials.first(where: \.isDisputed)?.credential
            {
                // The script foresaw nothing: the registers hold the truth, so letting it stand is honest.
                try await family.accept(doubted, for: child.receipt)
            } else {
                return
            }
            await ledger.keep(child)
        }
    }

    /// The next step of the script, when the application is where the step belongs. What an earlier replay has done
    /// shows in the state, in the credential's status and in the revision.
    private func nextStep(_ child: ReplayedChild, in reading: ApplicationReading) -> FamilyStep? {
        guard let step = child.steps.first else { return nil }
        switch step.action {
        case .repair, .accept, .person:
            let isDoubted = reading.credentials.contains { $0.credential == step.credential && $0.isDisputed }
            return reading.state == .needsRepair && (isDoubted || !child.isResumed) ? step : nil
        case .edit:
            return !child.isResumed || (reading.revision == 1 && reading.state.isBeforeTheReview) ? step : nil
        case .withdraw: return !child.isResumed || reading.state.isBeforeTheReview ? step : nil
        }
    }

    /// Reads every application once more.
    func readAll() async throws {
        try await forEach(.checking, Array(families.indices)) { index in
            let family = family(index)
            for child in await ledger.children(ofFamily: index) {
                try await attempt(family.family.id, .checking) {
                    var child = child
                    child.keep(try await family.settled(child.receipt))
                    await ledger.keep(child)
                }
            }
        }
    }

    /// Families answer their offers; most accept.
    func answerOffers() async throws {
        try await forEach(.answering, Array(families.indices)) { index in
            let family = family(index)
            // Bound to the family, so that a replay of the same season releases the same seats.
            var random = SeasonRandom(seed: manifest.seed, stream: "offer-\(family.family.id)")
            let accepts = random.chance(perMille: settings.acceptPerMille)
            for child in await ledger.children(ofFamily: index) {
                try await attempt(family.family.id, .answering) {
                    var child = child
                    child.keep(try await family.read(child.receipt))
                    if child.reading?.state == .offered {
                        try await family.answerOffer(child.receipt, accepts: accepts)
                        child.keep(try await family.read(child.receipt))
                    }
                    await ledger.keep(child)
                }
            }
        }
    }
}

extension ReplayState {
    /// Whether a family has its application in its own hands.
    fileprivate var isBeforeTheReview: Bool { [.qualified, .needsRepair, .firstReview].contains(self) }
}
