import Catchments
import Foundation

/// Reads addresses whose communities are known, `--rounds` times, on one core. `--gazetteer` is the folder of names;
/// `--cases` has a line each of form, text and canonical community, parted by tabs.
struct MeasureAddresses: Sendable {
    private let gazetteer: String
    private let cases: String
    private let rounds: Int

    struct Result: Encodable {
        let buildSeconds: Double
        let peakMegabytes: Double
        let forms: [String: Form]
    }

    /// How the addresses of one form were read; every one of them is counted once.
    struct Form: Encodable {
        var addresses = 0
        /// The one community, without an error corrected.
        var confident = 0
        /// The one community, for a person to confirm.
        var proposed = 0
        /// The community among ties.
        var listed = 0
        /// No community.
        var unread = 0
        /// Another community, or ties without it, for a person to confirm.
        var misproposed = 0
        /// Another community, as if it were certain.
        var wrong = 0
        /// The county is right, whatever the community.
        var countyRight = 0
        /// The fastest round.
        var perSecond = 0.0
        /// The first texts that were wrong.
        var wrongTexts: [String] = []
    }

    private struct Case {
        let form: String
        let text: String
        let community: Community
    }

    init(_ options: Options) throws {
        gazetteer = try options.text("gazetteer")
        cases = try options.text("cases")
        rounds = try options.number("rounds", else: 3)
    }

    func run() throws -> Result {
        let divisions = Dictionary(try rows("divisions.csv").map { ($0[0], $0[1]) }) { first, _ in first }
        let townships = try rows("townships.csv").map { (division: $0[3], name: $0[1]) }
        let communities = try rows("communities.csv").map {
            Community(division: $0[0], township: $0[1], name: $0[2])
        }
        let start = ContinuousClock.now
        let book = AddressBook(divisions: divisions, townships: townships, communities: communities)
        let built = ContinuousClock.now - start
        let forms = Dictionary(grouping: try readCases(), by: \.form)
        return Result(
            buildSeconds: built / .seconds(1), peakMegabytes: try Measure.peakMegabytes(),
            forms: forms.mapValues { cases in measure(cases, book) })
    }

    private func measure(_ cases: [Case], _ book: AddressBook) -> Form {
        var form = Form()
        var readings: [AddressReading] = []
        for _ in 0..<rounds {
            let start = ContinuousClock.now
            readings = cases.map { book.read($0.text) }
            form.perSecond = max(form.perSecond, Double(cases.count) / ((ContinuousClock.now - start) / .seconds(1)))
        }
        for (item, reading) in zip(cases, readings) { count(reading, of: item, in: &form) }
        return form
    }

    private func count(_ reading: AddressReading, of item: Case, in form: inout Form) {
        form.addresses += 1
        if !reading.addresses.isEmpty, reading.addresses.allSatisfy({ $0.division == item.community.division }) {
            form.countyRight += 1
        }
        let found = reading.addresses.compactMap(\.community)
        guard !found.isEmpty else { return form.unread += 1 }
        guard found.contains(item.community) else {
            guard reading.isConfident else { return form.misproposed += 1 }
            form.wrong += 1
            if form.wrongTexts.count < 10 { form.wrongTexts.append(item.text) }
            return
        }
        guard case .one = reading else { return form.listed += 1 }
        if reading.isConfident { form.confident += 1 } else { form.proposed += 1 }
    }

    private func readCases() throws -> [Case] {
        try String(contentsOfFile: cases, encoding: .utf8).split(separator: "\n").map { line in
            let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
            guard cells.count == 3, let community = Community(canonical: cells[2]) else {
                throw OptionError(words: "a case is form, text and community, parted by tabs: \(line)")
            }
            return Case(form: cells[0], text: cells[1], community: community)
        }
    }

    /// The rows below the heading; nothing in these files is quoted.
    private func rows(_ file: String) throws -> [[String]] {
        try String(contentsOfFile: "\(gazetteer)/\(file)", encoding: .utf8).split(separator: "\n").dropFirst().map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }
}
