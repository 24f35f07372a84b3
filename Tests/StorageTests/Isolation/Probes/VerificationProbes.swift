import Enrollment
import Storage

extension Probe {
    private static let key = Planted.mine
    private static let id = Planted.file
    private static let now = Planted.now

    private static let check = CheckRepository.Row(
        id: Planted.id(29), credential: .household, revision: 2, questionHash: [1], outcome: "confirmed",
        sealedRecords: nil, attempt: 9, askedAt: now, answeredAt: now, validUntil: now)
    private static let decision = DecisionRepository.Row(
        revision: 2, versionHash: "v", program: "p", verdict: "settled", category: nil, schools: ["S2"], rankKeys: [3],
        pending: [], factDigest: "d", at: now)

    static let verificationProbes: [Probe] = [
        Probe("ClaimRepository.insert(row,application,revision,key)", file) {
            try ClaimRepository.insert(
                .init(credential: .socialInsurance, sealedClaim: [1], status: "waiting", answerBy: now), of: id,
                revision: 2, key, in: $0)
        },
        Probe("ClaimRepository.list(application,revision,key)", file) {
            Set(try ClaimRepository.list(of: id, revision: 2, key, in: $0))
        },
        Probe("ClaimRepository.waiting(key,now)", staff) { try ClaimRepository.waiting(of: key, at: now, in: $0) },
        Probe(
            "ClaimRepository.setStatus(status,differing,check,checkedAt,retryAt,credential,application,revision,key)",
            file
        ) {
            try ClaimRepository.setStatus(
                "differs", differing: [.ownerName], check: Planted.id(21), checkedAt: now, retryAt: now,
                credential: .household, of: id, revision: 2, key, in: $0)
        },
        Probe("CheckRepository.insert(row,application,key)", file) {
            try CheckRepository.insert(check, of: id, key, in: $0)
        },
        Probe("CheckRepository.find(check,application,key)", file) {
            try CheckRepository.find(Planted.id(22), of: id, key, in: $0)
        },
        Probe("CheckRepository.attempts(credential,application,key)", file) {
            try CheckRepository.attempts(credential: .household, of: id, key, in: $0)
        },
        Probe("FactRepository.put(fact,application,revision,key)", file) {
            let fact = Fact(
                key: .homeOwned, state: .unknown(.disputed), source: .check, credential: .household, asOf: now.day,
                fetchedAt: now)
            try FactRepository.put(fact, of: id, revision: 2, key, in: $0)
        },
        Probe("FactRepository.forget(credential,sources,application,revision,key)", file) {
            try FactRepository.forget(
                credential: .household, sources: [.check], of: id, revision: 2, key, in: $0)
        },
        Probe("FactRepository.list(application,revision,key)", file) {
            Set(try FactRepository.list(of: id, revision: 2, key, in: $0))
        },
        Probe("DecisionRepository.append(row,application,key)", file) {
            try DecisionRepository.append(decision, of: id, key, in: $0)
        },
        Probe("DecisionRepository.latest(application,key)", file) {
            try DecisionRepository.latest(of: id, key, in: $0)
        },
        Probe("DecisionRepository.latest(key)", staff) { try DecisionRepository.latest(of: key, in: $0) },
        Probe("CarryOver.claims(credentials,old,new,application,key)", file) {
            try CarryOver.claims([.household], from: 2, to: 4, of: id, key, in: $0)
        },
        Probe("CarryOver.findings(old,new,changed,application,key)", "all", file) {
            try CarryOver.findings(from: 2, to: 4, except: [], of: id, key, in: $0)
        },
        Probe("CarryOver.findings(old,new,changed,application,key)", "but for one", file) {
            try CarryOver.findings(from: 2, to: 4, except: [.homeKind], of: id, key, in: $0)
        },
    ]

    private static func claim(
        _ limit: Int, after: JobRepository.Place? = nil, at instant: Instant = now,
        acknowledging done: [JobRepository.Claimed] = [], in tx: any Writing
    ) throws -> [JobRepository.Claimed] {
        let wanted = JobRepository.Wanted(
            slot: JobSlot.of(now.adding(.seconds(-10))), limit: limit, after: after, now: instant,
            leaseUntil: now.adding(.seconds(60)))
        return try JobRepository.claim(wanted, acknowledging: done, of: key, in: tx)
    }

    /// Claims three, of which the first and the last are dealt with.
    private static func butTheSecond(_ tx: any Writing) throws -> [JobRepository.Claimed] {
        let claimed = try claim(3, in: tx)
        return [claimed.first, claimed.last].compactMap(\.self)
    }

