import Foundation

/// Sends planted forms over kept-alive connections, each until it has an answer that stands: who is told to come back
/// later does so after the time given, and who hears nothing sends the same form again. One thread; keeps every receipt.
final class SendIntake {
    struct Result: Encodable {
        let seconds: Double
        /// Forms that got a receipt, and forms that were told the child has a claim.
        let acknowledged: Int
        let claimed: Int
        /// Answers that asked to come back, by status; connections that broke under a form.
        let comeBack: Int
        let broken: Int
        /// Answers that nobody should get, by status.
        let wrong: [String: Int]
        let unanswered: Int
        /// Milliseconds from the last sending of a form to its receipt, and from its first.
        let large: Times
        let other: Times
        let largeFromFirst: Times
        let otherFromFirst: Times
        let peakMegabytes: Double
    }

    struct Times: Encodable {
        let count: Int
        let p50: Double
        let p99: Double
        let longest: Double

        init(_ nanoseconds: [UInt64]) {
            let sorted = nanoseconds.sorted()
            func at(_ share: Double) -> Double {
                sorted.isEmpty ? 0 : Double(sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]) / 1e6
            }
            (count, p50, p99, longest) = (sorted.count, at(0.5), at(0.99), at(1))
        }
    }

    private struct Form {
        let isLarge: Bool
        let isFirst: Bool
        let request: [UInt8]
        var firstSent: UInt64 = 0
        var isAnswered = false
    }

    private var forms: [Form]
    private var connections: [FormConnection]
    private var next = 0
    /// Forms to be sent again, and when.
    private var later: [(at: UInt64, form: Int)] = []
    private var reopening: [(at: UInt64, connection: Int)] = []
    private var receipts: [String] = []
    private var answered = 0
    private var (claimed, comeBack, broken) = (0, 0, 0)
    private var wrong: [String: Int] = [:]
    private var times: (large: [UInt64], other: [UInt64]) = ([], [])
    private var timesFromFirst: (large: [UInt64], other: [UInt64]) = ([], [])
    private let out: String
    private let limit: UInt64
    private static let second: UInt64 = 1_000_000_000

    init(_ options: Options) throws {
        let ports = try options.text("ports").split(separator: ",").compactMap { UInt16($0) }
        let (from, count) = (try options.number("from", else: 1) - 1, try options.number("count", else: .max))
        let text = try String(contentsOfFile: try options.text("forms"), encoding: .utf8)
        forms = try text.split(separator: "\n").dropFirst(from).prefix(count).map { try Self.form($0) }
        connections = (0..<(try options.number("connections", else: 256))).map {
            FormConnection(port: ports[$0 % ports.count])
        }
        out = try options.text("out")
        limit = UInt64(try options.number("limit-seconds", else: 300)) * Self.second
    }

    private static func form(_ line: Substring) throws -> Form {
        let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
        guard parts.count == 4 else { throw OptionError(words: "a line of forms has four parts") }
        let request = """
            POST \(parts[1]) HTTP/1.1\r\nHost: portal\r\nCookie: ruxue_session=\(parts[2])\r\n\
            Content-Type: application/x-www-form-urlencoded\r\nContent-Length: \(parts[3].utf8.count)\r\n\r\n\(parts[3])
            """
        return Form(
            isLarge: parts[0].hasPrefix("large"), isFirst: !parts[0].hasSuffix("+"), request: Array(request.utf8))
    }

    func run() throws -> Result {
        let start = Self.now()
        for index in connections.indices { open(index, at: start) }
        while answered < forms.count, Self.now() - start < limit { turn() }
        let seconds = Double(Self.now() - start) / 1e9
        for connection in connections { connection.drop() }
        try Data(receipts.map { $0 + "\n" }.joined().utf8).write(to: URL(fileURLWithPath: out), options: .atomic)
        return Result(
            seconds: seconds, acknowledged: receipts.count, claimed: claimed, comeBack: comeBack, broken: broken,
            wrong: wrong, unanswered: forms.count - answered, large: Times(times.large), other: Times(times.other),
            largeFromFirst: Times(timesFromFirst.large), otherFromFirst: Times(timesFromFirst.other),
            peakMegabytes: try Measure.peakMegabytes())
    }

    private static func now() -> UInt64 { DispatchTime.now().uptimeNanoseconds }

    /// Waits for what comes next and does what is due.
    private func turn() {
        var waits: [pollfd] = []
        var indices: [Int] = []
        for (index, connection) in connections.enumerated() where connection.isOpen && connection.form != nil {
            let events = connection.wantsToWrite ? POLLIN | POLLOUT : POLLIN
            waits.append(pollfd(fd: connection.handle, events: Int16(events), revents: 0))
            indices.append(index)
        }
        let pause: Int32 = later.isEmpty && reopening.isEmpty ? 1000 : 5
        _ = poll(&waits, nfds_t(waits.count), pause)
        for (wait, index) in zip(waits, indices) where wait.revents != 0 {
            var event = FormConnection.Event.nothing
            if wait.revents & Int16(POLLIN | POLLHUP | POLLERR) != 0 {
                event = connections[index].read()
            } else if wait.revents & Int16(POLLOUT) != 0 {
                event = connections[index].write()
            }
            handle(event, index)
        }
        let now = Self.now()
        for (index, connection) in connections.enumerated() {
            if connection.form != nil, now - connection.sentAt > 60 * Self.second { handle(.broken, index) }
        }
        let due = reopening.filter { $0.at <= now }
        reopening.removeAll { $0.at <= now }
        for (_, index) in due { open(index, at: now) }
        if !later.isEmpty {
            for (index, connection) in connections.enumerated() where connection.isOpen && connection.form == nil {
                give(index)
            }
        }
    }

    private func open(_ index: Int, at now: UInt64) {
        if connections[index].open() { give(index) } else { reopening.append((now + Self.second / 5, index)) }
    }

    /// Gives a free connection the next form.
    private func give(_ index: Int) {
        let now = Self.now()
        var form: Int?
        if let due = later.firstIndex(where: { $0.at <= now }) {
            form = later.remove(at: due).form
        } else if next < forms.count {
            form = next
            next += 1
        }
        guard let form else { return }
        if forms[form].firstSent == 0 { forms[form].firstSent = now }
        connections[index].form = form
        connections[index].sentAt = now
        handle(connections[index].send(forms[form].request), index)
    }

    private func handle(_ event: FormConnection.Event, _ index: Int) {
        let now = Self.now()
        let connection = connections[index]
        switch event {
        case .nothing: return
        case .broken:
            connection.drop()
            if let form = connection.form {
                broken += 1
                later.append((now + Self.second / 10, form))
            }
            connection.form = nil
            reopening.append((now + Self.second / 5, index))
        case .reply(let reply):
            guard let form = connection.form else { return }
            connection.form = nil
            note(reply, form, took: now - connection.sentAt, now)
            give(index)
        }
    }

    private func note(_ reply: FormConnection.Reply, _ index: Int, took: UInt64, _ now: UInt64) {
        if let seconds = reply.retryAfterSeconds, reply.status == 503 {
            comeBack += 1
            later.append((now + UInt64(seconds) * Self.second, index))
            return
        }
        answered += 1
        let path = reply.location?.split(separator: "?")
        if reply.status == 303, let path, path.count == 2, path[1] == "notice=submitted",
            let receipt = path[0].split(separator: "/").last
        {
            receipts.append("\(receipt)")
            let whole = now - forms[index].firstSent
            if forms[index].isLarge {
                times.large.append(took)
                timesFromFirst.large.append(whole)
            } else {
                times.other.append(took)
                timesFromFirst.other.append(whole)
            }
        } else if reply.status == 409 {
            claimed += 1
        } else {
            wrong["\(reply.status) \(path?.first ?? "")", default: 0] += 1
        }
    }
}
