/// What identifies a person: an ID number, or another paper for those who have none.
public struct PersonDocument: Hashable, Sendable, Codable {
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// 居民身份证 number, on the card or in the household book.
        case idNumber = "id_number"
        /// 出生医学证明 number, for a child whose birth is not yet in a household book.
        case birthCertificate = "birth_certificate"
        case passport
        /// 港澳居民来往内地通行证 or 台湾居民来往大陆通行证.
        case hmtPermit = "hmt_permit"
    }

    public let kind: Kind
    public let number: String

    public init(_ number: IDNumber) {
        self.init(kind: .idNumber, cleaned: number.value)
    }

    private init(kind: Kind, cleaned: String) {
        self.kind = kind
        number = cleaned
    }

    /// Reads a document of any kind; letters become upper case and blanks are dropped.
    public init(kind: Kind, number: String) throws(PersonDocumentProblem) {
        if kind == .idNumber {
            do { self.init(try IDNumber(number)) } catch { throw .idNumber(error) }
            return
        }
        let cleaned = number.filter { !$0.isWhitespace }.uppercased()
        guard (6...20).contains(cleaned.count), cleaned.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) })
        else {
            throw .number
        }
        self.init(kind: kind, cleaned: cleaned)
    }

    /// Four leading and two trailing characters, stars between.
    public var masked: String {
        String(number.prefix(4)) + String(repeating: "*", count: max(0, number.count - 6)) + String(number.suffix(2))
    }

    /// The birth date that an ID number carries; nil for other papers.
    public var birthDate: CivilDate? { kind == .idNumber ? (try? IDNumber(number))?.birthDate : nil }
}

public enum PersonDocumentProblem: Error, Sendable, Equatable {
    case idNumber(IDNumberProblem)
    /// Not six to twenty letters and digits.
    case number
}

/// A person as the platform keeps one, sealed at rest.
public struct PersonIdentity: Hashable, Sendable, Codable {
    public let name: PersonName
    public let document: PersonDocument
    public let birthDate: CivilDate
    public let phone: String?

    public init(name: PersonName, document: PersonDocument, birthDate: CivilDate, phone: String? = nil) {
        self.name = name
        self.document = document
        self.birthDate = birthDate
        self.phone = phone
    }
}

/// What a grown-up is to the child.
public enum Relation: String, Sendable, Codable, CaseIterable {
    case father, mother, grandparent, guardian
}
