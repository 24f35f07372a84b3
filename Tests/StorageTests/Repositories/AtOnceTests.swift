import Enrollment
import Storage
import Testing

/// As many as a test's database has connections.
private let crowd = 8

@Suite("What is done at once on many connections is done once", .timeLimit(.minutes(5)))
struct AtOnceTests {
    @Test("answers and officers that decide upon one application at once lose nothing", arguments: Driver.allCases)
    func lostUpdates(driver: Driver) async throws {
        try await World.run(driver) { world in
            let (row, key) = (world.application, world.mine)
            // The machine for the family, and staff, by number and by receipt.
            let results = try await world.atOnce(
                driver,
                (0..<crowd).map { number in
                    let staff = number.isMultiple(of: 2)
                    return (
                        scope: staff ? world.staff(key) : world.filing(row),
                        body: { tx in
                            let held =
                                staff
                                ? try ApplicationRepository.hold(receipt: row.receipt, of: key, in: tx)
                                : try ApplicationRepository.hold(row.id, of: key, in: tx)
                            try ApplicationRepository.setSettled(
                                at: World.now, departmentMilliseconds: (held?.departmentMilliseconds ?? 0) + 1,
                                of: row.id, key, in: tx)
                            try ReviewRepository.insert(Samples.note(by: world.mother), of: row.id, key, in: tx)
                        }
                    )
                })
            for result in results { try result.get() }
            let (found, notes) = try await world.write { tx in
                (
                    try ApplicationRepository.find(row.id, of: key, in: tx),
                    try ReviewRepository.notes(of: row.id, key, in: tx).count
                )
            }
            #expect(found?.departmentMilliseconds == crowd && notes == crowd)
        }
    }

    @Test("of officers who move one application from one state at once, one does", arguments: Driver.allCases)
    func moves(driver: Driver) async throws {
        try await World.run(driver) { world in
            let (id, key) = (world.application.id, world.mine)
            let targets: [ApplicationState] = [.qualified, .needsRepair, .firstReview, .withdrawn]
            let results = try await world.atOnce(
                driver,
                (0..<crowd).map { number in
                    (
                        scope: world.staff(key),
                        body: { tx in
                            try ApplicationRepository.record(
                                .checked, moving: id, of: key, from: .verifying, to: targets[number % targets.count],
                                actor: .officer, at: World.now, in: tx)
                        }
                    )
                })
            #expect(try results.count { try $0.get() } == 1)
            let (state, events) = try await world.write { tx in
                (
                    try ApplicationRepository.find(id, of: key, in: tx)?.state,
                    try ApplicationRepository.events(of: id, key, in: tx)
                )
            }
            #expect(events.count == 2 && events.last?.state == state)
        }
    }

    @Test("workers that claim at once never get the same work, and none is left", arguments: Driver.allCases)
    func work(driver: Driver) async throws {
        try await World.run(driver) { world in
            let jobs = (0..<60).map { _ in world.job(world.application) }
            try await world.write { tx in
                for job in jobs { try JobRepository.enqueue(job, due: World.now, in: tx) }
            }
            let later = World.now.adding(.seconds(60))
            var claimed: [JobRepository.Row] = []
            for _ in 0..<3 {
                let results = try await world.atOnce(
                    driver,
                    (0..<crowd).map { _ in
                        (
                            scope: world.staff(world.mine),
                            body: { tx in
                                try JobRepository.claim(
                                    of: world.mine, limit: 7, now: World.now, leaseUntil: later, in: tx
                                ).map(\.row)
                            }
                        )
                    })
                claimed += try results.flatMap { try $0.get() }
            }
            #expect(claimed.count == jobs.count && Set(claimed) == Set(jobs))
        }
    }

