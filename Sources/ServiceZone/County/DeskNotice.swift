import Enrollment
import Hummingbird

/// What the last action at a desk did, carried over a redirection as a code and a receipt number.
enum DeskNotice: String {
    case sentToSecond = "sent_to_second"
    case supplementAsked = "supplement_asked"
    case approved, returned
    case stateChanged = "state_changed"
    case runFinished = "run_finished"
    case released
    case clockMoved = "clock_moved"

    /// The query by which the next page knows.
    func query(_ receipt: ReceiptNumber? = nil) -> String {
        "done=\(rawValue)" + (receipt.map { "&case=\($0)" } ?? "")
    }

    /// The notice of a request's address, in words; nil for anything this server did not write.
    static func text(_ request: Request, _ words: Words) -> String? {
        let query = request.uri.queryParameters
        guard let notice = query.get("done").flatMap(DeskNotice.init) else { return nil }
        let receipt = query.get("case").flatMap { ReceiptNumber(reading: $0) }
        return words(
            "desk.notice.\(notice.rawValue)", ["receipt": receipt.map { ReceiptWords.short($0) } ?? ""])
    }
}
