public import Enrollment
public import Foundation

/// Somebody who can sign in with the stand-in identity provider.
///
/// A season folder keeps a list of them as `identities.json`:
/// `[{"subject", "name", "number", "phone", "label_zh"?, "label_en"?, "hint_zh"?, "hint_en"?, "group"?}]`.
public struct SandboxIdentity: Hashable, Sendable, Codable {
    /// Which part of the sign-in page lists the person.
    public enum Group: String, Sendable, Codable { case family, officer }

    /// The provider's own name for the account.
    public var subject: String
    public var name: String
    /// An ID number of eighteen characters.
    public var number: String
    public var phone: String?
    /// One line on what the person's case shows.
    public var label: LocalizedText?
    /// What to type, where the case needs it.
    public var hint: LocalizedText?
    public var group: Group

    /// The file's name within a season folder.
    public static let fileName = "identities.json"

    public init(
        subject: String, name: String, number: String, phone: String?, label: LocalizedText? = nil,
        hint: LocalizedText? = nil, group: Group = .family
    ) {
        self.subject = subject
        self.name = name
        self.number = number
        self.phone = phone
        self.label = label
        self.hint = hint
        self.group = group
    }

    /// Reads `identities.json` of a season folder.
    /// - Throws: ``SandboxError/unreadable(file:)``.
    public static func load(from folder: URL) throws -> [SandboxIdentity] {
        try SeasonFolder.readList(of: SandboxIdentity.self, named: fileName, in: folder)
    }

    /// Writes `identities.json` of a season folder, readable by its owner only.
    /// - Throws: ``SandboxError/unwritable(file:)``.
    public static func save(_ identities: [SandboxIdentity], to folder: URL) throws {
        try SeasonFolder.write(lists: [SeasonFolder.List(identities)], named: fileName, in: folder)
    }

    private enum CodingKeys: String, CodingKey {
        case subject, name, number, phone, group
        case labelZh = "label_zh"
        case labelEn = "label_en"
        case hintZh = "hint_zh"
        case hintEn = "hint_en"
    }

    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        subject = try values.decode(String.self, forKey: .subject)
        name = try values.decode(String.self, forKey: .name)
        number = try values.decode(String.self, forKey: .number)
        phone = try values.decodeIfPresent(String.self, forKey: .phone)
        group = try values.decodeIfPresent(Group.self, forKey: .group) ?? .family
        let labelEn = try values.decodeIfPresent(String.self, forKey: .labelEn)
        label = try values.decodeIfPresent(String.self, forKey: .labelZh).map { LocalizedText(zh: $0, en: labelEn) }
        let hintEn = try values.decodeIfPresent(String.self, forKey: .hintEn)
        hint = try values.decodeIfPresent(String.self, forKey: .hintZh).map { LocalizedText(zh: $0, en: hintEn) }
    }

    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(subject, forKey: .subject)
        try values.encode(name, forKey: .name)
        try values.encode(number, forKey: .number)
        try values.encodeIfPresent(phone, forKey: .phone)
        if group != .family { try values.encode(group, forKey: .group) }
        try values.encodeIfPresent(label?.zh, forKey: .labelZh)
        try values.encodeIfPresent(label?.en, forKey: .labelEn)
        try values.encodeIfPresent(hint?.zh, forKey: .hintZh)
        try values.encodeIfPresent(hint?.en, forKey: .hintEn)
    }
}