    @Test("a round has one run, released once; an offer has one answer", arguments: Driver.allCases)
    func seats(driver: Driver) async throws {
        try await World.run(driver) { world in
            let (key, id) = (world.mine, world.application.id)
            let inserted = try await world.atOnce(
                driver,
                (0..<crowd).map { _ in
                    let run = Samples.run(World.id())
                    return (
                        scope: world.staff(key),
                        body: { tx in
                            try AdmissionRepository.insert(run, of: key, in: tx)
                            // The seats of a run that another one was quicker than are given to nobody.
                            try AdmissionRepository.place(id, at: "P01", run: run.id, of: key, in: tx)
                            try OfferRepository.insert(Samples.offer(id, run.id), of: key, in: tx)
                        }
                    )
                })
            let refused = inserted.filter {
                if case .failure(let error) = $0 {
                    error.conflicts(on: "allocation_run.tenant", "allocation_run.season", "allocation_run.round")
                } else {
                    false
                }
            }
            #expect(refused.count == crowd - 1)
            let (run, counts) = try await world.write { tx in
                (try AdmissionRepository.run(of: key, in: tx), try OfferRepository.counts(of: key, in: tx))
            }
            #expect(counts == ["P01": ["open": 1]])
            let only = try #require(run)
            let offer = try #require(
                try await world.write { try OfferRepository.find(application: id, of: key, in: $0) })
            let released = try await world.atOnce(
                driver,
                (0..<crowd).map { _ in
                    (
                        scope: world.staff(key),
                        body: { tx in
                            try AdmissionRepository.release(
                                only.id, by: World.id(), at: World.now, of: key, in: tx)
                        }
                    )
                })
            #expect(try released.count { try $0.get() } == 1)
            let answered = try await world.atOnce(
                driver,
                (0..<crowd).map { number in
                    (
                        scope: world.filing(world.application),
                        body: { tx in
                            try OfferRepository.answer(
                                offer.id, to: id, state: number.isMultiple(of: 2) ? "accepted" : "released",
                                at: World.now, of: key, in: tx)
                        }
                    )
                })
            #expect(try answered.count { try $0.get() } == 1)
        }
    }

    @Test("of guardians who claim one child in several counties at once, one does", arguments: Driver.allCases)
    func child(driver: Driver) async throws {
        try await World.run(driver) { world in
            let tenants: [TenantCode] = ["430922", "430923", "430100", "430121"]
            for _ in 0..<5 {
                let child: PersonID = World.id()
                // One by one as an edit does, and many together as the intake does.
                let results = try await world.atOnce(
                    driver,
                    (0..<crowd).map { number in
                        let key = TenantSeason(tenants[number % tenants.count], World.season)
                        let (application, guardian) = (World.id() as ApplicationID, World.id() as PersonID)
                        if number < crowd / 2 {
                            return (
                                scope: .filing(guardian, key.tenant, key.season, application),
                                body: { tx in
                                    try SubmissionRepository.claim(
                                        child: child, season: key.season, tenant: key.tenant, application: application,
                                        in: tx)
                                }
                            )
                        }
                        return (
                            scope: .intake(key.tenant, key.season),
                            body: { tx in
                                try IntakeRepository.claim(
                                    [(child: child, application: application)], of: key, in: tx
                                ).contains(application)
                            }
                        )
                    })
                #expect(try results.count { try $0.get() } == 1)
            }
        }
    }

    @Test("intakes that claim the same children in opposite orders wait for each other and do not cross")
    func crossing() async throws {
        struct Stop: Error {}
        try await World.run(.postgresql) { world in
            let (first, middle, last): (PersonID, PersonID, PersonID) = (World.id(), World.id(), World.id())
            let gathering = Gathering(3, .postgresql)
            async let holder: Void = world.database.write(world.filing(world.application)) { tx in
                _ = try SubmissionRepository.claim(
                    child: middle, season: World.season, tenant: world.mine.tenant, application: world.application.id,
                    in: tx)
                try gathering.begun(tx)
                // Both stand still in the middle of their statements; without an order, each with a child of the other's.
                let patience = ContinuousClock.now + .seconds(30)
                let waiting: SQL = """
                    SELECT count(*) AS n FROM pg_stat_activity
                    WHERE datname = current_database() AND wait_event_type = 'Lock'
                    """
                while try tx.row(waiting)?.int("n") != 2 {
                    guard ContinuousClock.now < patience else { throw Gathering.Missed() }
                }
                throw Stop()
            }
            let claim = { @Sendable (key: TenantSeason, children: [PersonID]) in
                try await world.database.write(.intake(key.tenant, key.season)) { tx in
                    try gathering.begun(tx)
                    return try IntakeRepository.claim(
                        children.map { (child: $0, application: World.id() as ApplicationID) }, of: key, in: tx
                    ).count
                }
            }
            async let one = claim(world.mine, [first, middle, last])
            async let other = claim(world.other, [last, middle, first])
            do { try await holder } catch is Stop {}
            let claimed = try await (one, other)
            #expect(claimed.0 + claimed.1 == 3)
        }
    }

    @Test("the same submission key at once is one application", arguments: Driver.allCases)
    func key(driver: Driver) async throws {
        try await World.run(driver) { world in
            let (key, guardian) = (world.mine, world.mother)
            let results = try await world.atOnce(
                driver,
                (0..<crowd).map { number in
                    let file = Samples.newFile(key, child: World.id(), guardian: guardian, keyHash: [42])
                    return (
                        scope: .intake(key.tenant, key.season),
                        body: { tx in
                            try IntakeRepository.add(
                                [file], of: key, draw: { ReceiptNumber(rawValue: "R-\(number)") }, in: tx)
                        }
                    )
                })
            let refused = results.filter {
                if case .failure(let error) = $0 {
                    error.conflicts(on: "submission_key.person", "submission_key.season", "submission_key.key_hash")
                } else {
                    false
                }
            }
            #expect(refused.count == crowd - 1)
            var receipts: [ReceiptNumber] = []
            for case .success(let given) in results { receipts += given.values }
            let (kept, count) = try await world.database.write(.person(guardian)) { tx in
                let kept = try SubmissionRepository.earlier(
                    person: guardian, season: World.season, keyHash: [42], in: tx)
                let counts = try tx.reading(world.staff(key)) { try ApplicationRepository.counts(of: key, in: $0) }
                return (kept?.receipt, counts[.verifying])
            }
            #expect(receipts.count == 1 && kept == receipts.first)
            // Two were there before.
            #expect(count == 3)
        }
    }

    @Test("applications that draw one receipt number at once get numbers of their own", arguments: Driver.allCases)
    func receipts(driver: Driver) async throws {
        try await World.run(driver) { world in
            let key = world.mine
            let results = try await world.atOnce(
                driver,
                (0..<crowd).map { number in
                    let file = Samples.newFile(key, child: World.id(), keyHash: [UInt8(number)])
                    return (
                        scope: .intake(key.tenant, key.season),
                        body: { tx in
                            var next = 0
                            return try IntakeRepository.add(
                                [file], of: key,
                                draw: {
                                    next += 1
                                    return ReceiptNumber(rawValue: "R-\(next)")
                                }, in: tx)
                        }
                    )
                })
            let receipts = try results.flatMap { try $0.get().values }
            #expect(receipts.count == crowd && Set(receipts).count == crowd)
        }
    }
}
