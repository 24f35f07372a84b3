/// Splits a list into what is named in it: `A社区、B路1、3号、C苑(含D苑)` has three items, the second with its own comma.
struct ListReader {
    enum Item: Equatable {
        case words(Range<Int>)
        case separator(Range<Int>)
        case unread(Range<Int>, ImportedParagraph.Unread.Reason)

        var range: Range<Int> {
            switch self {
            case .words(let range), .separator(let range), .unread(let range, _): range
            }
        }
    }

    let text: PrintedText

    /// The items of a stretch, in order and without gaps. Brackets deeper than the stretch's own level are not opened.
    func items(_ range: Range<Int>, depth: Int = 0) -> [Item] {
        let phrases = phrases(range, depth)
        var items: [Item] = []
        for phrase in phrases {
            guard case .words(let words) = phrase else {
                items.append(phrase)
                continue
            }
            if SentenceReader.isSentence(text.plain(words)) {
                items += sentence(words, depth)
                continue
            }
            items += split(words, depth, at: Self.isListMark)
        }
        return joined(items.flatMap(withoutEnumerator))
    }

    private static func isListMark(_ character: Character) -> Bool { "、 …".contains(character) }

    /// Takes the names in front off a sentence, where they are no part of it.
    private func sentence(_ range: Range<Int>, _ depth: Int) -> [Item] {
        let parts = split(range, depth, at: Self.isListMark)
        func words(_ position: Int) -> String? {
            if case .words(let range) = parts[position] { return text.plain(range) }
            return nil
        }
        let sentences = parts.indices.filter { words($0).map(SentenceReader.isSentence) == true }
        guard var first = sentences.first, var last = sentences.last, !SentenceReader.isBelonging(text.plain(range))
        else { return [.words(range)] }
        if sentences.contains(where: { words($0).map(SentenceReader.opens) == true }),
            !sentences.contains(where: { words($0).map(SentenceReader.closes) == true })
        {
            last = parts.count - 1
        }
        if words(last)?.contains("毕业") == true {
            while first >= 2, words(first - 2).map(SentenceReader.isSchool) == true { first -= 2 }
        }
        let whole = parts[first].range.lowerBound..<parts[last].range.upperBound
        return parts[..<first] + [.words(whole)] + parts[(last + 1)...]
    }

    /// The stretch between commas; a condition stays with what it conditions: "学位有余量的情况下,接受…".
    private func phrases(_ range: Range<Int>, _ depth: Int) -> [Item] {
        var result: [Item] = []
        for item in split(range, depth, at: { ",;。\n".contains($0) }) {
            if case .words(let words) = item, case .separator(let comma)? = result.last, comma.count == 1,
                result.count > 1, case .words(let condition) = result[result.count - 2],
                ["情况下", "前提下", "条件下"].contains(where: text.plain(condition).hasSuffix)
            {
                result.removeLast(2)
                result.append(.words(condition.lowerBound..<words.upperBound))
            } else {
                result.append(item)
            }
        }
        return result
    }

    private func split(_ range: Range<Int>, _ depth: Int, at isBreak: (Character) -> Bool) -> [Item] {
        var result: [Item] = []
        var start = range.lowerBound
        func close(_ end: Int) {
            if start < end { result.append(.words(start..<end)) }
        }
        for offset in range where text.depth[offset] == depth || text.loneBrackets.contains(offset) {
            let isLone = text.loneBrackets.contains(offset)
            guard isLone || isBreak(text.plain[offset]) else { continue }
            close(offset)
            let one = offset..<(offset + 1)
            result.append(
                isLone ? .unread(one, .bracket) : text.plain[offset] == "…" ? .unread(one, .omission) : .separator(one))
            start = offset + 1
        }
        close(range.upperBound)
        return result
    }

    /// Takes "1." or "(1)" off the front of an item, and "等" off its end.
    private func withoutEnumerator(_ item: Item) -> [Item] {
        guard case .words(let range) = item else { return [item] }
        let words = text.plain(range)
        var result: [Item] = []
        var (start, end) = (range.lowerBound, range.upperBound)
        if let mark = words.prefixMatch(of: #/(?:[0-9]{1,2}\.(?![0-9])|\([0-9]{1,2}\)|[①-⑳])(?=.)/#) {
            start += mark.0.count
            result.append(.separator(range.lowerBound..<start))
        }
        let endsOpen = words.hasSuffix("等") && end - start > 1 && !SentenceReader.isSentence(words)
        if endsOpen { end -= 1 }
        result.append(.words(start..<end))
        if endsOpen { result.append(.unread(end..<(end + 1), .omission)) }
        return result
    }

    /// Puts numbers back to the road or compound before them, and boundaries together; what is left alone is no item.
    private func joined(_ items: [Item]) -> [Item] {
        var result: [Item] = []
        var position = 0
        while position < items.count {
            let item = items[position]
            guard case .words(let range) = item else {
                result.append(item)
                position += 1
                continue
            }
            let words = text.plain(range)
            if let head = result.lastIndex(where: { if case .words = $0 { true } else { false } }),
                case .words(let before) = result[head], isContinued(text.plain(before), by: words),
                result[(head + 1)...].allSatisfy({ isLight($0) })
            {
                result.removeSubrange(head...)
                result.append(.words(before.lowerBound..<range.upperBound))
            } else if isNumeral(words) {
                let isMark = position + 1 < items.count && isMarkEnd(items[position + 1])
                result.append(isMark ? .separator(range) : .unread(range, .looseNumber))
            } else {
                result.append(item)
            }
            position += 1
        }
        return result
    }

    private func isLight(_ item: Item) -> Bool {
        switch item {
        case .separator(let range): ",、 ".contains(text.plain[range.lowerBound])
        case .unread(_, let reason): reason == .omission
        case .words: false
        }
    }

    private func isMarkEnd(_ item: Item) -> Bool {
        if case .separator(let range) = item { return "、 ".contains(text.plain[range.lowerBound]) }
        return false
    }

    private func isContinued(_ before: String, by words: String) -> Bool {
        if words.firstMatch(of: AreaReader.boundary) != nil {
            return before.prefixMatch(of: AreaReader.boundary) != nil
        }
        guard before.contains(where: { $0.isASCII && $0.isNumber }), !isNumeral(before) else { return false }
        guard before.last.map({ "号栋幢楼座)双单期".contains($0) || $0.isASCII && $0.isNumber }) == true else { return false }
        let number = #/[A-Z]?[0-9]+(?:号?[-~—–―至到]+[0-9]+)?(?:号(?:之[0-9一二三四五六七八九]+)?|栋|幢|号楼|座)?/#
        let rest = #/(?:\(?[单双][号数]?\)?)?(?:共[0-9]+[栋幢户座处])?(?:\(.*\))?/#
        guard let start = words.prefixMatch(of: number) else { return false }
        return words.dropFirst(start.0.count).wholeMatch(of: rest) != nil
    }

    private func isNumeral(_ words: String) -> Bool {
        words.wholeMatch(of: #/[0-9]+|[一二三四五六七八九十]{1,3}/#) != nil
    }
}
