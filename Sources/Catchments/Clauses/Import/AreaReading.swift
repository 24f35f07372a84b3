/// One item as read: its area, how it holds, and what an officer should look at.
struct AreaReading {
    var area: Area
    var standing = ClauseStanding.permanent
    var notes: [ImportNote] = []
    /// A school the item itself names.
    var school: String?

    init(_ area: Area, notes: [ImportNote] = []) {
        self.area = area
        self.notes = notes
    }

    /// Words left to a person.
    static func person(_ words: String) -> AreaReading {
        AreaReading(.sentence(words), notes: [.forPerson(words)])
    }

    var isSentence: Bool {
        if case .sentence = area { return true }
        return false
    }

    /// Whether a name was taken for a compound without a word that says so.
    var isUnsure: Bool { notes.contains { if case .kindNotWritten = $0 { true } else { false } } }

    func with(_ area: Area) -> AreaReading {
        var result = self
        result.area = area
        return result
    }
}
