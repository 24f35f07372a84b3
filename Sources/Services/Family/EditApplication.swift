import Catchments
public import Enrollment
import Storage
import Tenancy

/// Makes a draft of an application, to be edited and submitted as its next revision.
public struct EditApplication: Sendable {
    let platform: Platform
    public init(_ platform: Platform) { self.platform = platform }

    public func callAsFunction(_ viewer: Viewer, _ receipt: ReceiptNumber) async throws -> DraftID {
        let platform = platform
        let file = try await platform.readOwn(receipt, viewer) { row, tx in
            try ApplicationFile.open(row, platform: platform, in: tx)
        }
        guard file.row.state.isEditable else { throw ServiceError.stateChanged(file.row.state) }
        let calendar = file.tenant.policy.calendar
        let window = calendar.window(on: platform.clock.business().day)
        guard window == .open else { throw ServiceError.windowClosed(window, calendar) }
        let answers = file.answers
        var household: HouseholdPlace?
        if case .household(let known) = try await ReadHousehold(platform: platform)(viewer) {
            household = HouseholdPlace(community: known.community, address: known.address)
        } else if let community = answers.householdCommunity {
            household = HouseholdPlace(community: community, address: answers.home.address)
        }
        let home = answers.home
        let same = household?.community == home.community && household?.address == home.address
        let draft = Draft(
            child: answers.child, stage: answers.stage, relation: answers.relation, household: household,
            otherParent: answers.otherParent,
            place: PlaceAnswer(
                sameAsHousehold: same, division: home.community.division, township: home.community.township,
                community: home.community.name, address: home.address),
            home: home, ranking: file.ranking, phone: answers.phone,
            edits: .init(
                tenant: file.row.key.tenant, application: file.row.id, receipt: receipt, revision: file.row.revision))
        let id = DraftID(from: platform.random)
        try await platform.save(draft, as: id, of: viewer)
        return id
    }
}

/// Withdraws an application: the child can be registered anew, here or elsewhere.
public struct WithdrawApplication: Sendable {
    let platform: Platform
    public init(_ platform: Platform) { self.platform = platform }

    public func callAsFunction(_ viewer: Viewer, _ receipt: ReceiptNumber) async throws {
        let platform = platform
        try await platform.writeOwn(receipt, viewer, action: "application.withdraw") { row, tx in
            guard row.state.isEditable,
                try ApplicationRepository.record(
                    .withdrawn, moving: row.id, of: row.key, from: row.state, to: .withdrawn, actor: .family,
                    at: platform.clock.business(), in: tx)
            else { throw ServiceError.stateChanged(row.state) }
            try SubmissionRepository.release(
                child: row.child, season: row.key.season, tenant: row.key.tenant, application: row.id, in: tx)
            try JobRepository.cancel(of: row.id, row.key, in: tx)
        }
    }
}

/// Accepts or releases the seat that is offered.
public struct AnswerOffer: Sendable {
    let platform: Platform
    public init(_ platform: Platform) { self.platform = platform }

    public func callAsFunction(_ viewer: Viewer, _ receipt: ReceiptNumber, accept: Bool) async throws {
        let platform = platform
        try await platform.writeOwn(receipt, viewer, action: accept ? "offer.accept" : "offer.release") { row, tx in
            let now = platform.clock.business()
            guard row.state == .offered,
                let offer = try OfferRepository.find(application: row.id, of: row.key, in: tx)
            else { throw ServiceError.stateChanged(row.state) }
            guard now.day <= offer.until,
                try OfferRepository.answer(
                    offer.id, to: row.id, state: accept ? "accepted" : "released", at: now, of: row.key, in: tx)
            else { throw ServiceError.stateChanged(row.state) }
            try ApplicationRepository.record(
                accept ? .accepted : .released, moving: row.id, of: row.key, from: .offered,
                to: accept ? .accepted : .released, actor: .family, at: now, in: tx)
        }
    }
}
