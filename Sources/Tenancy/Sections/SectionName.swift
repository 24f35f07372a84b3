/// The sections that inherit as a whole, province to city to county.
enum SectionName: String, CaseIterable {
    case stages
    case classSizeCap = "class_size_cap"
    case calendar
    case referenceDates = "reference_dates"
    case predicates
    case categories
    case evidence

    /// Sections a city or county may write in its `policy.yaml`; the stages are the province's alone.
    static let inPolicy = allCases.filter { $0 != .stages }
}
