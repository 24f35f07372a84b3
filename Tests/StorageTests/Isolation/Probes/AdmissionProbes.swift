import Enrollment
import Storage

extension Probe {
    private static let key = Planted.mine
    private static let id = Planted.file
    private static let run = Planted.run
    private static let now = Planted.now

    private static func answer(
        _ offer: UInt64, to application: ApplicationID
    ) -> @Sendable (any Writing) throws -> Bool {
        {
            try OfferRepository.answer(
                Planted.id(offer), to: application, state: "accepted", at: now, of: key, in: $0)
        }
    }

    private static func confirm(_ category: CategoryID) -> @Sendable (any Writing) throws -> Void {
        { try OfferRepository.confirm(application: id, category: category, of: key, in: $0) }
    }

    static let admissionProbes: [Probe] =
        [
            Probe("AdmissionRepository.insert(run,key)", "a second public run", staff) {
                try AdmissionRepository.insert(Samples.run(Planted.newRun), of: key, in: $0)
            },
            Probe("AdmissionRepository.run(key)", shared) { try AdmissionRepository.run(of: key, in: $0) },
            Probe("AdmissionRepository.release(run,person,now,key)", staff) {
                try AdmissionRepository.release(run, by: Planted.mother, at: now, of: key, in: $0)
            },
            Probe("AdmissionRepository.release(run,person,now,key)", "a second time", staff) {
                let first = try AdmissionRepository.release(run, by: Planted.mother, at: now, of: key, in: $0)
                let second = try AdmissionRepository.release(
                    run, by: Planted.personBehind, at: now.adding(.seconds(1)), of: key, in: $0)
                return [first, second]
            },
            Probe("AdmissionRepository.insert(entry,run,key)", staff) {
                try AdmissionRepository.insert(Samples.entry(Planted.newFile), run: run, of: key, in: $0)
            },
            Probe("AdmissionRepository.roster(run,key)", staff) {
                Set(try AdmissionRepository.roster(run: run, of: key, in: $0))
            },
            Probe("AdmissionRepository.rosterEntry(application,run,key)", file) {
                try AdmissionRepository.rosterEntry(id, run: run, of: key, in: $0)
            },
            Probe("AdmissionRepository.place(application,school,run,key)", file) {
                try AdmissionRepository.place(id, at: "S9", run: Planted.newRun, of: key, in: $0)
            },
            Probe("AdmissionRepository.placements(run,key)", staff) {
                try AdmissionRepository.placements(run: run, of: key, in: $0)
            },
            Probe("OfferRepository.insert(row,key)", file) {
                try OfferRepository.insert(
                    .init(
                        id: Planted.id(99), application: id, run: Planted.newRun, school: "S9", state: "open",
                        until: now.day, conditional: false),
                    of: key, in: $0)
            },
            Probe("OfferRepository.find(application,key)", file) {
                try OfferRepository.find(application: id, of: key, in: $0)
            },
            Probe("OfferRepository.answer(id,application,state,now,key)", file, answer(90, to: id)),
            Probe(
                "OfferRepository.answer(id,application,state,now,key)", "one of two", staff,
                answer(92, to: Planted.fileBehind)),
            Probe(
                "OfferRepository.answer(id,application,state,now,key)", "an answered one", staff,
                answer(93, to: Planted.fileBehind)),
            Probe(
                "OfferRepository.answer(id,application,state,now,key)", "a neighbour's", file, answer(91, to: id)),
            Probe("OfferRepository.counts(key)", staff) { try OfferRepository.counts(of: key, in: $0) },
        ]
        // The category under which the file's own offer was given, then those that others have in its place.
        + [
            "category_1", "category_1_second", "category_2", "category_3", "category_4", "category_5", "category_6",
            "category_7",
        ].map {
            Probe(
                "OfferRepository.confirm(application,category,key)", $0, file, confirm(CategoryID(rawValue: $0)))
        }
}
