import Catchments
import Enrollment
import Services
import Tenancy
import Testing

@Suite("From the form to the verdict", .timeLimit(.minutes(5)))
struct VerificationJourneyTests {
    @Test("a home that its title confirms qualifies, in the first category, with the schools of its community")
    func titleConfirmed() async throws {
        try await TestSeason.run { season in
            let family = try SampleFamily(1)
            let (viewer, receipt) = try await season.qualified(family)
            let view = try await season.read(viewer, receipt)
            #expect(view.category?.id == "household_and_home")
            #expect(view.schools.map(\.code) == ["P01", "P05"])
            #expect(view.statesPassed == [.verifying, .qualified])
            #expect(view.status(.household) == .confirmed)
            #expect(view.status(.realEstateTitle) == .confirmed)
            #expect(view.status(.socialInsurance) == .notNeeded)
            #expect(season.registers.checks(.household) == 1)
            #expect(season.registers.checks(.realEstateTitle) == 1)
            #expect(season.registers.checks(.residencePermit) == 0)
        }
    }

    @Test("how long verification took is known once it is settled, and not before")
    func verificationTime() async throws {
        try await TestSeason.run { season in
            let family = try SampleFamily(1)
            season.register(family)
            season.registers.hold(.realEstateTitle)
            let viewer = try await season.arrive(family)
            let receipt = try await season.apply(viewer, family)
            await season.registers.whenChecked(.realEstateTitle)
            #expect(try await season.read(viewer, receipt).verificationMilliseconds == nil)
            season.registers.letGo(.realEstateTitle)
            let view = try await season.wait(viewer, receipt, for: .qualified)
            let took = try #require(view.verificationMilliseconds)
            let departments = try #require(view.departmentMilliseconds)
            #expect(took >= 0)
            #expect((0...took).contains(departments))
        }
    }

    @Test("the family's own order of schools is kept")
    func ranking() async throws {
        try await TestSeason.run { season in
            let family = try SampleFamily(1)
            season.register(family)
            let viewer = try await season.arrive(family)
            let receipt = try await season.apply(viewer, family, Answers(ranking: ["P05", "P01"]))
            #expect(try await season.wait(viewer, receipt, for: .qualified).schools.map(\.code) == ["P05", "P01"])
        }
    }

    @Test("a mistyped certificate number never demotes: the family corrects it, and only the title is asked again")
    func mistypedNumber() async throws {
        try await TestSeason.run { season in
            let family = try SampleFamily(1)
            season.register(family)
            let viewer = try await season.arrive(family)
            let receipt = try await season.apply(viewer, family, Answers(certificateNumber: "湘(2023)桃江县不动产权第9999999号"))
            let doubtful = try await season.wait(viewer, receipt) {
                $0.state == .needsRepair && $0.status(.household) == .confirmed
            }
            #expect(doubtful.category == nil)
            let title = try #require(doubtful.credentials.first { $0.connector.credential == .realEstateTitle })
            #expect(title.status == .differs)
            #expect(title.fields == [.certificateNumber])
            #expect(title.canRepair && title.canAccept && title.canAskPerson)

            try await RepairCredential(season.platform)(viewer, receipt, .realEstateTitle, season.homeForm(family))
            let view = try await season.wait(viewer, receipt, for: .qualified)
            #expect(view.revision == 2)
            #expect(view.category?.id == "household_and_home")
            #expect(season.registers.checks(.realEstateTitle) == 2)
            #expect(season.registers.checks(.household) == 1)
            #expect(try #require(view.verificationMilliseconds) >= 0)
        }
    }

