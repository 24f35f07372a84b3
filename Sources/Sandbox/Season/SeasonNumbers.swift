import Enrollment

/// Numbers of invented people and papers: valid in shape and check digit, each given once in a season.
struct SeasonNumbers: Sendable {
    private var people: Set<String>
    private var phones = 0
    private var papers = 0

    /// Codes that are no longer on the list of divisions and still stand in ID numbers.
    static let formerPrefixes = ["430221", "430521", "431121", "430124"]
    /// Codes of the prefectures of old, in which grandparents were born.
    static let regionalPrefixes = ["432325", "432930", "432502", "433024", "432821"]

    /// - Parameter taken: numbers that others have.
    init(taken: Set<String>) { people = taken }

    /// An ID number that nobody has yet.
    mutating func person(prefix: String, birthDate: CivilDate, sex: Sex, _ random: inout SeasonRandom) -> String {
        while true {
            let sequence = random.below(500) * 2 + (sex == .male ? 1 : 0)
            do {
                let number = try IDNumber(prefix: prefix, birthDate: birthDate, sequence: sequence).value
                if people.insert(number).inserted { return number }
            } catch {
                preconditionFailure("a season's prefix \(prefix) does not make a number")
            }
        }
    }

    /// A telephone number in a range that is given to nobody: 1999, then seven digits.
    mutating func phone() -> String {
        phones += 1
        // A step that shares no factor with ten million visits every number once.
        return "1999" + SampleNumber.padded(phones * 7_654_321 % 10_000_000, 7)
    }

    /// The next number of a paper.
    mutating func paper() -> Int {
        papers += 1
        return papers
    }

    /// 不动产单元号, 28 characters.
    static func unit(_ division: String, _ serial: Int) -> String {
        "\(division)009009GB\(SampleNumber.padded(serial / 10_000 % 100_000, 5))F\(SampleNumber.padded(serial % 10_000, 4))0001"
    }
}
