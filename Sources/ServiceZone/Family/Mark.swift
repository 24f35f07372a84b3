/// The shape beside a state, so that colour never stands alone: tick, exclamation, clock or dash.
struct Mark: Sendable, Equatable {
    let isGood: Bool
    let isStop: Bool
    let isWait: Bool
    let isDash: Bool
    /// The same as a style's name.
    let tone: String

    static let good = Mark("good")
    static let stop = Mark("stop")
    static let wait = Mark("wait")
    static let dash = Mark("dash")

    private init(_ tone: String) {
        self.tone = tone
        isGood = tone == "good"
        isStop = tone == "stop"
        isWait = tone == "wait"
        isDash = tone == "dash"
    }
}