    @Test("a title that is not found, accepted by the family, leads to the rules for those who rent")
    func notFoundAccepted() async throws {
        try await TestSeason.run { season in
            let family = try SampleFamily(1)
            season.register(family, title: false)
            let viewer = try await season.arrive(family)
            let receipt = try await season.apply(viewer, family)
            let doubtful = try await season.wait(viewer, receipt) {
                $0.state == .needsRepair && $0.status(.household) == .confirmed
            }
            #expect(doubtful.status(.realEstateTitle) == .notFound)

            try await AcceptRegister(season.platform)(viewer, receipt, .realEstateTitle)
            let view = try await season.wait(viewer, receipt, for: .qualified)
            #expect(view.category?.id == "household_only")
            #expect(view.answers.home.kind == .rented)
            #expect(view.credentials.first { $0.connector.credential == .realEstateTitle }?.absence == true)
            // Absence is asked about both parents; the household is not asked again.
            let titles = season.registers.questions.filter { $0.credential == .realEstateTitle }.map(\.subject)
            #expect(titles.first == family.mother.document)
            #expect(Set(titles.dropFirst()) == [family.mother.document, family.father.document])
            #expect(season.registers.checks(.household) == 1)
        }
    }

    @Test("a home of a parent in the county refutes that the parents own none, and nobody is demoted for it")
    func absenceRefuted() async throws {
        try await TestSeason.run { season in
            let family = try SampleFamily(1)
            season.register(family, title: false)
            season.registers.say(
                .realEstateTitle, about: family.father,
                family.title(number: "湘(2020)桃江县不动产权第7654321号", owner: family.father))
            let viewer = try await season.arrive(family)
            let receipt = try await season.apply(viewer, family, Answers(kind: .rented))
            let view = try await season.wait(viewer, receipt) {
                $0.state == .needsRepair && $0.status(.household) == .confirmed
            }
            let title = try #require(view.credentials.first { $0.connector.credential == .realEstateTitle })
            #expect(title.status == .differs && title.absence)
            #expect(!title.canRepair && title.canAccept && title.canAskPerson)
            #expect(view.decision?.category == nil)
        }
    }

    @Test("what the register says can be accepted, and the time it took does not become negative")
    func absenceAccepted() async throws {
        try await TestSeason.run { season in
            let family = try SampleFamily(1)
            season.register(family, title: false)
            season.registers.say(
                .realEstateTitle, about: family.father,
                family.title(number: "湘(2020)桃江县不动产权第7654321号", owner: family.father))
            let viewer = try await season.arrive(family)
            let receipt = try await season.apply(viewer, family, Answers(kind: .rented))
            try await season.wait(viewer, receipt) { $0.state == .needsRepair && $0.status(.household) == .confirmed }
            try await AcceptRegister(season.platform)(viewer, receipt, .realEstateTitle)
            let view = try await season.read(viewer, receipt)
            #expect(view.state == .firstReview)
            #expect(view.status(.realEstateTitle) == .accepted)
            #expect(view.facts.first { $0.key == .parentsOwnNoHome }?.state == .known(.flag(false)))
            #expect(try #require(view.verificationMilliseconds) >= 0)
        }
    }

    @Test("a source that is down never rejects a family: it waits, is asked again by itself, and qualifies")
    func sourceDown() async throws {
        try await TestSeason.run { season in
            let family = try SampleFamily(1)
            season.register(family)
            season.registers.say(
                .realEstateTitle, about: family.mother, .unavailable(.serverError), .unavailable(.timeout),
                .unavailable(.unreadable), .unavailable(.badSignature), family.title)
            let viewer = try await season.arrive(family)
            let receipt = try await season.apply(viewer, family)
            let view = try await season.wait(viewer, receipt, for: .qualified)
            #expect(Set(view.statesPassed).isSubset(of: [.verifying, .waitingForSource, .qualified]))
            #expect(view.statesPassed.contains(.waitingForSource))
            #expect(season.registers.checks(.realEstateTitle) == 5)
            #expect(season.registers.checks(.household) == 1)
            #expect(view.category?.id == "household_and_home")
        }
    }

    @Test("while a source is down the page says when it is asked again, by the clock that the page shows")
    func retryTime() async throws {
        try await TestSeason.run { season in
            let family = try SampleFamily(1)
            season.register(family)
            season.registers.say(.realEstateTitle, about: family.mother, .unavailable(.connection))
            let viewer = try await season.arrive(family)
            let receipt = try await season.apply(viewer, family)
            let view = try await season.wait(viewer, receipt) {
                $0.state == .waitingForSource && $0.status(.household) == .confirmed
            }
            let title = try #require(view.credentials.first { $0.connector.credential == .realEstateTitle })
            #expect(title.status == .sourceDown)
            let retryAt = try #require(title.retryAt)
            let checkedAt = try #require(title.checkedAt)
            #expect((0...400_000).contains(retryAt.milliseconds - checkedAt.milliseconds))
            #expect(view.verificationMilliseconds == nil)
            season.registers.say(.realEstateTitle, about: family.mother, family.title)
            try await season.wait(viewer, receipt, for: .qualified)
        }
    }

