import Enrollment
import Storage

extension Probe {
    private static let key = Planted.mine

    private static func claim(_ child: PersonID) -> @Sendable (any Writing) throws -> Bool {
        {
            try SubmissionRepository.claim(
                child: child, season: key.season, tenant: key.tenant, application: Planted.file, in: $0)
        }
    }

    private static func release(_ child: PersonID) -> @Sendable (any Writing) throws -> Void {
        {
            try SubmissionRepository.release(
                child: child, season: key.season, tenant: key.tenant, application: Planted.file, in: $0)
        }
    }

    private static func remembered(_ keyHash: [UInt8]) -> @Sendable (any Writing) throws -> Void {
        {
            try SubmissionRepository.remember(
                keyHash: keyHash, requestDigest: [5], receipt: "R-1", person: Planted.mother, season: key.season,
                at: Planted.now, in: $0)
        }
    }

    private static let ownFileFirst = [file[1]] + shared.filter { $0 != file[1] }

    static let submissionProbes: [Probe] = [
        Probe("SubmissionRepository.earlier(person,season,keyHash)", own) {
            try SubmissionRepository.earlier(person: Planted.mother, season: key.season, keyHash: [1], in: $0)
        },
        Probe("SubmissionRepository.confirm(person,season,keyHash)", own) {
            try SubmissionRepository.confirm(person: Planted.mother, season: key.season, keyHash: [1], in: $0)
        },
        Probe(
            "SubmissionRepository.remember(keyHash,requestDigest,receipt,person,season,now)", own, remembered([9])),
        Probe(
            "SubmissionRepository.claim(child,season,tenant,application)", "a free child", file, claim(Planted.newcomer)
        ),
        Probe(
            "SubmissionRepository.claim(child,season,tenant,application)", "a neighbour's", file,
            claim(Planted.childBefore)),
        Probe(
            "SubmissionRepository.claim(child,season,tenant,application)", "another tenant's", file,
            claim(Planted.childOfTenantBefore)),
        Probe("SubmissionRepository.release(child,season,tenant,application)", file, release(Planted.child)),
        Probe(
            "SubmissionRepository.release(child,season,tenant,application)", "a neighbour's", file,
            release(Planted.childBefore)),
        Probe(
            "SubmissionRepository.release(child,season,tenant,application)", "last year's", file,
            release(Planted.childOfLastYear)),
        Probe(
            "SubmissionRepository.release(child,season,tenant,application)", "another tenant's", file,
            release(Planted.childOfTenantBefore)),
        // Whoever files sees the claim of the own file only.
        Probe("SubmissionRepository.claim(child,key)", "as staff", shared, isAlike: false) {
            try SubmissionRepository.claim(on: Planted.child, of: key, in: $0)
        },
        Probe("SubmissionRepository.claim(child,key)", "of one's own file", ownFileFirst, isAlike: false) {
            try SubmissionRepository.claim(on: Planted.child, of: key, in: $0)
        },
        Probe("SubmissionRepository.claim(child,key)", "a neighbour's", ownFileFirst, isAlike: false) {
            try SubmissionRepository.claim(on: Planted.childBefore, of: key, in: $0)
        },
        Probe("SubmissionRepository.claim(child,key)", "another tenant's, asked for one's own file", ownFileFirst) {
            try SubmissionRepository.claim(on: Planted.childOfTenantBefore, of: key, in: $0)
        },
        Probe("SubmissionRepository.claim(child,key)", "last year's, asked for one's own file", ownFileFirst) {
            try SubmissionRepository.claim(on: Planted.childOfLastYear, of: key, in: $0)
        },
        Probe("SubmissionRepository.claim(child,key)", "another tenant's", shared) {
            try SubmissionRepository.claim(on: Planted.childOfTenantBefore, of: key, in: $0)
        },
        Probe("SubmissionRepository.index(entry,person,season)", own) {
            try SubmissionRepository.index(
                .init(tenant: key.tenant, application: Planted.newFile, receipt: "R-110", child: Planted.child),
                person: Planted.mother, season: key.season, in: $0)
        },
        Probe("SubmissionRepository.entries(person,season)", own) {
            try SubmissionRepository.entries(of: Planted.mother, season: key.season, in: $0)
        },
        Probe("SubmissionRepository.entry(receipt,person,season)", own) {
            try SubmissionRepository.entry("R-100", of: Planted.mother, season: key.season, in: $0)
        },
    ]
}
