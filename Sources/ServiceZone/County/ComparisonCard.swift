import Enrollment
import Services

/// One credential: what the family stated and what the register holds, side by side, with the characters that differ.
struct ComparisonCard: Sendable, Hashable {
    struct Row: Sendable, Hashable {
        let field: String
        let claimed: [CharacterDifference.Run]
        let hasClaim: Bool
        let cells: [Cell]
        let differs: Bool
    }

    /// One register record's value; several lines for lists.
    struct Cell: Sendable, Hashable {
        let lines: [Line]
        let isEmpty: Bool
    }

    struct Line: Sendable, Hashable {
        let runs: [CharacterDifference.Run]
    }

    let title: String
    let status: Pill
    /// 自然资源登记 · 7 月 6 日 09:02, once a record.
    let columns: [String]
    let rows: [Row]
    let hasRows: Bool
    /// What stands in place of a record: nothing found, or not answered yet.
    let note: String?

    private static let shownRecords = 3
}

extension ComparisonCard {
    init(_ comparison: CaseView.Comparison, connector: Connector?, words: Words) {
        let department = connector.map { words($0.department) } ?? ""
        title = connector.map { words($0.title) } ?? comparison.credential.rawValue
        status = Pill(comparison.status, words)
        let records = Array(comparison.register.prefix(Self.shownRecords))
        let asked = comparison.askedAt.map { DateWords(words).moment($0) } ?? ""
        let register = words("case.register.one", ["department": department, "at": asked])
        columns =
            records.isEmpty
            ? [register]
            : records.indices.map {
                records.count == 1
                    ? register : words("case.register.numbered", ["register": register, "n": "\($0 + 1)"])
            }
        let fields = Self.fields(comparison.claimed, records)
        rows = fields.map { Row($0, claimed: comparison.claimed[$0], records: records, words: words) }
        hasRows = !rows.isEmpty
        let hidden = comparison.register.count - records.count
        let notes = [
            comparison.absence ? words("case.absence") : nil,
            comparison.register.isEmpty ? words(Self.emptyKey(comparison)) : nil,
            hidden > 0 ? words("case.more_records", ["n": "\(hidden)"]) : nil,
        ].compactMap(\.self)
        note = notes.isEmpty ? nil : notes.joined(separator: words("case.sentence_separator"))
    }

    private static func emptyKey(_ comparison: CaseView.Comparison) -> String {
        switch comparison.status {
        case .sourceDown, .queued, .waiting: "case.no_answer"
        case .notSupported: "case.not_supported"
        case .notNeeded: "case.not_needed"
        default: comparison.askedAt == nil ? "case.not_asked" : "case.no_record"
        }
    }

    /// Stated fields first, then the rest of the register's, each in the one order that all cards share.
    private static func fields(_ claimed: [FieldName: String], _ records: [RegisterRecord]) -> [FieldName] {
        let present = records.reduce(into: Set(claimed.keys)) { $0.formUnion($1.fields.keys) }
        return present.sorted { left, right in
            (order.firstIndex(of: left) ?? .max, left) < (order.firstIndex(of: right) ?? .max, right)
        }
    }

    private static let order: [FieldName] = [
        .certificateKind, .certificateNumber, .contractNumber, .permitNumber, .ownerName, .ownerNumber, .personName,
        .personNumber, .community, .address, .use, .share, .coOwnership, .contractState, .filedOn, .householdKind,
        .householdNumber, .registeredSince, .heldSince, .validUntil, .insuranceKind, .paidMonths, .members, .unitNumber,
    ]
}

extension ComparisonCard.Row {
    init(_ name: FieldName, claimed text: String?, records: [RegisterRecord], words: Words) {
        let record = RecordWords(words)
        field = record.title(name)
        hasClaim = text != nil
        let stated = text.map { record.value(name, $0) }
        var claimRuns = [CharacterDifference.Run(text: stated ?? "—", differs: false)]
        var hasDifference = false
        cells = records.enumerated().map { index, found in
            guard let value = found.fields[name] else { return ComparisonCard.Cell(lines: [], isEmpty: true) }
            let lines = record.lines(name, value)
            guard let stated, lines.count == 1 else {
                return ComparisonCard.Cell(lines.map { Self.shown(name, $0) })
            }
            let difference = CharacterDifference(stated, lines[0])
            guard stated != lines[0] else { return ComparisonCard.Cell([Self.shown(name, lines[0])]) }
            hasDifference = true
            // With several records the claim is marked against the first; each record is marked against the claim.
            if index == 0 { claimRuns = difference.left }
            return ComparisonCard.Cell(lines: [ComparisonCard.Line(runs: difference.right)], isEmpty: false)
        }
        differs = hasDifference
        if let stated, !hasDifference { claimRuns = [.init(text: Self.shown(name, stated), differs: false)] }
        self.claimed = claimRuns
    }

    /// Names and numbers of people are masked unless they differ: then an officer has to read them.
    private static func shown(_ name: FieldName, _ text: String) -> String {
        switch name {
        case .personName, .ownerName: RecordWords.maskedName(text)
        case .personNumber, .ownerNumber, .permitNumber, .householdNumber: RecordWords.maskedNumber(text)
        default: text
        }
    }
}

extension ComparisonCard.Cell {
    fileprivate init(_ texts: [String]) {
        self.init(
            lines: texts.map { ComparisonCard.Line(runs: [.init(text: $0, differs: false)]) }, isEmpty: texts.isEmpty)
    }
}
