/// Turns a published paragraph into clauses for an officer to confirm. It reads what is written, ties communities to the
/// gazetteer when that leaves no choice, and hands over everything else: nothing is dropped and nothing made up.
public struct CatchmentImport: Sendable {
    private let gazetteer: Gazetteer?
    private let division: String?

    /// - Parameters:
    ///   - gazetteer: for tying names to canonical communities; without it they stay names.
    ///   - division: the county the plan is of.
    public init(gazetteer: Gazetteer? = nil, division: String? = nil) {
        self.gazetteer = gazetteer
        self.division = division
    }

    /// Reads a paragraph without a gazetteer.
    public static func read(_ text: String) -> ImportedParagraph { CatchmentImport().read(text) }

    public func read(_ text: String) -> ImportedParagraph {
        var reading = ParagraphReading(
            text: PrintedText(text), areas: AreaReader(gazetteer: gazetteer, division: division))
        reading.read()
        return ImportedParagraph(
            text: text, headings: reading.headings, clauses: reading.clauses, unread: reading.unread,
            pieces: reading.pieces)
    }
}

/// A paragraph being read, from its start to its end.
private struct ParagraphReading {
    let text: PrintedText
    let areas: AreaReader
    var headings: [ImportedParagraph.Heading] = []
    var clauses: [ImportedParagraph.Clause] = []
    var unread: [ImportedParagraph.Unread] = []
    var pieces: [ImportedParagraph.Piece] = []
    private var heading: ImportedParagraph.Heading?
    private var road: String?

    init(text: PrintedText, areas: AreaReader) {
        self.text = text
        self.areas = areas
    }

    mutating func read() {
        var start = 0
        for offset in text.plain.indices where text.depth[offset] == 0 && ":;。\n".contains(text.plain[offset]) {
            if text.plain[offset] == ":" {
                readLabel(start..<offset)
            } else {
                readBody(start..<offset, isLine: text.plain[offset] == "\n")
                add(.separator, offset..<(offset + 1))
            }
            start = offset + 1
        }
        readBody(start..<text.plain.count, isLine: true)
    }

    private mutating func add(_ kind: ImportedParagraph.PieceKind, _ range: Range<Int>) {
        pieces.append(ImportedParagraph.Piece(kind: kind, stretch: text.stretch(range)))
    }

    /// What stands before a colon: clauses of the school before, then a school's name or a label.
    private mutating func readLabel(_ range: Range<Int>) {
        let items = ListReader(text: text).items(range)
        let colon = range.upperBound..<(range.upperBound + 1)
        guard let last = items.lastIndex(where: { if case .words = $0 { true } else { false } }),
            items[(last + 1)...].allSatisfy({ if case .separator = $0 { true } else { false } })
        else {
            items.forEach { readItem($0) }
            add(.separator, colon)
            return
        }
        // A bracket set off by a blank belongs to the name before it.
        var first = last
        if text.plain[items[last].range.lowerBound] == "(", last >= 2, case .words = items[last - 2] {
            first = last - 2
        }
        items[..<first].forEach { readItem($0) }
        let words = items[first].range.lowerBound..<items[last].range.upperBound
        if let found = Self.heading(text.plain(words)) {
            begin(found, words.lowerBound..<colon.upperBound)
        } else if text.plain(words).wholeMatch(of: #/(?:招生|服务|施教|学区|划片)*(?:范围|区域|地段|学区|对象|施教区|划片)/#) != nil {
            add(.separator, words.lowerBound..<colon.upperBound)
        } else {
            // Whose clauses follow is not known, so they are not given to the school before.
            (heading, road) = (nil, nil)
            leave(words.lowerBound..<colon.upperBound, .heading)
        }
    }

    private mutating func begin(
        _ found: (school: String, classes: Int?, seats: Int?, standing: ClauseStanding), _ range: Range<Int>
    ) {
        let new = ImportedParagraph.Heading(
            stretch: text.stretch(range), school: found.school, classes: found.classes, seats: found.seats,
            standing: found.standing)
        headings.append(new)
        (heading, road) = (new, nil)
        add(.heading, range)
    }

    private mutating func leave(_ range: Range<Int>, _ reason: ImportedParagraph.Unread.Reason) {
        unread.append(ImportedParagraph.Unread(stretch: text.stretch(range), reason: reason))
        add(.unread, range)
    }

    private mutating func readBody(_ range: Range<Int>, isLine: Bool) {
        let items = ListReader(text: text).items(range)
        let words = items.filter { if case .words = $0 { true } else { false } }
        // A line that is a school's name and nothing else heads the lines below it.
        if isLine, words.count == 1, let found = Self.heading(text.plain(words[0].range)) {
            for item in items {
                if item == words[0] { begin(found, item.range) } else { readItem(item) }
            }
            return
        }
        items.forEach { readItem($0) }
    }

    private mutating func readItem(_ item: ListReader.Item) {
        switch item {
        case .separator(let range): add(.separator, range)
        case .unread(let range, let reason): leave(range, reason)
        case .words(let range):
            let reading = areas.read(text.plain(range), after: road)
            road = AreaReader.road(of: reading.area) ?? road
            clauses.append(
                ImportedParagraph.Clause(
                    stretch: text.stretch(range), school: reading.school ?? heading?.school, area: reading.area,
                    standing: (heading?.standing ?? .permanent).adding(reading.standing), notes: reading.notes))
            add(.clause, range)
        }
    }

    /// A school's name with what its brackets say: 近桃小学(招10个班,450人). nil for anything else.
    private static func heading(
        _ words: String
    ) -> (school: String, classes: Int?, seats: Int?, standing: ClauseStanding)? {
        guard SentenceReader.isSchool(words), !SentenceReader.isSentence(words) else { return nil }
        var standing = ClauseStanding.permanent
        var name = words
        var (classes, seats): (Int?, Int?) = (nil, nil)
        while let match = name.wholeMatch(of: #/(.+?) *\(([^()]*)\)/#) {
            let remark = String(match.2)
            let numbers = (
                remark.firstMatch(of: #/([0-9]+)个?(?:教学)?班/#).flatMap { Int($0.1) },
                remark.firstMatch(of: #/([0-9]+)(?:人|名|个学位)/#).flatMap { Int($0.1) }
            )
            if let added = SentenceReader.standing(ofRemark: remark) {
                standing = standing.adding(added)
            } else if numbers.0 != nil || numbers.1 != nil {
                (classes, seats) = (numbers.0 ?? classes, numbers.1 ?? seats)
            } else {
                break
            }
            name = String(match.1)
        }
        return (name, classes, seats, standing)
    }
}
