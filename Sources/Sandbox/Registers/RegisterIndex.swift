/// Finds entries by a person's number and name.
///
/// A number that stands under another name finds nothing: departments do not say whose it is.
struct RegisterIndex: Sendable {
    private let households: [String: [HouseholdEntry]]
    private let titles: [String: [TitleEntry]]
    private let contracts: [String: [ContractEntry]]
    private let permits: [String: [PermitEntry]]
    private let insurance: [String: [InsuranceEntry]]

    init(_ book: RegisterBook) {
        var households: [String: [HouseholdEntry]] = [:]
        for household in book.households {
            for member in household.members { households[member.number, default: []].append(household) }
        }
        self.households = households
        titles = Dictionary(grouping: book.titles, by: \.ownerNumber)
        contracts = Dictionary(grouping: book.contracts, by: \.buyerNumber)
        permits = Dictionary(grouping: book.permits, by: \.holderNumber)
        insurance = Dictionary(grouping: book.insurance, by: \.insuredNumber)
    }

    func households(of number: String, name: String) -> [HouseholdEntry] {
        (households[number] ?? []).filter { $0.members.contains { $0.number == number && $0.name == name } }
    }

    func titles(of number: String, name: String) -> [TitleEntry] {
        (titles[number] ?? []).filter { $0.ownerName == name }
    }

    func contracts(of number: String, name: String) -> [ContractEntry] {
        (contracts[number] ?? []).filter { $0.buyerName == name }
    }

    func permits(of number: String, name: String) -> [PermitEntry] {
        (permits[number] ?? []).filter { $0.holderName == name }
    }

    func insurance(of number: String, name: String) -> [InsuranceEntry] {
        (insurance[number] ?? []).filter { $0.insuredName == name }
    }
}
