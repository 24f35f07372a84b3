/// What time it is. Windows and deadlines follow the business clock; sessions, tokens and audit follow real time.
public struct Clock: Sendable {
    /// The time that windows, deadlines and receipts follow; a demonstration may set it.
    public let business: @Sendable () -> Instant
    /// The machine's own time.
    public let real: @Sendable () -> Instant

    public init(business: @escaping @Sendable () -> Instant, real: @escaping @Sendable () -> Instant) {
        self.business = business
        self.real = real
    }

    /// A clock that stands still, for tests.
    public static func fixed(_ instant: Instant) -> Clock { Clock(business: { instant }, real: { instant }) }
}
