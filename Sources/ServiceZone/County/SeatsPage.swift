import Enrollment
import Services
import Tenancy

/// `/county/{code}/seats`: every school's seats, who asks for them and who holds them.
struct SeatsPage: Page {
    static let template = "county/seats"
    static let frame = PageFrame.desk

    let desk: DeskFrame
    let tenantName: String?
    let title: String
    let schools: [SchoolBar]
    let hasSchools: Bool
    let totalSeats: String
    let totalFirstChoices: String
    let totalPlaced: String
    let totalAccepted: String
    let totalFree: String
    let caption: String
}

extension SeatsPage {
    init(_ view: AdmissionView, viewer: Viewer, words: Words) {
        desk = DeskFrame(
            tenant: view.tenant, counts: view.counts, state: nil, place: .seats, viewer: viewer, words: words)
        tenantName = words(view.tenant.name)
        title = words("seats.title")
        schools = SchoolBar.all(view.schools, words: words)
        hasSchools = !view.schools.isEmpty
        let sum = { (value: (SchoolLoad) -> Int) in Figures.grouped(view.schools.reduce(0) { $0 + value($1) }) }
        totalSeats = sum(\.seats)
        totalFirstChoices = sum(\.firstChoices)
        totalPlaced = sum(\.placed)
        totalAccepted = sum(\.accepted)
        totalFree = sum { max(0, $0.seats - $0.placed) }
        caption = words(
            view.schools.contains { $0.placed > 0 } ? "desk.schools.placed" : "desk.schools.first_choices")
    }
}
