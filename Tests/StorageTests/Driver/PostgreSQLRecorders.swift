import Dispatch
import Synchronization

/// What happened, in order.
final class Recorder: Sendable {
    private let entries = Mutex<[String]>([])

    var all: [String] { entries.withLock { $0 } }

    func add(_ entry: String) { entries.withLock { $0.append(entry) } }
}

/// Notices two transactions on one lane.
final class Lanes: Sendable {
    private struct State {
        var busy: Set<Int> = []
        var seen: Set<Int> = []
        var isClean = true
    }

    private let state = Mutex(State())

    var isClean: Bool { state.withLock { $0.isClean && $0.busy.isEmpty } }
    var count: Int { state.withLock { $0.seen.count } }

    func enter(_ lane: Int) {
        state.withLock {
            $0.seen.insert(lane)
            if !$0.busy.insert(lane).inserted { $0.isClean = false }
        }
    }

    func leave(_ lane: Int) { state.withLock { _ = $0.busy.remove(lane) } }
}

/// Lets threads go on when all have come.
final class Meeting: Sendable {
    private let missing: Mutex<Int>
    private let gate = DispatchSemaphore(value: 0)
    private let count: Int

    init(of count: Int) {
        self.count = count
        missing = Mutex(count)
    }

    func arrive() {
        let isLast = missing.withLock { missing in
            missing -= 1
            return missing == 0
        }
        if isLast { for _ in 0..<count { gate.signal() } }
        gate.wait()
    }
}
