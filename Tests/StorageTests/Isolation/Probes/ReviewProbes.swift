import Enrollment
import Storage

extension Probe {
    private static let key = Planted.mine
    private static let id = Planted.file
    private static let officer = Planted.personBehind

    static let reviewProbes: [Probe] = [
        Probe("ReviewRepository.insert(finding,application,revision,key)", file) {
            let finding = ReviewRepository.Finding(
                id: Planted.id(89), fact: .homeOwned, value: .flag(true), sealedReason: [1], by: officer,
                secondBy: nil, state: "proposed", at: Planted.now)
            try ReviewRepository.insert(finding, of: id, revision: 2, key, in: $0)
        },
        Probe("ReviewRepository.findings(application,revision,key)", file) {
            try ReviewRepository.findings(of: id, revision: 2, key, in: $0)
        },
        Probe("ReviewRepository.close(state,secondBy,application,revision,key)", file) {
            try ReviewRepository.close(
                as: "signed", secondBy: Planted.personBefore, of: id, revision: 2, key, in: $0)
        },
        Probe("ReviewRepository.insert(review,application,revision,key)", file) {
            try ReviewRepository.insert(Samples.review(by: officer), of: id, revision: 2, key, in: $0)
        },
        Probe("ReviewRepository.reviews(application,revision,key)", file) {
            try ReviewRepository.reviews(of: id, revision: 2, key, in: $0)
        },
        Probe("ReviewRepository.insert(note,application,key)", file) {
            try ReviewRepository.insert(Samples.note(by: Planted.mother), of: id, key, in: $0)
        },
        Probe("ReviewRepository.notes(application,key)", file) { try ReviewRepository.notes(of: id, key, in: $0) },
    ]
}
