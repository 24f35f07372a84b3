import Catchments
import Enrollment

/// Words for the fields of claims and registers' records.
struct RecordWords: Sendable {
    let words: Words

    init(_ words: Words) { self.words = words }

    /// The field's name: 证书编号.
    func title(_ field: FieldName) -> String { words("field.\(field)") }

    /// A stated value as people write it: codes in words, a community by township and name.
    func value(_ field: FieldName, _ text: String) -> String {
        switch field {
        case .certificateKind: known("certificate_kind", text, CertificateKind.allCases.map(\.rawValue))
        case .householdKind: known("value.household_kind", text, ["family", "collective"])
        case .use: known("use", text, ["residential", "commercial", "office", "storage"])
        case .contractState: known("contract_state", text, ["filed", "withdrawn"])
        case .insuranceKind: known("insurance_kind", text, ["employee_pension", "resident_pension"])
        case .community: Community(canonical: text).map { "\($0.township) \($0.name)" } ?? text
        default: text
        }
    }

    /// A register's value on one line each; months as spans, members by masked name, relation and masked number.
    func lines(_ field: FieldName, _ value: RegisterValue) -> [String] {
        switch value {
        case .text(let text): [self.value(field, text)]
        case .date(let date): [DateWords(words).day(date)]
        case .texts(let texts): field == .paidMonths ? MonthSpan.spans(texts).map(span) : texts
        case .records(let records): records.map(member)
        }
    }

    private func known(_ group: String, _ code: String, _ codes: [String]) -> String {
        codes.contains(code) ? words("\(group).\(code)") : code
    }

    private func span(_ span: MonthSpan) -> String {
        span.count == 1
            ? words("month_single", ["from": span.from])
            : words("month_range", ["from": span.from, "to": span.to, "n": "\(span.count)"])
    }

    private func member(_ record: RegisterRecord) -> String {
        [
            record.text(.personName).map(Self.maskedName), record.text(.relationToHead),
            record.date(.birthDate).map { DateWords(words).day($0) },
        ].compactMap(\.self).joined(separator: " · ")
    }

    /// The first character and a star for each other, as ``PersonName/masked``, for what a register calls a name.
    static func maskedName(_ text: String) -> String {
        String(text.prefix(1)) + String(repeating: "*", count: max(1, text.count - 1))
    }

    /// Four leading and two trailing characters, as ``PersonDocument/masked``.
    static func maskedNumber(_ text: String) -> String {
        guard text.count > 6 else { return String(repeating: "*", count: text.count) }
        return String(text.prefix(4)) + String(repeating: "*", count: text.count - 6) + String(text.suffix(2))
    }
}

/// Months without a gap, from paid months given one by one.
struct MonthSpan: Sendable, Hashable {
    /// `YYYY-MM`.
    let from: String
    let to: String
    let count: Int

    /// Spans in the order of time; texts that are not months are left out.
    static func spans(_ months: [String]) -> [MonthSpan] {
        let numbers = Set(months.compactMap(number)).sorted()
        var spans: [MonthSpan] = []
        var start = 0
        for index in numbers.indices where index + 1 == numbers.count || numbers[index + 1] != numbers[index] + 1 {
            spans.append(
                MonthSpan(from: text(numbers[start]), to: text(numbers[index]), count: index - start + 1))
            start = index + 1
        }
        return spans
    }

    private static func number(_ text: String) -> Int? {
        let parts = text.split(separator: "-")
        guard parts.count == 2, let year = Int(parts[0]), let month = Int(parts[1]), (1...12).contains(month) else {
            return nil
        }
        return year * 12 + month - 1
    }

    private static func text(_ number: Int) -> String {
        let month = number % 12 + 1
        return "\(number / 12)-\(month < 10 ? "0" : "")\(month)"
    }
}
