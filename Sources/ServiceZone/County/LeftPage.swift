import Enrollment
import Services
import Tenancy

/// `/county/{code}/left`: children without a seat, why, and what happens to each next.
struct LeftPage: Page {
    static let template = "county/left"
    static let frame = PageFrame.desk

    struct Row: Sendable, Hashable {
        let href: String
        let shortReceipt: String
        let receipt: String
        let child: String
        let category: String
        let cause: String
        let schools: String
        let next: String
    }

    /// How many are left for one cause.
    struct Cause: Sendable, Hashable {
        let label: String
        let count: String
    }

    let desk: DeskFrame
    let tenantName: String?
    let title: String
    let causes: [Cause]
    let rows: [Row]
    let hasRows: Bool
}

extension LeftPage {
    init(_ lines: [LeftLine], tenant: Tenant, viewer: Viewer, words: Words) {
        desk = DeskFrame(tenant: tenant, counts: nil, state: nil, place: .left, viewer: viewer, words: words)
        tenantName = words(tenant.name)
        title = words("left.heading", ["n": Figures.grouped(lines.count)])
        let order = ["no_seat", "no_school", "no_category", "not_published", "released", "expired"]
        causes = order.compactMap { cause in
            let count = lines.count { Self.cause($0) == cause }
            return count == 0
                ? nil : Cause(label: words("left.cause.\(cause)"), count: Figures.grouped(count))
        }
        rows = lines.map { line in
            Row(
                href: "/county/\(tenant.code)/cases/\(line.receipt)", shortReceipt: ReceiptWords.short(line.receipt),
                receipt: line.receipt.rawValue, child: line.childName,
                category: CategoryWords(words).provisional(line.category, settled: true, tenant.policy),
                cause: words("left.cause.\(Self.cause(line))"),
                schools: words.list(line.schools.compactMap { tenant.school($0).map { words($0.name) } }),
                next: words("left.next.\(Self.cause(line))"))
        }
        hasRows = !rows.isEmpty
    }

    /// A settled child without any school lives outside the published areas: it did not lose a seat to others.
    private static func cause(_ line: LeftLine) -> String {
        line.cause == .noSeat && line.schools.isEmpty ? "no_school" : line.cause.rawValue
    }
}
