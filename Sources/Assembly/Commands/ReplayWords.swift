import Foundation
import Sandbox

/// A replay's report, as a terminal shows it.
enum ReplayWords {
    static func label(_ phase: ReplayProgress.Phase) -> String {
        switch phase {
        case .outage: "部门停机 Outage "
        case .filing: "家庭报名 Filing "
        case .reacting: "家庭处理 Repairs"
        case .reviewing: "人工审核 Reviews"
        case .admitting: "录　　取 Seats  "
        case .answering: "家庭确认 Answers"
        case .checking: "核　　对 Checks "
        }
    }

    static func lines(_ report: ReplayReport) -> [String] {
        var lines = [
            "家庭 families \(report.families)，孩子 children \(report.children)，已登记 filed \(report.filed)，每秒 \(number(report.familiesPerSecond)) 户 families/s",
            "状态 States",
        ]
        lines += report.states.sorted { $0.key < $1.key }.map { "  \($0.key)  \($0.value)" }
        lines.append("类别 Categories")
        lines += report.categories.sorted { $0.key < $1.key }.map { "  \($0.key)  \($0.value)" }
        lines += latencies(report) + traffic(report)
        if let placements = report.placements {
            lines.append(
                "录取 placed \(placements.placed)，没有学位 without a seat \(placements.unplaced)，放弃 released \(placements.released)"
            )
            let schools = placements.perSchool.sorted { $0.key < $1.key }
            lines += schools.prefix(mostSchools).map { "  \($0.key)  \($0.value)" }
            if schools.count > mostSchools { lines.append("  …  \(schools.count) 所学校 schools") }
        }
        if let counts = report.counts {
            lines.append("各县工作台 at the desks \(counts.atDesks)，家庭的回执 families' receipts \(counts.own)")
            lines += counts.missing.sorted { $0.key < $1.key }.prefix(20).map { "缺少 missing: \($0.key)  \($0.value)" }
        }
        lines += report.failures.prefix(20).map { "中断 stopped: \($0.who) \($0.phase) \($0.cause) \($0.path)" }
        lines += report.disagreements.prefix(40).map {
            "不符 disagreement: \($0.receipt) \($0.kind.rawValue) \($0.field): expected \($0.expected), got \($0.got)"
        }
        lines.append(
            report.isClean
                ? "与预期完全一致。No disagreement with the truth."
                : "不符 \(report.disagreements.count) 处，中断 \(report.failures.count) 处。\(report.disagreements.count) disagreements, \(report.failures.count) stopped."
        )
        return lines
    }

    private static let mostSchools = 20

    private static func latencies(_ report: ReplayReport) -> [String] {
        var lines: [String] = []
        if let latency = report.verification { lines.append("核验 Verification: \(words(latency))") }
        if let latency = report.verificationOverLatency {
            lines.append("核验超出部门用时 Verification over the departments' own time: \(words(latency))")
        }
        guard let submissions = report.submissions else { return lines }
        lines.append("提交到回执 Submission to receipt: \(words(submissions.all))")
        if let largest = submissions.largest, let others = submissions.others {
            lines.append("  最大的 largest, \(submissions.largestTenant): \(words(largest))")
            lines.append("  其余 the others: \(words(others))")
        }
        return lines
    }

    private static func traffic(_ report: ReplayReport) -> [String] {
        guard let traffic = report.traffic else { return [] }
        let statuses = traffic.statuses.sorted { $0.key < $1.key }.map { "\($0.key)×\($0.value)" }
        return [
            "请求 requests \(traffic.requests)：\(statuses.joined(separator: " "))；请等候后重发 sent again when asked to wait \(traffic.askedToWait)，无应答重发 when nobody answered \(traffic.withoutReply)"
        ]
    }

    private static func words(_ latency: ReplayReport.Latency) -> String {
        "中位数 median \(number(latency.median)) ms, p95 \(number(latency.p95)), p99 \(number(latency.p99)), 最长 longest \(number(latency.longest)) (\(latency.samples))"
    }

    static func words(_ obstacle: SeasonObstacle) -> String {
        switch obstacle {
        case .servesNoDivision: "由所辖县区报名 their counties enroll for themselves"
        case .verificationOnly: "只用核验 verification only"
        case .noPrimary: "没有小学 no primary schools"
        case .unknownRules: "规则不是已知的几类 rules that the generator does not know"
        }
    }

    private static func number(_ value: Double) -> String { String(format: "%.1f", value) }
}
