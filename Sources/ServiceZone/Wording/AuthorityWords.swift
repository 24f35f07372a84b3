import Enrollment

/// Words for where a section of a county's rules comes from.
struct AuthorityWords: Sendable {
    let words: Words

    init(_ words: Words) { self.words = words }

    /// 《…》（2024 年）, or 按省级通用办法.
    func source(_ authority: Authority) -> String {
        switch authority.kind {
        case .template: return words("authority.template")
        case .sample: return words("authority.sample")
        case .published:
            var document = authority.document ?? words("authority.document_missing")
            if let number = authority.number {
                document = words("authority.number", ["document": document, "number": number])
            }
            guard let year = authority.year else { return words("authority.published", ["document": document]) }
            return words("authority.published_year", ["document": document, "year": "\(year)"])
        }
    }
}
