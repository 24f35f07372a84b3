import Catchments
import Enrollment
import Tenancy

/// Lists from which a family chooses where it lives: counties by city, then townships, then communities.
struct PlaceLists: Sendable {
    typealias Entry = (value: String, label: String)

    let counties: [(label: String, options: [Entry])]
    private let gazetteer: Gazetteer

    /// Every division that some tenant serves in the stage, under its city's name.
    init(_ registry: TenantRegistry, stage: Stage, words: Words) {
        gazetteer = registry.gazetteer
        let gazetteer = registry.gazetteer
        counties = registry.cities.map { city in
            let divisions = ([city] + registry.tenants(inCity: city.code))
                .filter { $0.stages.contains(stage) && $0.mode == .hosted }.flatMap(\.divisions)
            return (
                words(city.name),
                Set(divisions).sorted().map { ($0.rawValue, gazetteer.name(ofDivision: $0.rawValue) ?? $0.rawValue) }
            )
        }.filter { !$0.options.isEmpty }
    }

    init(counties: [(label: String, options: [Entry])], gazetteer: Gazetteer) {
        self.counties = counties
        self.gazetteer = gazetteer
    }

    func townships(_ division: String) -> [Entry] { gazetteer.townships(in: division).map { ($0, $0) } }

    func communities(_ division: String, _ township: String) -> [Entry] {
        gazetteer.communities(in: division, township: township).map { ($0.name, $0.name) }
    }
}
