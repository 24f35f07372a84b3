/// Something in a plan that an officer should see before it is published. A finding is not always a mistake: an estate may
/// be under two schools rightly.
public enum PlanFinding: Hashable, Sendable {
    /// A range or an exception that cannot be meant as written; `clause` is the clause's number in the plan.
    case numbers(clause: Int, road: String, NumberProblem)
    /// Two schools have a number of one road; `example` is the lowest.
    case overlap(first: Int, second: Int, road: String, example: Int)
    /// Numbers between a road's lowest and highest that no clause gives to any school.
    case gap(road: String, NumberSet)
    /// A compound named by two clauses, or twice by one.
    case compoundTwice(first: Int, second: Int, name: String)
    /// An option of which there is only one clause, so that there is nothing to choose.
    case optionAlone(clause: Int, option: String)
    /// Boundaries of which one or more are missing.
    case openBoundaries(clause: Int)
}

extension CatchmentPlan {
    /// Every finding, kind by kind, each in the plan's order.
    public var findings: [PlanFinding] {
        let parts = clauses.flatMap { clause in
            clause.area.parts(in: nil).map { PlanPart(clause: clause, area: $0.area, scope: $0.scope) }
        }
        return numberFindings(parts) + overlaps(parts) + gaps(parts) + compoundsTwice(parts) + optionsAlone
            + parts.compactMap { part in
                guard case .boundaries(let boundaries) = part.area, !boundaries.isClosed else { return nil }
                return .openBoundaries(clause: part.clause.number)
            }
    }

    private func numberFindings(_ parts: [PlanPart]) -> [PlanFinding] {
        parts.flatMap { part in
            part.stretches.flatMap { stretch in
                (stretch.numbers?.problems ?? []).map {
                    .numbers(clause: part.clause.number, road: stretch.road, $0)
                }
            }
        }
    }

    private func overlaps(_ parts: [PlanPart]) -> [PlanFinding] {
        var findings: [PlanFinding] = []
        for stretches in byRoad(parts) {
            for (position, (left, mine)) in stretches.enumerated() {
                for (right, other) in stretches[(position + 1)...] {
                    guard left.clause.school != right.clause.school, left.mayMeet(right),
                        let example = mine.set.intersection(other.set).first
                    else { continue }
                    findings.append(
                        .overlap(
                            first: left.clause.number, second: right.clause.number, road: mine.road, example: example))
                }
            }
        }
        return findings
    }

    private func gaps(_ parts: [PlanPart]) -> [PlanFinding] {
        byRoad(parts).compactMap { stretches in
            let given = stretches.reduce(NumberSet()) { $0.union($1.1.set) }
            guard let road = stretches.first?.1.road, let first = given.first, let last = given.last else { return nil }
            // A road of which only the odd side is given is not missing its even side.
            let sides = NumberSet.Parity.allCases.filter { given.intersects(NumberSet(first...last, $0)) }
            let span = sides.reduce(NumberSet()) { $0.union(NumberSet(first...last, $1)) }
            let missing = span.subtracting(given)
            return missing.isEmpty ? nil : .gap(road: road, missing)
        }
    }

    /// Stretches road by road, in the order in which the plan first names the roads.
    private func byRoad(_ parts: [PlanPart]) -> [[(PlanPart, RoadStretch)]] {
        var order: [String] = []
        var roads: [String: [(PlanPart, RoadStretch)]] = [:]
        for part in parts {
            for stretch in part.stretches {
                if roads[stretch.road] == nil { order.append(stretch.road) }
                roads[stretch.road, default: []].append((part, stretch))
            }
        }
        return order.compactMap { roads[$0] }
    }

    private func compoundsTwice(_ parts: [PlanPart]) -> [PlanFinding] {
        var findings: [PlanFinding] = []
        var seen: [String: [(PlanPart, Compound)]] = [:]
        for part in parts {
            guard case .compound(let compound) = part.area else { continue }
            for stem in Set(compound.stems).sorted() {
                for (other, named) in seen[stem] ?? [] where part.mayMeet(other) && compound.mayShareHomes(named) {
                    findings.append(
                        .compoundTwice(first: other.clause.number, second: part.clause.number, name: compound.name))
                }
                seen[stem, default: []].append((part, compound))
            }
        }
        return findings
    }

    private var optionsAlone: [PlanFinding] {
        let sizes = Dictionary(grouping: clauses.compactMap(\.option), by: { $0 }).mapValues(\.count)
        return clauses.compactMap { clause in
            guard let option = clause.option, sizes[option] == 1 else { return nil }
            return .optionAlone(clause: clause.number, option: option)
        }
    }
}

/// One part of a clause's area, with the community it is confined to.
private struct PlanPart {
    let clause: CatchmentClause
    let area: Area
    let scope: Community?

    var stretches: [RoadStretch] {
        switch area {
        case .road(let stretch): [stretch]
        case .compound(let compound): compound.places
        default: []
        }
    }

    /// Whether a home may lie in both and the family not be asked to choose: not in two communities, not in one option.
    func mayMeet(_ other: Self) -> Bool {
        if let option = clause.option, option == other.clause.option { return false }
        guard let scope, let otherScope = other.scope else { return true }
        return scope == otherScope
    }
}

extension RoadStretch {
    /// The numbers meant; a whole road has them all.
    fileprivate var set: NumberSet { numbers.map(\.numbers) ?? NumberSet(0...NumberSet.limit) }
}

extension Compound {
    /// Whether one home may be meant by both: not when their phases, buildings or road numbers have nothing in common.
    fileprivate func mayShareHomes(_ other: Self) -> Bool {
        if let community, let otherCommunity = other.community, community != otherCommunity { return false }
        let (mine, theirs) = (Set(phases.map(Self.plainPhase)), Set(other.phases.map(Self.plainPhase)))
        if !mine.isEmpty, !theirs.isEmpty, mine.isDisjoint(with: theirs) { return false }
        if let buildings, let others = other.buildings, Set(buildings).isDisjoint(with: others) { return false }
        guard !places.isEmpty, !other.places.isEmpty else { return true }
        return places.contains { place in
            other.places.contains { $0.road == place.road && $0.set.intersects(place.set) }
        }
    }
}

extension Area {
    /// The simple parts of an area, each with the canonical community it is confined to.
    fileprivate func parts(in scope: Community?) -> [(area: Area, scope: Community?)] {
        switch self {
        case .within(let outer, let inner):
            let narrower = outer.parts(in: scope).lazy.compactMap { part -> Community? in
                guard case .unit(let unit) = part.area else { return nil }
                return unit.community
            }.first
            return inner.parts(in: narrower ?? scope)
        case .anyOf(let parts, _): return parts.flatMap { $0.parts(in: scope) }
        case .except(let whole, _): return whole.parts(in: scope)
        case .residential(let area): return area.parts(in: scope)
        case .compound(let compound): return [(self, compound.community ?? scope)]
        default: return [(self, scope)]
        }
    }
}
