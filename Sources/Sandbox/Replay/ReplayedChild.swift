import Enrollment

/// One child's application while it is replayed.
struct ReplayedChild: Sendable {
    let family: Int
    let child: Int
    let tenant: TenantCode
    let receipt: String
    /// Steps of the script that are still to be taken.
    var steps: [FamilyStep]
    /// States seen, each change once.
    var seen: [ReplayState] = []
    var firstRevision: Int?
    var reading: ApplicationReading?
    /// The offer before the family answered it.
    var offered: SchoolCode?
    var hasSupplemented = false
    /// Whether the application was there before this replay: how it got where it is was not seen.
    var isResumed = false

    /// Keeps a reading.
    mutating func keep(_ reading: ApplicationReading) {
        if seen.last != reading.state { seen.append(reading.state) }
        if firstRevision == nil { firstRevision = reading.revision }
        if let offer = reading.offer, offered == nil { offered = offer.school }
        self.reading = reading
    }
}
