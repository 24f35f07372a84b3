/// Reads items that are sentences about places, schools or people rather than names of places.
struct SentenceReader {
    let areas: AreaReader

    static func isSentence(_ words: String) -> Bool {
        let plain = withoutBrackets(words)
        return plain.firstMatch(
            of: #/接受|接收|接纳|适龄|余量|情况下|招生范围|毕业生|直升|对口|职工|员工|子女|属于|符合|招生学区|服务范围|施教区|就近|统筹|划归|地段|居住在|家住/#)
            != nil
    }

    /// Whether the words begin a sentence that goes on behind a list.
    static func opens(_ words: String) -> Bool {
        words.firstMatch(of: #/接受|接收|接纳|安排|居住在|家住|住在|户籍在/#) != nil
    }

    static func closes(_ words: String) -> Bool {
        words.firstMatch(of: #/符合|适龄|儿童|学生|毕业生|备选|子女/#) != nil
    }

    /// Whether the words give a whole list to a school they name.
    static func isBelonging(_ words: String) -> Bool {
        words.firstMatch(of: #/属|划归/#) != nil && words.wholeMatch(of: #/.+(?:属于|属|划归).+/#) != nil
    }

    /// What a bracket says of how the item holds; nil when it says something else.
    static func standing(ofRemark words: String) -> ClauseStanding? {
        if words.wholeMatch(of: #/(?:现)?(?:已|正在)?(?:全部)?(?:拆迁|征收|拆除|拆)(?:中|完)?/#) != nil {
            return ClauseStanding(isDemolished: true)
        }
        if words.wholeMatch(of: #/备选|学位有余量时.*|有剩余学位时.*/#) != nil { return ClauseStanding(isReserve: true) }
        if words.wholeMatch(of: #/暂名|暂定名|校名暂定|名称暂定|暂定/#) != nil {
            return ClauseStanding(hasProvisionalName: true)
        }
        if words.wholeMatch(of: #/临时|暂时|本年度临时|(?:本年度|当年|仅限当年|仅(?:限)?[0-9]{4}年)/#) != nil {
            return ClauseStanding(term: .temporary(year: year(words)))
        }
        return nil
    }

    func read(_ words: String) -> AreaReading {
        var result =
            belonging(words) ?? otherSchoolsArea(words) ?? livingIn(words) ?? feed(words) ?? employer(words)
            ?? children(words) ?? .person(words)
        result.standing = result.standing.adding(Self.standing(of: words))
        return result
    }

    private static func standing(of words: String) -> ClauseStanding {
        ClauseStanding(
            term: words.firstMatch(of: #/临时|暂时|本年度|当年/#) != nil ? .temporary(year: year(words)) : .permanent,
            isReserve: words.firstMatch(of: #/备选|余量|剩余学位/#) != nil)
    }

    private static func year(_ words: String) -> Int? {
        words.firstMatch(of: #/(20[0-9][0-9])年/#).flatMap { Int($0.1) }
    }

    /// 东方路以南属城关中心学校招生范围
    private func belonging(_ words: String) -> AreaReading? {
        guard
            let match = words.wholeMatch(
                of: #/(.+?)(?:属于|属|划归|归)(.+?)(?:的?(?:招生范围|招生学区|学区|施教区|服务范围|地段|招生))?/#),
            Self.isSchool(String(match.2))
        else { return nil }
        let school = String(match.2)
        guard let (found, isComplete) = areas.list(String(match.1)) else { return nil }
        var result = found[0]
        if found.count > 1 || !isComplete {
            result = AreaReading(RemarkReader.any(found.map(\.area), isComplete), notes: found.flatMap(\.notes))
            result.standing = found.reduce(.permanent) { $0.adding($1.standing) }
        }
        result.school = school
        return result
    }

    /// 本年度临时接纳怡园小学(东校区)地段符合政策的适龄儿童
    private func otherSchoolsArea(_ words: String) -> AreaReading? {
        guard
            let match = words.wholeMatch(
                of: #/.*?(?:接纳|接收|接受|安排)(.+?)(?:地段|学区|施教区|招生范围|服务范围).*/#),
            Self.isSchool(Self.withoutBrackets(String(match.1)))
        else { return nil }
        return AreaReading(.areaOfSchool(String(match.1)))
    }

    /// 学位有余量的情况下接受居住在保利香雪山住宅小区…符合政策的适龄儿童备选
    private func livingIn(_ words: String) -> AreaReading? {
        guard
            let match = words.wholeMatch(
                of: #/.*?(?:居住在|家住|住在|户籍在)(.+?)(…+)?(?:的|内)?(?:符合.*|适龄.*|儿童.*|学生.*)/#)
        else { return nil }
        guard let (found, isComplete) = areas.list(String(match.1)), !found.contains(where: \.isSentence) else {
            return nil
        }
        let isWhole = isComplete && match.2 == nil
        var result = AreaReading(RemarkReader.any(found.map(\.area), isWhole), notes: found.flatMap(\.notes))
        if !isWhole { result.notes.append(.listBreaksOff) }
        return result
    }

    /// 近桃小学、桃花路小学毕业生
    private func feed(_ words: String) -> AreaReading? {
        guard let match = words.wholeMatch(of: #/(?:对口|接收|接受|直升)*(.+?)的?(?:应届|六年级)?毕业(?:生|学生).*/#) else {
            return nil
        }
        let schools = match.1.split(whereSeparator: { "、,和及 ".contains($0) }).map(String.init)
        guard !schools.isEmpty, schools.allSatisfy(Self.isSchool) else { return nil }
        return AreaReading(RemarkReader.any(schools.map(Area.feed), true))
    }

    /// 桃江一建公司职工子女
    private func employer(_ words: String) -> AreaReading? {
        guard let match = words.wholeMatch(of: #/([^,。;接收受纳]{2,20}?)的?(?:在职)?(?:职工|员工|干部职工|教职工)(?:的?(?:适龄)?子女)?/#)
        else { return nil }
        return AreaReading(.employer(String(match.1)))
    }

    /// 近桃社区的适龄儿童: whoever lives there, which is what every clause means.
    private func children(_ words: String) -> AreaReading? {
        guard let match = words.wholeMatch(of: #/(.+?)(?:范围)?(?:内)?的?适龄(?:儿童|少年|儿童少年)/#) else { return nil }
        let inner = areas.read(String(match.1))
        return inner.isSentence ? nil : inner
    }

    static func isSchool(_ words: String) -> Bool {
        withoutBrackets(words).wholeMatch(
            of: #/[^、,;。]*(?:小学|中学|初中|学校|校区|[一二三四五六七八九十]中|一小|二小|三小|四小|五小|实验|完小|教学点|小学部|初中部)/#) != nil
    }

    /// The words with everything in brackets left out.
    static func withoutBrackets(_ words: String) -> String {
        var level = 0
        return String(
            words.filter { character in
                if character == "(" { level += 1 }
                defer { if character == ")" { level -= 1 } }
                return level == 0
            })
    }
}
