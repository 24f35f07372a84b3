import Foundation
import Storage
import Synchronization

/// Hands pages of rows from the thread of a database that reads to the task that writes them elsewhere: a few at a time,
/// so that whoever is quicker waits. The reading thread is a connection's own and may be held; the task waits without one.
final class PageHandover: Sendable {
    struct Page: Sendable {
        let table: TableShape
        let rows: [[SQLValue]]
    }

    private struct State {
        var pages: [Page] = []
        var taker: CheckedContinuation<Page?, Never>?
        var isOver = false
    }

    private static let pagesAtOnce = 2
    private let state = Mutex(State())
    /// Signalled under its own lock whenever there may be room.
    private let room = NSCondition()

    /// Waits for room. Throws `CancellationError` when nobody will take any more.
    func give(_ page: Page) throws {
        room.lock()
        defer { room.unlock() }
        while true {
            enum Next { case done, wait, stop }
            let next: Next = state.withLock { state in
                if state.isOver { return .stop }
                if let taker = state.taker {
                    state.taker = nil
                    taker.resume(returning: page)
                    return .done
                }
                guard state.pages.count < Self.pagesAtOnce else { return .wait }
                state.pages.append(page)
                return .done
            }
            switch next {
            case .done: return
            case .wait: room.wait()
            case .stop: throw CancellationError()
            }
        }
    }

    /// The next page; nil after the last. One task takes.
    func take() async -> Page? {
        let page = await withCheckedContinuation { (taker: CheckedContinuation<Page?, Never>) in
            state.withLock { state in
                if !state.pages.isEmpty {
                    taker.resume(returning: state.pages.removeFirst())
                } else if state.isOver {
                    taker.resume(returning: nil)
                } else {
                    state.taker = taker
                }
            }
        }
        signal()
        return page
    }

    /// No more pages come, or none are wanted; those that wait are still handed out. Harmless when it is over already.
    func end() {
        state.withLock { state in
            state.isOver = true
            state.taker?.resume(returning: nil)
            state.taker = nil
        }
        signal()
    }

    private func signal() {
        room.lock()
        room.broadcast()
        room.unlock()
    }
}
