// Items that are a name: administrative units, communities by their short form, compounds.
extension AreaReader {
    /// An administrative unit by its own word, or a community that the gazetteer knows by this name.
    func unit(_ head: String) -> AreaReading? {
        guard !head.contains("的"), !head.contains(where: { "()、,".contains($0) }) else { return nil }
        if let match = head.wholeMatch(of: #/第?([0-9一二三四五六七八九十]+|.{1,5}?)(?:村民小组|居民小组|小组|组)/#) {
            let name = String(match.1)
            return AreaReading(.unit(AdministrativeUnit(.group, Self.arabic(name).map(String.init) ?? name)))
        }
        let kinds: [(AdministrativeUnit.Kind, [String])] = [
            (.cooperative, ["经济联社", "经济社"]), (.naturalVillage, ["自然村", "屋场", "围"]),
            (.community, ["社区居委会", "居委会", "村民委员会", "村委会", "行政村", "社区"]),
            (.village, ["村"]), (.township, ["街道办事处", "街道办", "街道", "镇", "乡"]),
        ]
        for (kind, suffixes) in kinds {
            guard let suffix = suffixes.first(where: { head.hasSuffix($0) && head.count > $0.count }) else { continue }
            switch kind {
            case .community, .village: return community(head, kind)
            case .township:
                let name = suffix.hasPrefix("街道") ? head.dropLast(suffix.count) + "街道" : head[...]
                return AreaReading(.unit(AdministrativeUnit(.township, String(name))))
            default: return AreaReading(.unit(AdministrativeUnit(kind, head)))
            }
        }
        return known(head)
    }

    /// A community or village by its word, tied to the gazetteer's when there is exactly one.
    private func community(_ head: String, _ kind: AdministrativeUnit.Kind) -> AreaReading {
        if let reading = known(head) { return reading }
        let notes: [ImportNote] = gazetteer == nil ? [] : [.notInGazetteer(head)]
        return AreaReading(.unit(AdministrativeUnit(kind, head)), notes: notes)
    }

    private func known(_ head: String) -> AreaReading? {
        guard let gazetteer, let division else { return nil }
        let written = head.hasSuffix("行政村") ? String(head.dropLast(3)) + "村" : head
        let found = gazetteer.communities(named: written, in: division)
        guard let first = found.first else { return nil }
        guard found.count == 1 else {
            return AreaReading(
                .unit(AdministrativeUnit(.community, head)), notes: [.severalCommunities(head, found)])
        }
        return AreaReading(.community(first), notes: first.name == head ? [] : [.shortForm(head, first)])
    }

    /// Any other name: a compound when a word of it says so or it is short enough to be one, else a person's.
    func named(_ head: String) -> AreaReading {
        let words = [
            "苑", "花园", "小区", "公寓", "大院", "家园", "新村", "宿舍", "院", "楼", "大厦", "城", "府", "庭", "轩", "阁", "湾", "山庄", "别墅",
            "小镇",
        ]
        if words.contains(where: head.hasSuffix) || Compound.phase(of: head) != nil {
            return AreaReading(.compound(Compound(head)))
        }
        let isName = head.count <= 12 && head.allSatisfy { $0.isLetter || $0.isNumber || $0 == "·" }
        let isPhrase = ["的", "和", "及", "除", "以", "与", "外", "由", "按", "较", "靠近", "附近", "部分", "之间", "指定", "安排"].contains {
            head.contains($0)
        }
        guard isName, !isPhrase, !head.allSatisfy(\.isNumber) else { return .person(head) }
        return AreaReading(.compound(Compound(head)), notes: [.kindNotWritten(head)])
    }

    /// A number below a hundred in Chinese or Arabic numerals.
    static func arabic(_ text: String) -> Int? {
        if let number = Int(text) { return number }
        let digits = Array("零一二三四五六七八九")
        let parts = text.split(separator: "十", omittingEmptySubsequences: false)
        func digit(_ part: Substring, _ empty: Int) -> Int? {
            part.isEmpty ? empty : part.count == 1 ? part.first.flatMap(digits.firstIndex) : nil
        }
        switch parts.count {
        case 1: return digit(parts[0], -1).flatMap { $0 < 0 ? nil : $0 }
        case 2: return digit(parts[0], 1).flatMap { tens in digit(parts[1], 0).map { tens * 10 + $0 } }
        default: return nil
        }
    }
}
