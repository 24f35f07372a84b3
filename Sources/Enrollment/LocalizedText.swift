/// Words in Chinese, and in English where somebody wrote them; English falls back to Chinese rather than to nothing.
public struct LocalizedText: Hashable, Sendable, Codable {
    public let zh: String
    public let en: String?

    public init(zh: String, en: String? = nil) {
        self.zh = zh
        self.en = en
    }

    public func text(in language: Language) -> String { language == .en ? en ?? zh : zh }
}

/// A language the portal speaks.
public enum Language: String, Sendable, Codable, CaseIterable { case zh, en }
