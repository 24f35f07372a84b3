import Enrollment
import Storage

extension Probe {
    private static let now = Planted.now
    private static let mother = Planted.mother
    private static let row = PersonRepository.Row(id: Planted.newcomer, dataKey: [9, 1], sealedIdentity: [9, 2])

    private static func find(_ kind: String, _ hash: [UInt8]) -> @Sendable (any Writing) throws -> PersonID? {
        { try PersonRepository.find(kind: kind, keyedHash: hash, in: $0) }
    }

    static let personProbes: [Probe] = [
        Probe("PersonRepository.find(kind,keyedHash)", adding, find("document", [7])),
        Probe("PersonRepository.find(kind,keyedHash)", "nobody's", adding, find("document", [99])),
        Probe("PersonRepository.find(kind,keyedHash)", "of another kind", adding, find("subject", [8])),
        Probe("PersonRepository.find(id)", own) { try PersonRepository.find(mother, in: $0) },
        Probe("PersonRepository.add(row,kind,keyedHash,now)", "a newcomer", adding) {
            try PersonRepository.add(row, kind: "document", keyedHash: [9], at: now, in: $0)
        },
        Probe("PersonRepository.add(row,kind,keyedHash,now)", "under a paper in use", adding) {
            try PersonRepository.add(row, kind: "document", keyedHash: [7], at: now, in: $0)
        },
        Probe("PersonRepository.addIdentifier(kind,keyedHash,person)", "a free one", adding) {
            try PersonRepository.addIdentifier(kind: "document", keyedHash: [9], to: mother, in: $0)
        },
        Probe("PersonRepository.addIdentifier(kind,keyedHash,person)", "somebody else's", adding) {
            try PersonRepository.addIdentifier(kind: "document", keyedHash: [8], to: mother, in: $0)
        },
        Probe("PersonRepository.setIdentity(sealed,person)", own) {
            try PersonRepository.setIdentity([99], of: mother, in: $0)
        },
        Probe("PersonRepository.setGuardianship(guardian,child,relation,source,now)", own) {
            try PersonRepository.setGuardianship(
                guardian: mother, child: Planted.child, relation: .mother, source: "declared", at: now, in: $0)
        },
        Probe("PersonRepository.addConsent(person,purpose,textVersion,application,now)", own) {
            try PersonRepository.addConsent(
                person: mother, purpose: "new", textVersion: "2", application: Planted.file, at: now, in: $0)
        },
        Probe("PersonRepository.hasConsented(person,purpose)", own) { tx in
            try ["prefill", "other", "withdrawn"].map {
                try PersonRepository.hasConsented(person: mother, purpose: $0, in: tx)
            }
        },
        Probe("PersonRepository.setHousehold(sealed,person,now)", own) {
            try PersonRepository.setHousehold([99], of: mother, at: now.adding(.seconds(1)), in: $0)
        },
        Probe("PersonRepository.household(person)", own) { try PersonRepository.household(of: mother, in: $0) },
        Probe("DraftRepository.save(id,sealed,person,season,now)", "a new one", own) {
            try DraftRepository.save(
                Planted.id(119) as ApplicationID, sealed: [99], person: mother, season: Planted.season, at: now, in: $0)
        },
        Probe("DraftRepository.save(id,sealed,person,season,now)", "again", own) {
            try DraftRepository.save(
                Planted.id(110) as ApplicationID, sealed: [99], person: mother, season: Planted.season, at: now, in: $0)
        },
        Probe("DraftRepository.find(id,person)", own) {
            try DraftRepository.find(Planted.id(110) as ApplicationID, person: mother, in: $0)
        },
        Probe("DraftRepository.list(person,season,kind)", own) {
            try DraftRepository.list(of: mother, season: Planted.season, as: ApplicationKind.self, in: $0)
                .map { "\($0.id) \($0.sealed)" }
        },
        Probe("DraftRepository.delete(id,person)", own) {
            try DraftRepository.delete(Planted.id(110) as ApplicationID, person: mother, in: $0)
        },
        Probe("QueryLogRepository.add(entry,id,person)", own) {
            try QueryLogRepository.add(Samples.query, id: Planted.id(109) as CheckID, about: mother, in: $0)
        },
        Probe("QueryLogRepository.list(person,limit)", own) {
            try QueryLogRepository.list(about: mother, limit: 99, in: $0)
        },
    ]
}
