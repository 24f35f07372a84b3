import Hummingbird

/// The page on which a person breaks a department and heals it again.
struct ControlPage: Sendable {
    let reports: [ControlRoutes.Report]

    init(_ reports: [ControlRoutes.Report]) { self.reports = reports }

    var response: Response { .page(SandboxPage.html(title: "部门控制台(演示)", width: .wide, body: content)) }

    private var content: HTML {
        """
        <h1>部门控制台(演示)</h1>
        <p class="lead">这里是演示用的替身部门。让某个部门变慢、出错或中断，看看入学平台怎么办；再让它恢复。</p>
        \(HTML.joined(reports.map(card)))
        <p class="foot"><a href="/control/">刷新数字</a></p>
        """
    }

    private func card(_ report: ControlRoutes.Report) -> HTML {
        let behaviour = report.behaviour
        let broken = behaviour.failure != .none
        let badge: HTML =
            broken
            ? "<span class=\"badge stop\">✕ \(Self.words(behaviour.failure))</span>"
            : "<span class=\"badge good\">✓ 正常</span>"
        let options = HTML.joined(
            DepartmentBehaviour.Failure.allCases.map { failure in
                let selected: HTML = failure == behaviour.failure ? " selected" : ""
                return "<option value=\"\(failure.rawValue)\"\(selected)>\(Self.words(failure))</option>"
            })
        let percent = Int((behaviour.failureRate * 100).rounded())
        return """
            <section class="card">
            <h2>\(report.title) \(badge)</h2>
            <p class="quiet">已查询 \(report.calls) 次，其中故意出错 \(report.failed) 次 · <code>\(report.path)</code></p>
            <form method="post" action="/control/departments/\(report.credential)">
            <div class="fields">
            <label>故障<select name="failure">\(options)</select></label>
            <label>出错比例（%）<input name="failure_percent" type="number" min="0" max="100" value="\(percent)"></label>
            <label>延迟（毫秒）<input name="latency_ms" type="number" min="0" max="600000" value="\(behaviour.latencyMilliseconds)"></label>
            <label>抖动（毫秒）<input name="jitter_ms" type="number" min="0" max="600000" value="\(behaviour.jitterMilliseconds)"></label>
            </div>
            <div class="buttons"><button class="primary">应用</button><button name="heal" value="1">恢复正常</button></div>
            </form>
            </section>
            """
    }

    private static func words(_ failure: DepartmentBehaviour.Failure) -> String {
        switch failure {
        case .none: "没有故障"
        case .error500: "返回 500 错误"
        case .hang: "一直不回答"
        case .garbage: "返回乱码"
        case .truncated: "回答到一半断开"
        case .wrongSignature: "不认签名"
        case .down: "连接中断"
        case .queued: "排队，稍后再答"
        case .notSupported: "不支持这种证件"
        case .oversized: "返回超大内容"
        }
    }
}
