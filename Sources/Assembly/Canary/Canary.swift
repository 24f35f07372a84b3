import Enrollment
import Foundation
import Services
import Storage
import Tenancy

/// Plants a family that does not exist in the installation's own database and tries to come at it from everywhere else.
///
/// The family lives in two reserved counties that no process serves (``CanaryGround``), goes through a whole season by
/// the portal's own routes (``CanaryJourney``, ``CanaryDesk``), and is taken away again. Each step is tried by every
/// stranger first; routes, tables and commands are enumerated from what there is, and one without a case is a finding.
/// Nothing of a real family is read: on PostgreSQL the reserved counties' scopes show no other rows.
struct Canary {
    let database: any Database
    let vault: Vault
    let tenants: TenantRegistry
    /// The same database by the role that owns its tables: removes what the service's role may only add.
    var owner: (any Database)?
    /// What stands between the routes and whoever asks; tests put faults there.
    var around: CanaryPortal.Around?
    /// Adds routes; for tests.
    var adding: CanaryPortal.Adding?

    func callAsFunction(
        commands: [String], progress: @escaping (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) async throws -> CanaryReport {
        let started = ContinuousClock.now
        let ground = try CanaryGround(beside: tenants)
        let people = try CanaryPeople(ground.season)
        let portal = try CanaryPortal(
            database, vault, ground, CanaryRegisters([people.watched, people.neighbour, people.stranger]),
            around: around, adding: adding)
        let cleaning = CanaryCleaning(
            database: database, owner: owner, survey: try await RowSurvey(database), ground: ground)
        // What a run before this one left when it was interrupted.
        _ = try await cleaning([])
        let visitors = try await people.signIn(to: portal)
        _ = try await cleaning.people(visitors.all)
        let run = CanaryRun(portal, cleaning.survey, progress: progress)
        let result: Result<Void, any Error>
        do {
            try await Self.season(run, people, visitors)
            CanaryCommands.check(commands, run)
            result = .success(())
        } catch let error as CanaryError {
            // Who may do a thing could not, and the season cannot go on: what follows would prove nothing.
            run.find(.noControl, "\(error)", "—")
            result = .success(())
        } catch { result = .failure(error) }
        let remaining = try await cleaning(visitors.all)
        for visitor in visitors.all { try await portal.signOut(visitor) }
        try result.get()
        return run.finish(remaining: remaining, milliseconds: Int(started.duration(to: .now) / .milliseconds(1)))
    }

    private static func season(
        _ run: CanaryRun, _ people: CanaryPeople, _ visitors: CanaryPeople.Visitors
    ) async throws {
        let journey = CanaryJourney(run: run, people: people, visitors: visitors)
        let desk = CanaryDesk(run: run, visitors: visitors)
        let portal = run.portal
        let home = CanaryGround.home
        let neighbours = try await journey.file(people.neighbour, as: visitors.neighbour)
        let strangers = try await journey.file(people.stranger, as: visitors.stranger)

        run.watch(people.watched.marks + CanaryDesk.marks)
        run.watch(try journey.viewer(visitors.mother).person)
        let first = try await journey.apply()
        run.watch(try await portal.row(first, of: home))
        let attachment = try await journey.correct(first)
        try await journey.attachment(attachment, first, beside: neighbours)

        try await desk.look(first, attachment)
        try await desk.ask(first)
        try await journey.supplement(first)
        try await desk.review(first)

        let second = try await journey.file(
            people.watched, child: 1, certificate: people.watched.wrongCertificate, as: visitors.mother, works: false)
        run.watch(try await portal.row(second, of: home))
        let scopes = CanaryScopes(run: run, visitors: visitors, neighbours: neighbours, strangers: strangers)
        try await scopes.jobs()
        try await scopes.check(counting: true)
        try await portal.work()
        try await journey.withdraw(second)

        let third = try await journey.file(people.watched, child: 2, as: visitors.mother)
        run.watch(try await portal.row(third, of: home))
        portal.move(to: try portal.ground.morning("07-21"))
        try await desk.admit()
        try await journey.answer(first, "accept")
        try await journey.answer(third, "release")
        try await desk.left(third)
        try await desk.province()
        // Once more, now that there are a run, offers and a child without a seat.
        try await scopes.check(counting: false)
        try await CanaryRoutes(
            run: run, visitors: visitors,
            values: [
                "code": home.rawValue, "receipt": first.rawValue, "id": attachment.description,
                "attachment": attachment.description, "credential": journey.title.rawValue,
                "draft": DraftID(high: 1, low: 1).description, "file": "none",
            ]
        ).check()
    }
}

/// Takes away what was planted: the reserved tenants hold nothing else.
struct CanaryCleaning {
    let database: any Database
    let owner: (any Database)?
    let survey: RowSurvey
    let ground: CanaryGround

    /// - Returns: rows that are left, by table: of tables that the service's role only adds to. What is personal in them
    ///   is a sample's, sealed; the applications' keys are gone with them.
    func callAsFunction(_ visitors: [CanaryVisitor]) async throws -> [String: Int] {
        let survey = survey
        var left: [String: Int] = [:]
        for tenant in CanaryGround.tenants {
            let key = TenantSeason(tenant, ground.season)
            let rows = try await database.write(.tenant(tenant, key.season)) { try survey.eraseTenant(key, in: $0) }
            left.merge(rows) { $0 + $1 }
        }
        left.merge(try await people(visitors)) { $0 + $1 }
        try await database.write(.province) { tx in
            for tenant in CanaryGround.tenants + [CanaryGround.province] { try survey.eraseGrants(in: tenant, in: tx) }
        }
        guard let owner, !left.isEmpty else { return left }
        return try await sweep(owner, visitors)
    }

    /// Takes away what is these people's own; they themselves stay, the same in every run.
    func people(_ visitors: [CanaryVisitor]) async throws -> [String: Int] {
        let survey = survey
        var left: [String: Int] = [:]
        for person in visitors.compactMap({ $0.viewer?.person }) {
            let rows = try await database.write(.person(person)) { try survey.erasePerson(person, in: $0) }
            left.merge(rows) { $0 + $1 }
        }
        return left
    }

    private func sweep(_ owner: any Database, _ visitors: [CanaryVisitor]) async throws -> [String: Int] {
        let survey = try await RowSurvey(owner)
        let people = visitors.compactMap { $0.viewer?.person }
        let season = ground.season
        return try await owner.write(.migration) { tx in
            var left: [String: Int] = [:]
            for tenant in CanaryGround.tenants {
                left.merge(try survey.eraseTenant(TenantSeason(tenant, season), in: tx)) { $0 + $1 }
            }
            for person in people { left.merge(try survey.erasePerson(person, in: tx)) { $0 + $1 } }
            return left
        }
    }
}
