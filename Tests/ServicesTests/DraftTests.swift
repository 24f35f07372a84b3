import Enrollment
import Services
import Testing

@Suite("Drafts", .timeLimit(.minutes(5)))
struct DraftTests {
    @Test("a family that comes back finds what it had begun, and nobody else does")
    func resumed() async throws {
        try await TestSeason.run { season in
            let family = try SampleFamily(1)
            season.register(family)
            let viewer = try await season.arrive(family)
            let draft = try await season.begin(viewer, family.child)
            try await season.fill(viewer, draft, family)

            let again = try await season.begin(viewer, family.child)
            #expect(again == draft)
            #expect(try await ReadDraft(season.platform)(viewer, again).home != nil)

            let neighbour = try SampleFamily(2)
            season.register(neighbour)
            let other = try await season.arrive(neighbour)
            #expect(try await refusal { _ = try await ReadDraft(season.platform)(other, draft) } == .notFound)
        }
    }
}
