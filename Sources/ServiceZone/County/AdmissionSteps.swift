import Enrollment
import Services
import Tenancy

/// The way to released seats in three steps, each with where it stands.
struct AdmissionSteps: Sendable {
    let view: AdmissionView
    let words: Words

    var all: [AdmissionPage.Step] { [freeze, resolved, release] }

    private var freeze: AdmissionPage.Step {
        let calendar = view.tenant.policy.calendar
        let dates = DateWords(words)
        let values = [
            "opens": dates.shortDay(calendar.opens), "closes": dates.shortDay(calendar.closes),
            "freezes": dates.shortDay(calendar.freezes), "today": dates.shortDay(view.today),
        ]
        return view.today < calendar.freezes
            ? step("wait", "admission.step.freeze.wait", values) : step("good", "admission.step.freeze.good", values)
    }

    private var resolved: AdmissionPage.Step {
        let open = view.counts.filter(\.key.isUnresolved).values.reduce(0, +)
        let values = ["n": Figures.grouped(open), "provisional": Figures.grouped(view.provisional)]
        switch view.problem {
        case .sourcesMayAnswer(let applications, let until):
            return step(
                "wait", "admission.step.resolved.sources",
                ["n": Figures.grouped(applications), "until": DateWords(words).moment(until)])
        case .nobody: return step("stop", "admission.step.resolved.nobody", values)
        default:
            if open == 0 { return step("good", "admission.step.resolved.good", values) }
            return step(
                view.run?.releasedAt == nil ? "stop" : "wait", "admission.step.resolved.open", values)
        }
    }

    private var release: AdmissionPage.Step {
        guard let run = view.run else { return step("wait", "admission.step.release.none", [:]) }
        if let at = run.releasedAt {
            return step("good", "admission.step.release.good", ["at": DateWords(words).moment(at)])
        }
        return step(run.isOwn ? "stop" : "wait", "admission.step.release.\(run.isOwn ? "own" : "wait")", [:])
    }

    private func step(_ tone: String, _ key: String, _ values: [String: String]) -> AdmissionPage.Step {
        AdmissionPage.Step(tone: tone, title: words("\(key).title", values), detail: words("\(key).detail", values))
    }
}
