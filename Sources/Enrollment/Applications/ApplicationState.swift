import Catchments

/// Where an application stands. Changed only by an ``ApplicationEvent``.
public enum ApplicationState: String, Sendable, Codable, CaseIterable {
    /// 系统核验中: departments are being asked.
    case verifying
    /// 等待部门答复: a source does not answer; it is asked again by itself and the family need do nothing.
    case waitingForSource = "waiting_for_source"
    /// 请核对: a register refutes or does not find a claim; the family repairs, accepts, or asks for a person.
    case needsRepair = "needs_repair"
    /// 待初审: a person has to look.
    case firstReview = "first_review"
    /// 待补充: a reviewer asked the family for something.
    case supplementRequested = "supplement_requested"
    /// 待复审: another person has to sign.
    case secondReview = "second_review"
    /// 符合条件: category and school are settled; waiting for the seats to be given.
    case qualified
    /// 待统筹: the bureau places the child, because no category fits or no seat was left.
    case coordination
    /// 已录取,待确认: a seat is offered.
    case offered
    /// 已确认.
    case accepted
    /// The family released the seat it was offered.
    case released
    /// 已撤回 by the family.
    case withdrawn

    /// Whether the family may still edit, before the deadline.
    public var isEditable: Bool {
        switch self {
        case .verifying, .waitingForSource, .needsRepair, .firstReview, .supplementRequested, .secondReview, .qualified,
            .coordination:
            true
        case .offered, .accepted, .released, .withdrawn: false
        }
    }

    /// Whether the child's way through the season is over: a season closes when it is for every child.
    public var endsSeason: Bool {
        switch self {
        case .accepted, .released, .withdrawn: true
        default: false
        }
    }

    /// Whether the machine or a reviewer still works on the verdict.
    public var isUnresolved: Bool {
        switch self {
        case .verifying, .waitingForSource, .needsRepair, .firstReview, .supplementRequested, .secondReview: true
        default: false
        }
    }
}

/// Something that happened to an application; the list of events is its history.
public enum ApplicationEventType: String, Sendable, Codable {
    case submitted, edited, repaired, registerAccepted = "register_accepted", personAsked = "person_asked",
        supplementAdded = "supplement_added", checked, supplementRequested = "supplement_requested",
        firstReviewed = "first_reviewed", returnedToFirstReview = "returned_to_first_review",
        secondReviewed = "second_reviewed", unplaced, offered, accepted, released, withdrawn
}

/// The state that the machine's own reading gives. Reviews in progress are not overtaken by it: see the callers.
/// - Parameter personAsked: whether the family asked for a person and none has answered.
public func machineState(decision: Decision, facts: FactSheet, personAsked: Bool) -> ApplicationState {
    if personAsked { return .firstReview }
    switch decision.verdict {
    case .noCategory: return .firstReview
    case .settled:
        // The guardian has to be the child's before a machine may pass anything.
        switch facts.state(.householdWithGuardian) {
        case .known(.flag(true)): break
        case .unknown(let reason): return state(for: [reason])
        default: return .firstReview
        }
        switch decision.catchment {
        case .one, .many: return .qualified
        case .needsPerson, .some(.none), nil: return .firstReview
        }
    case .undetermined:
        return state(
            for: decision.pending.compactMap { key in
                if case .unknown(let reason) = facts.state(key) { return reason }
                return nil
            })
    }
}

/// The family's own step comes first, then waiting, then a person.
private func state(for reasons: [UnknownReason]) -> ApplicationState {
    if reasons.contains(.disputed) { return .needsRepair }
    if reasons.contains(.waiting) { return .verifying }
    if reasons.contains(.sourceDown) { return .waitingForSource }
    return .firstReview
}
