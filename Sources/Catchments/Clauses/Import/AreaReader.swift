/// Reads one item of a plan's text, its punctuation half-width, into an area.
struct AreaReader {
    let gazetteer: Gazetteer?
    let division: String?

    /// 东至…: one of four boundaries.
    static var boundary: Regex<(Substring, Substring, Substring)> { #/(东|南|西|北)(?:至|到|临|抵|接|起)(.+?)/# }

    /// - Parameter road: the road named last before the item, to which a bare number belongs.
    func read(_ words: String, after road: String? = nil) -> AreaReading {
        if SentenceReader.isSentence(words) { return SentenceReader(areas: self).read(words) }
        let (head, remarks) = Self.remarks(of: words)
        let hasBrackets = head.contains { "()".contains($0) }
        guard !head.isEmpty, !hasBrackets || hasNumbers(head) else { return .person(words) }
        return remarks.reduce(plain(head, after: road)) { RemarkReader(areas: self).apply($1, to: $0) }
    }

    /// A list: every item's reading, and whether the list ends where the text does. nil where something is not an item.
    func list(_ words: String, after road: String? = nil) -> (parts: [AreaReading], isComplete: Bool)? {
        let text = PrintedText(words)
        var parts: [AreaReading] = []
        var isComplete = true
        var road = road
        for item in ListReader(text: text).items(0..<text.plain.count) {
            switch item {
            case .separator: break
            case .unread(_, .omission): isComplete = false
            case .unread: return nil
            case .words(let range):
                let part = read(text.plain(range), after: road)
                road = Self.road(of: part.area) ?? road
                parts.append(part)
            }
        }
        return parts.isEmpty ? nil : (parts, isComplete)
    }

    /// The road a following bare number belongs to.
    static func road(of area: Area) -> String? {
        switch area {
        case .road(let stretch): stretch.road
        case .within(_, let inner): road(of: inner)
        case .except(let whole, _): road(of: whole)
        case .residential(let area): road(of: area)
        case .compound(let compound) where compound.name.hasSuffix("号大院"): compound.places.last?.road
        default: nil
        }
    }

    /// The words without the brackets at their end, and what these say, in order. A parity belongs to its numbers.
    private static func remarks(of words: String) -> (head: String, remarks: [String]) {
        var head = Array(words)
        var remarks: [String] = []
        while head.last == ")" {
            var level = 0
            guard
                let open = head.indices.reversed().first(where: {
                    if head[$0] == ")" { level += 1 }
                    if head[$0] == "(" { level -= 1 }
                    return level == 0
                })
            else { break }
            let remark = String(head[(open + 1)..<(head.count - 1)])
            let isParity = remark.wholeMatch(of: #/[单双][号数]?/#) != nil
            if isParity, head[..<open].contains(where: { $0.isASCII && $0.isNumber }) { break }
            remarks.insert(remark, at: 0)
            head.removeSubrange(open...)
        }
        return (String(head), remarks)
    }

    /// Whether the brackets inside belong to numbers: 1-9号(单号)、20号.
    private func hasNumbers(_ head: String) -> Bool {
        head.firstMatch(of: #/[0-9][^(]*\([单双][号数]?\)/#) != nil
    }

    // MARK: - Items without brackets

    func plain(_ head: String, after road: String? = nil) -> AreaReading {
        if let match = head.wholeMatch(of: #/(.+?)(?:居民住宅|住宅区|住宅楼|住宅)/#) {
            let inner = plain(String(match.1), after: road)
            return inner.isSentence ? .person(head) : inner.with(.residential(inner.area))
        }
        if head.wholeMatch(of: #/第?[0-9一二三四五六七八九十]+(?:村民小组|居民小组|小组|组)/#) != nil, let group = unit(head) {
            return group
        }
        if let reading = boundaries(head) ?? chain(head) ?? side(head) ?? station(head) ?? former(head) {
            return reading
        }
        if let reading = numbered(head) ?? yard(head, road) ?? buildings(head) { return reading }
        return unit(head) ?? wholeRoad(head) ?? named(head)
    }

    private func boundaries(_ head: String) -> AreaReading? {
        guard head.prefixMatch(of: Self.boundary) != nil else { return nil }
        var result = FourBoundaries()
        for part in head.split(whereSeparator: { "、,; ".contains($0) }) {
            guard let match = part.wholeMatch(of: Self.boundary) else { return nil }
            let line = String(match.2)
            switch match.1 {
            case "东": result.east = line
            case "南": result.south = line
            case "西": result.west = line
            default: result.north = line
            }
        }
        return AreaReading(.boundaries(result), notes: [.forPerson(head)])
    }

    /// A place within a place: 镇龙行政村的下境经济社广汕路以南.
    private func chain(_ head: String) -> AreaReading? {
        let strong = #/(.+?(?:社区居委会|居委会|村委会|经济联社|经济社|行政村|自然村|社区|街道))的?(.{2,})/#
        let withDe = #/([^的]+(?:村|镇|乡|组|社区))的(.{2,})/#
        let weak = #/(.{2,}?(?:村|镇|乡))(.{2,})/#
        for match in [head.wholeMatch(of: strong), head.wholeMatch(of: withDe), head.wholeMatch(of: weak)] {
            guard let match, let outer = unit(String(match.1)) else { continue }
            let (outerText, rest) = (String(match.1), String(match.2))
            if rest.prefixMatch(of: #/小区|居委会|民小组|民委员会|路|街|巷|大道|花园|公寓|市场|委会/#) != nil { continue }
            let inner = plain(rest)
            guard isPart(inner.area, of: outer.area, isMarked: head.hasPrefix(outerText + "的") || isStrong(outerText))
            else { continue }
            var reading = inner.with(.within(outer.area, inner.area))
            reading.notes = outer.notes + inner.notes
            return reading
        }
        return nil
    }

    private func isStrong(_ name: String) -> Bool {
        ["社区", "居委会", "村委会", "经济联社", "经济社", "行政村", "自然村"].contains(where: name.hasSuffix)
    }

    private func isPart(_ inner: Area, of outer: Area, isMarked: Bool) -> Bool {
        switch inner {
        case .unit(let unit):
            // A name left of one character, such as 口社区, was cut out of a longer one.
            let isWhole = unit.kind == .group || AdministrativeUnit.plain(unit.name).count >= 2
            guard case .unit(let wider) = outer, isWhole else { return false }
            return isMarked || unit.kind == .group || unit.kind == .cooperative || unit.kind == .naturalVillage
                || wider.kind == .township && unit.kind != .township
        case .within(let part, _): return isPart(part, of: outer, isMarked: isMarked)
        case .side, .boundaries, .road, .compound, .except, .residential: return isMarked
        default: return false
        }
    }

    private func side(_ head: String) -> AreaReading? {
        let written = #/(.+?)(?:以(东南|东北|西南|西北|东|南|西|北)(?:侧|边|面|片)?|(东南|东北|西南|西北|东|南|西|北)(?:侧|边|面))/#
        guard let match = head.wholeMatch(of: written), let word = match.2 ?? match.3,
            let direction = Self.directions[String(word)], !match.1.contains(where: { $0.isASCII && $0.isNumber })
        else { return nil }
        return AreaReading(.side(LineSide(String(match.1), direction)), notes: [.forPerson(head)])
    }

    private static let directions: [String: LineSide.Direction] = [
        "东": .east, "南": .south, "西": .west, "北": .north,
        "东南": .southEast, "东北": .northEast, "西南": .southWest, "西北": .northWest,
    ]

    private func station(_ head: String) -> AreaReading? {
        head.wholeMatch(of: #/(.+?派出所)(?:户籍|辖区|管辖范围|管辖)?/#)
            .map { AreaReading(.policeStation(String($0.1))) }
    }

    private func former(_ head: String) -> AreaReading? {
        guard let match = head.wholeMatch(of: #/原(?:门牌)?(.+[0-9].*号.*)/#),
            case .road(let stretch)? = numbered(String(match.1))?.area
        else { return nil }
        return AreaReading(.formerNumber(stretch))
    }

    /// A road with numbers, or a yard known by its number: 港前路1-505号, 黄埔东路633号大院.
    private func numbered(_ head: String) -> AreaReading? {
        guard let match = head.wholeMatch(of: #/([^0-9()]+?(?:路|街|巷|大道|道|里|弄|胡同|公路))([0-9].*)/#),
            let reading = NumberReader.read(String(match.2))
        else { return nil }
        let road = String(match.1)
        if reading.rest.isEmpty { return numbered(RoadStretch(road, reading.numbers), reading.count) }
        return yard(String(match.2), road)
    }

    func numbered(_ stretch: RoadStretch, _ count: Int?) -> AreaReading {
        let numbers = stretch.numbers ?? WrittenNumbers([])
        let listed = numbers.numbers.count + numbers.subNumbers.count
        var notes = numbers.problems.map(ImportNote.numbers)
        if !numbers.isComplete { notes.append(.listBreaksOff) }
        if let count, count != listed { notes.append(.countDiffers(written: count, listed: listed)) }
        return AreaReading(.road(stretch), notes: notes)
    }

    private func yard(_ head: String, _ road: String?) -> AreaReading? {
        guard let match = head.wholeMatch(of: #/([0-9]+)号(大院|院|小区|宿舍|大楼|楼|院内)/#), match.2 != "楼",
            let number = Int(match.1)
        else { return nil }
        guard let road else { return AreaReading(.compound(Compound(head)), notes: [.kindNotWritten(head)]) }
        let place = RoadStretch(road, WrittenNumbers([.init(number, number)]))
        return AreaReading(.compound(Compound(head, places: [place])))
    }

    /// A compound with its buildings: 怡德苑1-3、5栋.
    private func buildings(_ head: String) -> AreaReading? {
        guard let match = head.wholeMatch(of: #/([^0-9]+?)((?:[A-Z]?[0-9]).*(?:栋|幢|号楼|座))/#), !match.1.contains("第"),
            let list = Self.buildings(String(match.2))
        else { return nil }
        return AreaReading(.compound(Compound(String(match.1), buildings: list.buildings, isComplete: list.isComplete)))
    }

    /// Buildings of a list, ranges written out: `1-3栋、A5栋` gives 1, 2, 3, A5. nil for any other text.
    static func buildings(_ words: String) -> (buildings: [String], isComplete: Bool)? {
        var found: [String] = []
        for part in words.split(whereSeparator: { "、,和及 …".contains($0) }) {
            guard
                let match = part.wholeMatch(
                    of: #/([A-Z]?)([0-9]{1,3})(?:[栋幢座]|号楼)?(?:[-~—至]([0-9]{1,3}))?(?:栋|幢|座|号楼)?/#),
                let first = Int(match.2)
            else { return nil }
            let last = match.3.flatMap { Int($0) } ?? first
            guard first <= last else { return nil }
            found += (first...last).map { "\(match.1)\($0)" }
        }
        return found.isEmpty ? nil : (found, !words.contains("…"))
    }

    private func wholeRoad(_ head: String) -> AreaReading? {
        guard let match = head.wholeMatch(of: #/([^0-9]{1,}(?:路|大道|街|巷|公路|胡同))(?:全路|全线|全段|沿线)?/#),
            match.1.count > 1
        else { return nil }
        return AreaReading(.road(RoadStretch(String(match.1))))
    }
}