    @Test("a source that took the question and answers later is asked again")
    func queued() async throws {
        try await TestSeason.run { season in
            let family = try SampleFamily(1)
            season.register(family)
            season.registers.say(.realEstateTitle, about: family.mother, .queued, .queued, family.title)
            let viewer = try await season.arrive(family)
            let receipt = try await season.apply(viewer, family)
            let view = try await season.wait(viewer, receipt, for: .qualified)
            #expect(view.statesPassed == [.verifying, .qualified])
            #expect(season.registers.checks(.realEstateTitle) == 3)
        }
    }

    @Test("a source that hangs is given up after its deadline, and other families are not held up")
    func hanging() async throws {
        let registry = try RealTenants.loaded.get().with(deadlineMilliseconds: 20)
        try await TestSeason.run(registry: registry) { season in
            let family = try SampleFamily(1)
            season.register(family)
            season.registers.hold(.realEstateTitle)
            let viewer = try await season.arrive(family)
            let receipt = try await season.apply(viewer, family)
            let waiting = try await season.wait(viewer, receipt, for: .waitingForSource)
            #expect(waiting.status(.realEstateTitle) == .sourceDown)
            season.registers.letGo(.realEstateTitle)
            let view = try await season.wait(viewer, receipt, for: .qualified)
            #expect(Set(view.statesPassed) == [.verifying, .waitingForSource, .qualified])
        }
    }

    @Test("an answer that makes no sense brings a person, never a rejection")
    func garbage() async throws {
        try await TestSeason.run { season in
            let family = try SampleFamily(1)
            season.register(family)
            season.registers.say(
                .realEstateTitle, about: family.mother,
                .records([
                    RegisterRecord([
                        .certificateNumber: .text(family.certificateNumber), .address: .text("<b>???</b>\u{0}"),
                        .certificateKind: .text("real_estate_certificate"), .ownerName: .text(family.mother.name.value),
                    ])
                ]))
            let viewer = try await season.arrive(family)
            let receipt = try await season.apply(viewer, family)
            let view = try await season.wait(viewer, receipt, for: .firstReview)
            #expect(view.status(.realEstateTitle) == .notSupported)
            #expect(!view.statesPassed.contains(.needsRepair))
        }
    }

    @Test("every query is in the family's own log, with whom it was about and why")
    func queryLog() async throws {
        try await TestSeason.run { season in
            let family = try SampleFamily(1)
            let (viewer, _) = try await season.qualified(family)
            let neighbour = try await season.qualified(try SampleFamily(2))
            let log = try await ReadQueryLog(season.platform)(viewer)
            #expect(log.count { $0.purpose == .prefill } == 1)
            #expect(log.count { $0.purpose == .enrollment } == 2)
            #expect(log.first { $0.credential == .realEstateTitle }?.subjectName == family.mother.name)
            #expect(log.allSatisfy { $0.outcome == "confirmed" })
            #expect(try await ReadQueryLog(season.platform)(neighbour.viewer).count == 3)
        }
    }
}

extension TenantRegistry {
    /// The same registry with other deadlines for departments.
    func with(deadlineMilliseconds: Int) -> TenantRegistry {
        TenantRegistry(
            season: season, provinceName: provinceName, tenants: tenants, gazetteer: gazetteer,
            connectors: connectors.map {
                Connector(
                    credential: $0.credential, title: $0.title, department: $0.department, purpose: $0.purpose,
                    service: $0.service, path: $0.path, headers: $0.headers, request: $0.request, rows: $0.rows,
                    fields: $0.fields, deadlineMilliseconds: deadlineMilliseconds, answerHours: $0.answerHours,
                    validHours: $0.validHours)
            })
    }
}
