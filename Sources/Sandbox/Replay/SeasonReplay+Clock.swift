import Enrollment

/// A demonstration's clock, for a season whose counties register at different times.
extension SeasonReplay {
    /// Moves the clock into a wave's window and waits until every process of the portal shows it. A season of one window
    /// is replayed on the clock as it stands.
    func open(_ wave: ReplayWave, of count: Int) async throws {
        guard count > 1, let day = wave.day else { return }
        guard let moveClock = settings.moveClock else { throw SandboxError.severalWindows }
        try await moveClock(day)
        for portal in settings.portals { try await waitForDay(day, at: portal) }
    }

    private func waitForDay(_ day: CivilDate, at portal: String) async throws {
        let browser = ReplayBrowser(
            portals: ReplayPortals([portal]), firstTurn: 0, patience: settings.patience, traffic: traffic,
            exchange: exchange)
        do {
            // Processes look at the clock every few seconds.
            _ = try await ReplayPace(limit: min(settings.patience, .seconds(60))).poll(path: "/") {
                let page = try await browser.open("/").checked()
                let shows = String(decoding: page.body, as: UTF8.self).contains(day.description)
                return (shows ? true : nil, "clock")
            }
        } catch is ReplayFailure {
            throw SandboxError.clockStands(portal: portal)
        }
    }
}
