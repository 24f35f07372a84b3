import Enrollment
import Testing

@Suite struct DrawNumberTests {
    private let seed = (0..<32).map { UInt8($0) }

    @Test("a draw number is HMAC-SHA-256 of the ticket under the seed, as RFC 4231 and Python compute it")
    func knownAnswers() {
        #expect(
            DrawNumber(seed: [UInt8](repeating: 0x0b, count: 20), ticket: "Hi There").hexadecimal
                == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7")
        #expect(
            DrawNumber(seed: seed, ticket: "a1b2c3d4e5f60718").hexadecimal
                == "225bd96ae7e1f58d583e8f1fe6e60c50a5eec45cfb3d6ed9437062fa16f6cee1")
        #expect(
            DrawNumber(seed: seed, ticket: "a1b2c3d4e5f60719").hexadecimal
                == "6d27065cbc5c533c86a2d4864b8e67afe5db4d3681aae9e2bf9e8e6808baf842")
    }

    @Test("a child keeps its number however often it is drawn, and another ticket or seed gives another")
    func bound() {
        let number = DrawNumber(seed: seed, ticket: "a1b2")
        #expect(DrawNumber(seed: seed, ticket: "a1b2") == number)
        #expect(DrawNumber(seed: seed, ticket: "a1b3") != number)
        #expect(DrawNumber(seed: Array(seed.reversed()), ticket: "a1b2") != number)
    }

    @Test("numbers compare as unsigned numbers do")
    func order() {
        let text = { (digits: String) in
            DrawNumber(hexadecimal: String(repeating: "0", count: 64 - digits.count) + digits)
        }
        #expect(text("9") < text("a"))
        #expect(text("ff") < text("100"))
        #expect(!(text("100") < text("100")))
    }
}
