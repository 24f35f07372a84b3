/// A person's name: 2 to 20 characters, with · between the parts of minority names; characters outside the Basic
/// Multilingual Plane count as one.
public struct PersonName: Hashable, Sendable, Codable, CustomStringConvertible {
    public let value: String

    /// Reads what a person typed: blanks around it are dropped and the several dots in use become ·.
    public init(_ text: String) throws(PersonNameProblem) {
        let dots: Set<Character> = ["•", "．", "・", "‧", "∙", "⋅", "."]
        let cleaned = String(text.map { dots.contains($0) ? "·" : $0 }.drop { $0.isWhitespace })
        let trimmed = String(cleaned.reversed().drop { $0.isWhitespace }.reversed())
        guard trimmed.unicodeScalars.count >= 2 else { throw .tooShort }
        guard trimmed.unicodeScalars.count <= 20 else { throw .tooLong }
        let parts = trimmed.split(separator: "·", omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !$0.isEmpty }),
            trimmed.unicodeScalars.allSatisfy({ $0 == "·" || $0 == " " || $0.properties.isAlphabetic })
        else { throw .characters }
        value = trimmed
    }

    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        do { try self.init(text) } catch {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "not a name"))
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(value)
    }

    public var description: String { value }

    /// The first character and a star for each other: 林**.
    public var masked: String { String(value.prefix(1)) + String(repeating: "*", count: max(1, value.count - 1)) }
}

public enum PersonNameProblem: String, Error, Sendable { case tooShort, tooLong, characters }
