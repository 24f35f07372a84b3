extension AdmissionPage {
    static func samples(_ words: Words) -> [AdmissionPage] { [waiting(words), released(words)] }

    private static func step(_ tone: String, _ key: String, _ words: Words) -> Step {
        let values = [
            "opens": "7 月 1 日", "closes": "7 月 20 日", "freezes": "7 月 21 日", "today": "7 月 6 日", "n": "12",
            "provisional": "12",
            "until": "7 月 23 日 09:02", "at": "7 月 21 日 10:00",
        ]
        return Step(tone: tone, title: words("\(key).title", values), detail: words("\(key).detail", values))
    }

    private static func waiting(_ words: Words) -> AdmissionPage {
        AdmissionPage(
            desk: DeskSamples.frame(words, current: "admission"), tenantName: "桃江县", title: words("admission.title"),
            action: "/county/430922/admission/run", releaseAction: "/county/430922/admission/release",
            clockAction: "/county/430922/clock", notice: words("desk.notice.clock_moved"),
            steps: [
                step("good", "admission.step.freeze.good", words), step("stop", "admission.step.resolved.open", words),
                step("wait", "admission.step.release.none", words),
            ],
            unresolved: [
                Unresolved(
                    href: "/county/430922?state=first_review", label: words("desk.state.first_review"), count: "12")
            ], hasUnresolved: true, canRun: true, provisionalLabel: words("admission.provisional", ["n": "12"]),
            needsProvisional: true, qualified: "2,331", run: nil, canMoveClock: true,
            clockLabel: words("admission.clock", ["date": "7 月 21 日"]), canActHere: false)
    }

    private static func released(_ words: Words) -> AdmissionPage {
        AdmissionPage(
            desk: DeskSamples.frame(words, current: "admission"), tenantName: "桃江县", title: words("admission.title"),
            action: "", releaseAction: "/county/430922/admission/release", clockAction: "", notice: nil,
            steps: [step("good", "admission.step.release.good", words)], unresolved: [], hasUnresolved: false,
            canRun: false, provisionalLabel: "", needsProvisional: false, qualified: "0",
            run: Run(
                id: "00000000000000000000000000000001", at: "7 月 21 日 09:40", candidates: "2,602", placed: "2,340",
                unplaced: "262", provisional: "12", releasedAt: "7 月 21 日 10:00", isOwnUnreleased: true,
                canRelease: true,
                schools: [
                    .init(school: "近桃小学", seats: "450", placed: "450", lastCategory: "三 有房无户"),
                    .init(school: "桃花江小学", seats: "630", placed: "612", lastCategory: "四 无户无房"),
                ]), canMoveClock: false, clockLabel: "", canActHere: true)
    }
}
