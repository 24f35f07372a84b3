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
        let order: [LeftLine.Cause] = [.noSeat, .noCategory, .notPublished, .released]
        causes = order.compactMap { cause in
            let count = lines.count { $0.cause == cause }
            return count == 0
                ? nil : Cause(label: words("left.cause.\(cause.rawValue)"), count: Figures.grouped(count))
        }
        rows = lines.map { line in
            Row(
                href: "/county/\(tenant.code)/cases/\(line.receipt)", shortReceipt: ReceiptWords.short(line.receipt),
                receipt: line.receipt.rawValue, child: line.childName,
                category: CategoryWords(words).provisional(line.category, settled: true, tenant.policy),
                cause: words("left.cause.\(line.cause.rawValue)"),
                schools: words.list(line.schools.compactMap { tenant.school($0).map { words($0.name) } }),
                next: words("left.next.\(line.cause.rawValue)"))
        }
        hasRows = !rows.isEmpty
    }
}
