import Enrollment
import Testing

@Suite struct TruthTests {
    @Test("unknown stays unknown when it is denied")
    func negation() {
        #expect(!Truth.yes == .no)
        #expect(!Truth.no == .yes)
        #expect(!Truth.unknown == .unknown)
    }

    @Test(
        "Kleene's tables: false settles a conjunction, true a disjunction, whatever is unknown",
        arguments: [
            (Truth.yes, Truth.yes, Truth.yes, Truth.yes), (.yes, .unknown, .unknown, .yes), (.yes, .no, .no, .yes),
            (.unknown, .unknown, .unknown, .unknown), (.unknown, .no, .no, .unknown), (.no, .no, .no, .no),
        ])
    func tables(_ a: Truth, _ b: Truth, _ conjunction: Truth, _ disjunction: Truth) {
        #expect(Truth.all([a, b]) == conjunction)
        #expect(Truth.all([b, a]) == conjunction)
        #expect(Truth.any([a, b]) == disjunction)
        #expect(Truth.any([b, a]) == disjunction)
    }

    @Test("nothing to hold is true, nothing to choose from is false")
    func empty() {
        #expect(Truth.all([]) == .yes)
        #expect(Truth.any([]) == .no)
    }
}
