import Enrollment
import Services
import Tenancy

/// Who asked which register about the family, when and why.
struct QueriesPage: Page {
    static let template = "family/queries"

    struct Entry: Sendable, Equatable {
        let title: String
        let about: String?
        let text: String
        let time: String
    }

    let title: String
    let entries: [Entry]

    init(title: String, entries: [Entry]) {
        self.title = title
        self.entries = entries
    }

    init(_ log: [QueryLogEntry], registry: TenantRegistry, words: Words) {
        self.init(
            title: words("queries.title"),
            entries: log.map { entry in
                let connector = registry.connector(entry.credential)
                return Entry(
                    title: connector.map { "\(words($0.department)) · \(words($0.title))" }
                        ?? entry.credential.rawValue,
                    about: entry.subjectName.map { words("queries.about", ["name": $0.value]) },
                    text: words(
                        "queries.text",
                        [
                            "organisation": registry.tenant(entry.organisation).map { words($0.name) }
                                ?? words(registry.provinceName),
                            "purpose": words("queries.purpose.\(entry.purpose.rawValue)"),
                            "outcome": words.optional("queries.outcome.\(entry.outcome)")
                                ?? words("queries.outcome.other"),
                        ]),
                    time: "\(DateWords(words).day(entry.at.day)) \(entry.at.clockText)")
            })
    }

    static func samples(_ words: Words) -> [QueriesPage] {
        let values = [
            "organisation": "桃江县", "purpose": words("queries.purpose.enrollment"),
            "outcome": words("queries.outcome.confirmed"),
        ]
        return [
            QueriesPage(
                title: words("queries.title"),
                entries: [
                    Entry(
                        title: "公安 · 户籍", about: words("queries.about", ["name": "林样例"]),
                        text: words("queries.text", values), time: "2026 年 7 月 6 日 09:02")
                ])
        ]
    }
}
