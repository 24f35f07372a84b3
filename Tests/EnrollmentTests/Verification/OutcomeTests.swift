import Catchments
import Enrollment
import Testing

/// What holds of every credential's department alike.
@Suite struct OutcomeTests {
    static let homes: [(CredentialID, HomeKind)] = [
        (.household, .owned), (.realEstateTitle, .owned), (.realEstateTitle, .grandparents),
        (.purchaseContract, .contracted), (.residencePermit, .rented), (.socialInsurance, .rented),
    ]
    private let family: SampleFamily

    init() throws { family = try SampleFamily() }

    private func read(_ credential: CredentialID, _ kind: HomeKind, _ reply: SourceReply) throws -> CheckReading {
        let answers = family.answers(kind, household: kind == .rented ? Place.elsewhere : Place.jintao)
        let subjects = try family.claim(credential, answers).subjects.count
        return try family.read(credential, Array(repeating: reply, count: subjects), answers)
    }

    @Test(
        "a source that is down, hangs, or answers rubbish leaves every fact unknown and settles nothing",
        arguments: homes)
    func down(_ credential: CredentialID, _ kind: HomeKind) throws {
        let causes: [UnavailableCause] = [
            .timeout, .connection, .serverError, .unreadable, .badSignature, .notAuthorised,
        ]
        for cause in causes {
            let reading = try read(credential, kind, .unavailable(cause))
            #expect(reading.outcome == .unavailable(cause))
            #expect(reading.outcome.isWaiting)
            #expect(!reading.outcome.isDisputed)
            #expect(!reading.facts.isEmpty)
            #expect(reading.facts.values.allSatisfy { $0 == .unknown(.sourceDown) })
        }
    }

    @Test("a question taken for later waits; one no register can answer goes to a person", arguments: homes)
    func queuedAndNotSupported(_ credential: CredentialID, _ kind: HomeKind) throws {
        let queued = try read(credential, kind, .queued)
        #expect(queued.outcome == .queued)
        #expect(queued.facts.values.allSatisfy { $0 == .unknown(.waiting) })
        let unsupported = try read(credential, kind, .notSupported)
        #expect(unsupported.outcome == .notSupported)
        #expect(unsupported.facts.values.allSatisfy { $0 == .unknown(.notSupported) })
    }

    @Test("an answer that settles nothing leaves exactly the facts it was asked for unknown", arguments: homes)
    func facts(_ credential: CredentialID, _ kind: HomeKind) throws {
        let answers = family.answers(kind, household: kind == .rented ? Place.elsewhere : Place.jintao)
        let asked = Set(try family.claim(credential, answers).facts)
        for reply in [SourceReply.unavailable(.timeout), .queued, .notSupported] {
            #expect(try Set(read(credential, kind, reply).facts.keys) == asked)
        }
    }

    @Test("the eight outcomes have eight words, and each either waits, is disputed, or is neither")
    func eight() {
        let outcomes: [CheckOutcome] = [
            .confirmed, .refuted([.ownerName]), .notFound, .multiple, .unavailable(.timeout), .notSupported, .queued,
            .expired,
        ]
        #expect(Set(outcomes.map(\.code)).count == 8)
        #expect(outcomes.filter(\.isWaiting).map(\.code) == ["unavailable", "queued"])
        #expect(outcomes.filter(\.isDisputed).map(\.code) == ["refuted", "not_found", "multiple", "expired"])
    }

    @Test(
        "a paper's number is the same however its brackets, blanks and widths were typed",
        arguments: [
            "湘(2022)桃江县不动产权第0001234号", "湘（2022）桃江县不动产权第0001234号", "湘〔2022〕桃江县不动产权第0001234号",
            "湘[2022]桃江县不动产权第0001234号", "湘【２０２２】桃江县不动产权第０００１２３４号", " 湘 (2022)　桃江县\t不动产权第0001234号 ",
        ])
    func paperNumbers(_ text: String) {
        #expect(normalizedPaperNumber(text) == "湘(2022)桃江县不动产权第0001234号")
    }

    @Test("letters are compared in upper case; another digit or an omitted one stays another number")
    func paperLetters() {
        #expect(normalizedPaperNumber("tj2025-0042ａ") == "TJ2025-0042A")
        #expect(normalizedPaperNumber("TJ2025-0042") != normalizedPaperNumber("TJ2025-0024"))
        #expect(normalizedPaperNumber("TJ20250042") != normalizedPaperNumber("TJ2025-0042"))
        #expect(normalizedPaperNumber("0042") != normalizedPaperNumber("42"))
    }
}
