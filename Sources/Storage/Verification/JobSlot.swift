public import Enrollment

/// Where a job stands: a ring of slots of two minutes each, by the time it is due. Work waits six minutes at most before
/// it is tried again, so half of the ring lies ahead; what lies behind is emptied as a whole once it is worked off.
public enum JobSlot {
    public static let count = 8
    static let milliseconds: Int64 = 120_000

    /// The slot of what is due then.
    public static func of(_ due: Instant) -> Int {
        Int(due.milliseconds / milliseconds % Int64(count))
    }

    /// The slots before the present one, in which nothing new is put any more, the longest past first.
    static func past(_ now: Instant) -> [Int] {
        [3, 2, 1].map { of(Instant(milliseconds: now.milliseconds - Int64($0) * milliseconds)) }
    }

    /// The slots after the present one, the nearest first.
    static func coming(_ now: Instant) -> [Int] {
        (1..<Int64(count - 3)).map { of(Instant(milliseconds: now.milliseconds + $0 * milliseconds)) }
    }
}
