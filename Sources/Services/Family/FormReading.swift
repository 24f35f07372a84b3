import Enrollment

/// Reads what people type into values, collecting every problem instead of stopping at the first.
enum FormReading {
    static func name(_ text: String, field: String, into problems: inout [FormProblem]) -> PersonName? {
        guard !text.allSatisfy(\.isWhitespace) else {
            problems.append(FormProblem(field, "required"))
            return nil
        }
        do { return try PersonName(text) } catch {
            switch error {
            case .tooShort: problems.append(FormProblem(field, "name.too_short"))
            case .tooLong: problems.append(FormProblem(field, "name.too_long"))
            case .characters: problems.append(FormProblem(field, "name.characters"))
            }
            return nil
        }
    }

    static func document(
        kind: String, number: String, field: String, into problems: inout [FormProblem]
    ) -> PersonDocument? {
        guard let kind = PersonDocument.Kind(rawValue: kind) else {
            problems.append(FormProblem("document_kind", "required"))
            return nil
        }
        guard !number.allSatisfy(\.isWhitespace) else {
            problems.append(FormProblem(field, "required"))
            return nil
        }
        do { return try PersonDocument(kind: kind, number: number) } catch {
            switch error {
            case .idNumber(.length): problems.append(FormProblem(field, "id_number.length"))
            case .idNumber(.characters): problems.append(FormProblem(field, "id_number.characters"))
            case .idNumber(.birthDate): problems.append(FormProblem(field, "id_number.birth_date"))
            case .idNumber(.checkDigit): problems.append(FormProblem(field, "id_number.check_digit"))
            case .number: problems.append(FormProblem(field, "document.number"))
            }
            return nil
        }
    }

    /// A certificate's or contract's number: 4 to 60 characters without control characters.
    static func paperNumber(
        _ text: String, field: String, code: String, into problems: inout [FormProblem]
    ) -> String? {
        let trimmed = trimmed(text)
        guard !trimmed.isEmpty else {
            problems.append(FormProblem(field, "required"))
            return nil
        }
        guard (4...60).contains(trimmed.count), isPlain(trimmed) else {
            problems.append(FormProblem(field, code))
            return nil
        }
        return trimmed
    }

    /// Free text of bounded length, in characters; control characters other than line breaks are refused with the rest.
    static func text(
        _ text: String, field: String, code: String, lengths: ClosedRange<Int>, into problems: inout [FormProblem]
    ) -> String? {
        let trimmed = trimmed(text)
        guard lengths.contains(trimmed.count), isPlain(trimmed) else {
            problems.append(FormProblem(field, trimmed.isEmpty ? "required" : code))
            return nil
        }
        return trimmed
    }

    /// A mobile or landline number: 7 to 15 digits, with +, blanks and dashes between.
    static func phone(_ text: String, field: String, into problems: inout [FormProblem]) -> String? {
        let digits = text.filter { $0.isASCII && $0.isNumber }
        guard (7...15).contains(digits.count),
            text.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == "+" || $0 == "-" || $0 == " ") })
        else {
            problems.append(FormProblem(field, text.isEmpty ? "required" : "phone"))
            return nil
        }
        return digits
    }

    private static func trimmed(_ text: String) -> String {
        String(String(text.drop(while: \.isWhitespace)).reversed().drop(while: \.isWhitespace).reversed())
    }

    private static func isPlain(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy {
            $0.value >= 0x20 && $0.value != 0x7F || $0 == "\n" || $0 == "\r" || $0 == "\t"
        }
    }
}
