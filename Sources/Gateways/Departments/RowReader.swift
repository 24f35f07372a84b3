import Enrollment

/// Turns a department's rows into register records, as the connector describes them.
///
/// A field that is missing, null or empty is absent from the record. One of another kind, a date that does not exist
/// or a word that the connector does not list makes the whole reply unreadable: guessing could hurt a family.
enum RowReader {
    static func records(_ rows: [JSONValue], _ fields: [Connector.FieldReading]) throws(GatewayError)
        -> [RegisterRecord]
    {
        var records: [RegisterRecord] = []
        for row in rows {
            guard case .object(let members) = row else { throw .unreadable }
            var values: [FieldName: RegisterValue] = [:]
            for field in fields {
                guard let wire = members[field.wireName], wire != .null, wire != .text("") else { continue }
                values[field.field] = try value(wire, field.reading)
            }
            records.append(RegisterRecord(values))
        }
        return records
    }

    private static func value(_ wire: JSONValue, _ reading: Connector.Reading) throws(GatewayError) -> RegisterValue {
        switch reading {
        case .text:
            guard let text = wire.text else { throw .unreadable }
            return .text(text)
        case .date:
            guard let text = wire.text, let date = date(text) else { throw .unreadable }
            return .date(date)
        case .months:
            guard let list = wire.list else { throw .unreadable }
            var months: [String] = []
            for element in list {
                guard let text = element.text, text.utf8.count == 6, let day = date(text + "01") else {
                    throw .unreadable
                }
                months.append(String(day.description.prefix(7)))
            }
            return .texts(months)
        case .code(let words):
            guard let word = wire.text, let code = words[word] else { throw .unreadable }
            return .text(code)
        case .records(let fields):
            guard let list = wire.list else { throw .unreadable }
            return .records(try records(list, fields))
        }
    }

    private static func date(_ text: String) -> CivilDate? {
        guard text.utf8.count == 8 else { return CivilDate(text) }
        return CivilDate("\(text.prefix(4))-\(text.dropFirst(4).prefix(2))-\(text.suffix(2))")
    }
}
