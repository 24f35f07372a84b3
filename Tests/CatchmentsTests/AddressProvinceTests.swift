import Catchments
import Testing

@Suite struct AddressProvinceTests {
    /// The ways an address is shortened, each with the names that it keeps.
    enum Form: String, CaseIterable, CustomTestStringConvertible {
        case full, withoutProvince, countyAndTownship, county, township, alone

        var testDescription: String { rawValue }

        func text(_ community: Community) -> String {
            let names = ProvinceNames.divisions
            let city = names[community.division.prefix(4) + "00"] ?? ""
            let county = names[community.division] ?? ""
            return switch self {
            case .full: "湖南省\(city)\(county)\(community.township)\(community.name)"
            case .withoutProvince: "\(city)\(county)\(community.township)\(community.name)"
            case .countyAndTownship: "\(county)\(community.township)\(community.name)"
            case .county: "\(county)\(community.name)"
            case .township: "\(community.township)\(community.name)"
            case .alone: community.name
            }
        }
    }

    @Test(
        "every community of the province is read or among the ties, and never taken for another",
        arguments: Form.allCases)
    func everyCommunity(_ form: Form) {
        let texts = Dictionary(grouping: ProvinceNames.communities, by: form.text)
        #expect(ProvinceNames.communities.count > 29_000)
        var unique = 0
        var read = 0
        for (text, meant) in texts {
            let reading = ProvinceNames.book.read(text + "8号")
            let found = reading.addresses.compactMap(\.community)
            #expect(Set(found).isSuperset(of: meant), "\(text)")
            guard meant.count == 1 else { continue }
            unique += 1
            if case .one(let address, _) = reading {
                read += 1
                #expect(address.community == meant.first && address.houseNumber == HouseNumber(8), "\(text)")
            }
        }
        #expect(read * 1000 >= unique * 995, "\(read) of \(unique)")
    }

    @Test("a community's name without 社区 or 村 is that community's, among ties, or no community's at all")
    func stems() {
        for community in ProvinceNames.communities where community.name.count > 3 {
            let stem = community.name.hasSuffix("社区") ? community.name.dropLast(2) : community.name.dropLast()
            let county = ProvinceNames.divisions[community.division] ?? ""
            let reading = ProvinceNames.book.read("\(county)\(community.township)\(stem)8号")
            guard reading.isConfident, let address = reading.addresses.first else { continue }
            #expect(address.community == nil || address.community == community, "\(community)")
        }
    }

    @Test("the counties that were renamed are read by their old names")
    func formerCounties() {
        var read = 0
        for former in FormerDivision.hunan where former.code != nil {
            for community in ProvinceNames.communities where community.division == former.successor {
                let reading = ProvinceNames.book.read("\(former.name)\(community.township)\(community.name)")
                #expect(reading.addresses.map(\.community) == [community], "\(former.name) \(community)")
                read += 1
            }
        }
        #expect(read > 1_500)
    }
}
