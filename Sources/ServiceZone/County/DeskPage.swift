import Enrollment
import Services
import Tenancy

/// `/county/{code}`: the applications of one state, oldest first, with the schools' bars above.
struct DeskPage: Page {
    static let template = "county/list"
    static let frame = PageFrame.desk

    struct Row: Sendable, Hashable {
        let href: String
        /// …0017-4482.
        let shortReceipt: String
        let receipt: String
        /// Masked: 林**.
        let child: String
        let state: String
        let pills: [Pill]
        let category: String
        let waiting: String
    }

    let desk: DeskFrame
    let tenantName: String?
    /// 待初审 87 件.
    let title: String
    /// What the last action did.
    let notice: String?
    let schools: [SchoolBar]
    let hasSchools: Bool
    let schoolsCaption: String
    let rows: [Row]
    let hasRows: Bool
    /// Whether the list mixes states, so that each row names its own.
    let showsState: Bool
    let empty: String
    let emptyHint: String
    /// The following page of the list.
    let nextHref: String?
}

extension DeskPage {
    init(_ list: DeskList, viewer: Viewer, connectors: [Connector], now: Instant, notice: String?, words: Words) {
        let base = "/county/\(list.tenant.code)"
        desk = DeskFrame(
            tenant: list.tenant, counts: list.counts, state: list.state, place: nil, viewer: viewer, words: words)
        let total = list.state.map { list.counts[$0] ?? 0 } ?? list.counts.values.reduce(0, +)
        tenantName = words(list.tenant.name)
        let state = words(list.state.map { "desk.state.\($0.rawValue)" } ?? "desk.state.all")
        title = words("desk.heading", ["state": state, "n": Figures.grouped(total)])
        self.notice = notice
        schools = SchoolBar.all(list.schools, words: words)
        hasSchools = !list.schools.isEmpty
        schoolsCaption = words(
            list.schools.contains { $0.placed > 0 } ? "desk.schools.placed" : "desk.schools.first_choices")
        let reasons = CaseReasons(words: words, connectors: connectors)
        rows = list.lines.map { line in
            Row(
                href: "\(base)/cases/\(line.receipt)", shortReceipt: ReceiptWords.short(line.receipt),
                receipt: line.receipt.rawValue, child: line.childName,
                state: words("desk.state.\(line.state.rawValue)"), pills: reasons.pills(line),
                category: CategoryWords(words).provisional(
                    line.category, settled: line.categorySettled, list.tenant.policy),
                waiting: DateWords(words).waiting(since: line.waitingSince, now: now))
        }
        hasRows = !rows.isEmpty
        showsState = list.state == nil
        empty = words("desk.empty_title", ["state": state])
        emptyHint = words(
            list.state == .firstReview || list.state == .secondReview ? "desk.empty_hint.done" : "desk.empty_hint.other"
        )
        nextHref =
            list.next.map { next in
                let state = list.state.map { "state=\($0.rawValue)&" } ?? ""
                return "\(base)?\(state)after=\(next)"
            }
    }
}

/// Receipt numbers as desks show them.
enum ReceiptWords {
    /// The eight digits that tell one application from another: …0017-4482.
    static func short(_ receipt: ReceiptNumber) -> String { "…\(receipt.rawValue.suffix(9))" }
}
