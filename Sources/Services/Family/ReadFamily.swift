import Enrollment
import Protection
import Storage
import Tenancy

/// A family's first page: the household's children and what stands of their applications.
public struct ReadFamily: Sendable {
    let platform: Platform
    public init(_ platform: Platform) { self.platform = platform }

    public func callAsFunction(_ viewer: Viewer) async throws -> FamilyHome {
        let applications = try await summaries(viewer)
        switch try await ReadHousehold(platform: platform)(viewer) {
        case .consentNeeded: return home(.consentNeeded, [], applications)
        case .unavailable: return home(.unavailable, [], applications)
        case .none: return home(.none, [], applications)
        case .household(let household):
            let cards = household.members.compactMap { card($0, viewer, applications) }
            return home(.read, cards, applications)
        }
    }

    private func home(
        _ household: FamilyHome.Household, _ children: [ChildCard], _ applications: [Summary]
    ) -> FamilyHome {
        let shown = Set(children.compactMap { $0.application?.receipt })
        return FamilyHome(
            household: household, children: children,
            otherApplications: applications.map(\.summary).filter { !shown.contains($0.receipt) })
    }

    private func card(_ member: Household.Member, _ viewer: Viewer, _ applications: [Summary]) -> ChildCard? {
        guard let birthDate = member.birthDate, let name = try? PersonName(member.name),
            member.number != viewer.identity.document.number,
            birthDate.age(on: platform.clock.business().day) < 18
        else { return nil }
        let own = applications.filter { $0.childNumber == member.number }
        let live = own.first { $0.summary.state != .withdrawn } ?? own.first
        return ChildCard(
            member: platform.memberKey(member.number), name: name, birthDate: birthDate,
            age: platform.entryAge(bornOn: birthDate), application: live?.summary)
    }

    private struct Summary: Sendable {
        let summary: ApplicationSummary
        let childNumber: String
    }

    private func summaries(_ viewer: Viewer) async throws -> [Summary] {
        let platform = platform
        let entries = try await platform.database.read(.person(viewer.person)) { tx in
            try SubmissionRepository.entries(of: viewer.person, season: platform.season, in: tx)
        }
        var summaries: [Summary] = []
        for entry in entries {
            let key = platform.key(entry.tenant)
            let summary: Summary? = try await platform.database.read(
                .filing(viewer.person, entry.tenant, platform.season, entry.application)
            ) { tx in
                guard let row = try ApplicationRepository.find(entry.application, of: key, in: tx) else { return nil }
                let answers = try platform.answers(of: row, in: tx)
                return Summary(
                    summary: ApplicationSummary(
                        receipt: row.receipt, childName: answers.child.name, tenant: entry.tenant, state: row.state),
                    childNumber: answers.child.document.number)
            }
            if let summary { summaries.append(summary) }
        }
        return summaries
    }
}

extension Platform {
    /// A household member's opaque key for forms.
    func memberKey(_ number: String) -> String {
        String(Hex.encode(vault.lookupHash("household.member", number)).prefix(32))
    }

    /// What the age rule says; the province's ages and day, which no county of this season changes by stage.
    func entryAge(bornOn birthDate: CivilDate) -> ChildCard.Age {
        guard let rules = tenants().tenants.first?.policy.entryAge, let primary = rules[.primary] else {
            return .pastEntry
        }
        switch primary.answer(bornOn: birthDate) {
        case .tooYoung(let bornBy): return .tooYoung(bornBy: bornBy)
        case .right: return .enters(.primary)
        case .olderThanUsual:
            guard let junior = rules[.junior] else { return .enters(.primary) }
            switch junior.answer(bornOn: birthDate) {
            case .right: return .enters(.junior)
            case .tooYoung: return .enters(.primary)
            case .olderThanUsual: return .pastEntry
            }
        }
    }

    /// The answers of an application's current revision.
    func answers(of row: ApplicationRow, in tx: any Reading) throws -> ApplicationAnswers {
        guard let revision = try ApplicationRepository.revision(row.revision, of: row.id, row.key, in: tx) else {
            throw ServiceError.notFound
        }
        let sealer = try vault.sealer(of: row)
        return try sealer.open(revision.sealedAnswers, SealContext.answers(row.id))
    }
}
