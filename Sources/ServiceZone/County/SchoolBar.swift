import Enrollment
import Services

/// A school's seats against those who ask for them or were placed, as a bar with its figures beside it.
struct SchoolBar: Sendable, Hashable {
    let name: String
    let stage: String
    /// 463 / 450.
    let figures: String
    let count: String
    let seats: String
    /// Width of the bar from 0 to 100.
    let width: String
    /// 超 13 人; nil where there is room.
    let over: String?
    let classes: String
    let firstChoices: String
    let placed: String
    let accepted: String
    /// Seats nobody holds.
    let free: String
}

extension SchoolBar {
    init(_ load: SchoolLoad, isPlaced: Bool, words: Words) {
        self.init(
            name: words(load.school.name), stage: words("stage_short.\(load.school.stage.rawValue)"),
            classes: load.school.classes, classSize: load.school.classSize, firstChoices: load.firstChoices,
            placed: load.placed, accepted: load.accepted, isPlaced: isPlaced, words: words)
    }

    /// - Parameter isPlaced: whether the bar counts placements, or first choices.
    init(
        name: String, stage: String, classes: Int, classSize: Int, firstChoices: Int, placed: Int, accepted: Int,
        isPlaced: Bool, words: Words
    ) {
        let count = isPlaced ? placed : firstChoices
        let seats = classes * classSize
        self.name = name
        self.stage = stage
        figures = "\(Figures.grouped(count)) / \(Figures.grouped(seats))"
        self.count = Figures.grouped(count)
        self.seats = Figures.grouped(seats)
        width = "\(seats == 0 ? (count > 0 ? 100 : 0) : min(100, count * 100 / seats))"
        over = count > seats ? words("desk.over", ["n": Figures.grouped(count - seats)]) : nil
        self.classes = words("desk.classes", ["n": "\(classes)", "size": "\(classSize)"])
        self.firstChoices = Figures.grouped(firstChoices)
        self.placed = Figures.grouped(placed)
        self.accepted = Figures.grouped(accepted)
        free = Figures.grouped(max(0, seats - placed))
    }

    /// Every school; placements are counted once any school has some, first choices before that.
    static func all(_ loads: [SchoolLoad], words: Words) -> [SchoolBar] {
        let isPlaced = loads.contains { $0.placed > 0 }
        return loads.map { SchoolBar($0, isPlaced: isPlaced, words: words) }
    }
}

/// Whole numbers as people read them.
enum Figures {
    /// 2,614.
    static func grouped(_ number: Int) -> String {
        let digits = Array(String(number.magnitude))
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
            text.append(digit)
        }
        return number < 0 ? "-\(text)" : text
    }
}
