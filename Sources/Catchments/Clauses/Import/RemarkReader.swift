/// Applies what stands in brackets behind an item: exceptions, other names, buildings, phases, numbers, standing, parts.
struct RemarkReader {
    let areas: AreaReader

    func apply(_ remark: String, to reading: AreaReading) -> AreaReading {
        if let standing = SentenceReader.standing(ofRemark: remark) {
            var result = reading
            result.standing = reading.standing.adding(standing)
            return result
        }
        if remark.wholeMatch(of: #/(?:共|约)[0-9]+(?:栋|幢|户|座|处)/#) != nil { return reading }
        return exceptions(remark, reading) ?? otherNames(remark, reading) ?? parity(remark, reading)
            ?? formerNumbers(remark, reading) ?? compoundParts(remark, reading) ?? parts(remark, reading)
            ?? person(remark, reading)
    }

    /// The remark limits the item in a way only a person can apply.
    private func person(_ remark: String, _ reading: AreaReading) -> AreaReading {
        var result = reading.with(.within(reading.area, .sentence(remark)))
        result.notes.append(.forPerson(remark))
        return result
    }

    private func exceptions(_ remark: String, _ reading: AreaReading) -> AreaReading? {
        let written = #/(?:除去?)?(.+?)(?:等)?(?:除外|以外|外)|(?:不含|不包括|不包含|除)(.+)/#
        guard let match = remark.wholeMatch(of: written), let words = match.1 ?? match.2 else { return nil }
        if case .road(var stretch) = reading.area, var numbers = stretch.numbers,
            let excepted = numbersOnly(String(words), of: stretch.road), excepted.subNumbers.isEmpty
        {
            numbers.exceptions += excepted.spans
            stretch.numbers = numbers
            var result = areas.numbered(stretch, nil)
            result.standing = reading.standing
            return result
        }
        guard let (found, isComplete) = areas.list(String(words), after: AreaReader.road(of: reading.area)),
            !found.contains(where: \.isSentence)
        else { return nil }
        var result = reading.with(.except(reading.area, Self.any(found.map(\.area), isComplete)))
        result.notes += found.flatMap(\.notes)
        return result
    }

    /// Numbers of the same road, its name repeated or not: 蟹山路46、48号.
    private func numbersOnly(_ words: String, of road: String) -> WrittenNumbers? {
        let bare = words.hasPrefix(road) ? String(words.dropFirst(road.count)) : words
        guard let reading = NumberReader.read(bare), reading.rest.isEmpty else { return nil }
        return reading.numbers
    }

    private func otherNames(_ remark: String, _ reading: AreaReading) -> AreaReading? {
        guard let match = remark.wholeMatch(of: #/(含|包括|包含|又名|又称|别名|即|亦称|现名|曾用名|原名):?(.+)/#) else { return nil }
        let words = String(match.2)
        let names = words.split(whereSeparator: { "、,和及 ".contains($0) }).map(String.init)
        if case .compound(var compound) = reading.area, !words.contains(where: { "(…".contains($0) }),
            names.allSatisfy({ !$0.contains(where: { $0.isASCII && $0.isNumber }) })
        {
            compound.aliases += names
            return reading.with(.compound(compound))
        }
        guard ["含", "包括", "包含"].contains(match.1), let (found, isComplete) = areas.list(words),
            !found.contains(where: \.isSentence)
        else { return nil }
        var result = reading.with(Self.any([reading.area] + found.map(\.area), isComplete))
        result.notes += found.flatMap(\.notes)
        return result
    }

    /// One side of a whole road, which house numbers follow: 桃花路(单号).
    private func parity(_ remark: String, _ reading: AreaReading) -> AreaReading? {
        guard case .road(var stretch) = reading.area, stretch.numbers == nil,
            let match = remark.wholeMatch(of: #/(单|双)[号数]?/#)
        else { return nil }
        stretch.numbers = WrittenNumbers([.init(0, NumberSet.limit, match.1 == "单" ? .odd : .even)])
        return reading.with(.road(stretch))
    }

    private func formerNumbers(_ remark: String, _ reading: AreaReading) -> AreaReading? {
        guard case .road(var stretch) = reading.area, stretch.numbers != nil, remark.hasPrefix("原"),
            let numbers = numbersOnly(String(remark.dropFirst()), of: stretch.road)
        else { return nil }
        stretch.former = numbers
        return reading.with(.road(stretch))
    }

    /// Phases, buildings or road numbers of a compound, and the numbers of a road.
    private func compoundParts(_ remark: String, _ reading: AreaReading) -> AreaReading? {
        if case .road(var stretch) = reading.area, stretch.numbers == nil,
            let numbers = NumberReader.read(remark), numbers.rest.isEmpty
        {
            stretch.numbers = numbers.numbers
            return areas.numbered(stretch, numbers.count)
        }
        guard case .compound(var compound) = reading.area else { return nil }
        let names = remark.split(whereSeparator: { "、,和及 ".contains($0) }).map(String.init)
        if !names.isEmpty, names.allSatisfy({ $0.wholeMatch(of: #/第?[0-9一二三四五六七八九十]+期/#) != nil }) {
            compound.phases += names
            return reading.with(.compound(compound))
        }
        if remark.firstMatch(of: #/栋|幢|号楼|座/#) != nil, let list = AreaReader.buildings(remark) {
            compound.buildings = (compound.buildings ?? []) + list.buildings
            compound.isComplete = compound.isComplete && list.isComplete
            return reading.with(.compound(compound))
        }
        return places(remark, of: compound, reading)
    }

    /// A compound or village spelt out by its road numbers: 机关村(港湾路2-326号双号、531号大院).
    private func places(_ remark: String, of compound: Compound, _ reading: AreaReading) -> AreaReading? {
        guard let (found, isComplete) = areas.list(remark) else { return nil }
        let places = found.compactMap { part -> [RoadStretch]? in
            switch part.area {
            case .road(let stretch): [stretch]
            case .compound(let yard) where yard.name.hasSuffix("号大院") && !yard.places.isEmpty: yard.places
            default: nil
            }
        }
        guard places.count == found.count else { return nil }
        var compound = compound
        compound.places += places.flatMap { $0 }
        compound.isComplete = compound.isComplete && isComplete
        var result = reading.with(.compound(compound))
        // What the name is no longer matters: its numbers say where it stands.
        result.notes.removeAll { [.kindNotWritten(compound.name), .notInGazetteer(compound.name)].contains($0) }
        result.notes += found.flatMap(\.notes) + (isComplete ? [] : [.listBreaksOff])
        return result
    }

    /// Parts of a unit: 姬堂社区(新围村、旧围村).
    private func parts(_ remark: String, _ reading: AreaReading) -> AreaReading? {
        guard case .unit(let unit) = reading.area else { return nil }
        if unit.kind == .village, unit.community == nil,
            let result = places(remark, of: Compound(unit.name), reading)
        {
            return result
        }
        // What has no word that says what it is may be an instruction: 近桃社区(老街一带).
        guard let (found, isComplete) = areas.list(remark),
            !found.contains(where: { $0.isSentence || $0.isUnsure })
        else { return nil }
        let inner = found.map { part -> Area in
            // A village named inside a community is a part of it, unless it is a canonical one.
            guard case .unit(let village) = part.area, village.kind == .village else { return part.area }
            return .unit(AdministrativeUnit(.naturalVillage, village.name))
        }
        var result = reading.with(.within(reading.area, Self.any(inner, isComplete)))
        result.notes += found.flatMap(\.notes).filter {
            if case .notInGazetteer = $0 { return false }
            return true
        }
        if !isComplete { result.notes.append(.listBreaksOff) }
        return result
    }

    static func any(_ parts: [Area], _ isComplete: Bool) -> Area {
        parts.count == 1 && isComplete ? parts[0] : .anyOf(parts, isComplete: isComplete)
    }
}