    /// A tenant without work.
    private static let idle = TenantCode(rawValue: "439999")

    private static func due(after seconds: Int64, in tx: any Reading) throws -> [JobRepository.Due] {
        try JobRepository.due(
            key.season, of: [key.tenant, idle], after: now.adding(.seconds(seconds)), now: now, in: tx)
    }

    static let jobProbes: [Probe] = [
        Probe("JobRepository.enqueue(row,due)", file) {
            try JobRepository.enqueue(
                .init(
                    key: key, id: Planted.id(39), application: id, revision: 2, credential: .household, attempts: 0),
                due: now, in: $0)
        },
        Probe("JobRepository.due(season,now)", [.queue]) {
            Set(try JobRepository.due(key.season, now: now, in: $0))
        },
        Probe("JobRepository.due(season,tenants,after,now)", "in several slots, one of them all leased", [.queue]) {
            Set(try due(after: -301, in: $0))
        },
        Probe("JobRepository.due(season,tenants,after,now)", "where all there is is older or comes later", [.queue]) {
            Set(try due(after: -5, in: $0))
        },
        Probe("JobRepository.rotate(now)", [.queue]) { try JobRepository.rotate(now: now, in: $0) },
        Probe("JobRepository.claim(wanted,done,key)", "from the beginning", staff) { Set(try claim(99, in: $0)) },
        Probe("JobRepository.claim(wanted,done,key)", "from where the last one ended", staff) { tx in
            let first = try claim(1, in: tx)
            let last = first.last.map { JobRepository.Place(due: $0.due, id: $0.row.id) }
            // What was claimed first is to be had again by then, and passed over.
            return Set(try claim(2, after: last, at: now.adding(.seconds(120)), in: tx))
        },
        Probe("JobRepository.claim(wanted,done,key)", "acknowledging what is done", staff) { tx in
            Set(try claim(9, acknowledging: try butTheSecond(tx), in: tx))
        },
        Probe("JobRepository.claim(key,limit,now,leaseUntil)", staff) {
            Set(
                try JobRepository.claim(
                    of: key, limit: 99, now: now, leaseUntil: now.adding(.seconds(60)), in: $0))
        },
        Probe("JobRepository.acknowledge(done,key)", staff) { tx in
            try JobRepository.acknowledge(try butTheSecond(tx), of: key, in: tx)
        },
        Probe("JobRepository.renew(held,key,until)", staff) { tx in
            try JobRepository.renew(try butTheSecond(tx), of: key, until: now.adding(.seconds(99)), in: tx)
        },
        Probe("JobRepository.giveBack(job,due,counts)", staff) { tx in
            guard let job = try claim(1, in: tx).first else { return }
            try JobRepository.giveBack(job, until: now.adding(.seconds(9)), counts: false, in: tx)
        },
        Probe("DeadJobRepository.bury(row,cause,at)", file) {
            try DeadJobRepository.bury(
                .init(
                    key: key, id: Planted.id(31), application: id, revision: 2, credential: .household, attempts: 1),
                cause: "cause", at: now, in: $0)
        },
        Probe("DeadJobRepository.counts(season)", [.queue]) { try DeadJobRepository.counts(key.season, in: $0) },
        Probe("JobRepository.find(id,application,key)", file) {
            try JobRepository.find(Planted.id(31), of: id, key, in: $0)
        },
        Probe("JobRepository.find(id,application,key)", "a neighbour's", file) {
            try JobRepository.find(Planted.id(50), of: id, key, in: $0)
        },
        Probe("JobRepository.finish(id,application,key)", file) {
            try JobRepository.finish(Planted.id(31), of: id, key, in: $0)
        },
        Probe("JobRepository.finish(id,application,key)", "a neighbour's", file) {
            try JobRepository.finish(Planted.id(50), of: id, key, in: $0)
        },
        Probe("JobRepository.postpone(id,application,key,due)", file) {
            try JobRepository.postpone(Planted.id(31), of: id, key, until: now.adding(.seconds(9)), in: $0)
        },
        Probe("JobRepository.postpone(id,application,key,due)", "a neighbour's", file) {
            try JobRepository.postpone(Planted.id(50), of: id, key, until: now.adding(.seconds(9)), in: $0)
        },
        Probe("JobRepository.cancel(application,credential,key)", "all", file) {
            try JobRepository.cancel(of: id, key, in: $0)
        },
        Probe("JobRepository.cancel(application,credential,key)", "of one credential", file) {
            try JobRepository.cancel(of: id, credential: .household, key, in: $0)
        },
    ]
}
