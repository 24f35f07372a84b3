/// One person's browser: cookies, redirects, forms. It knows nothing of the portal but its pages.
actor ReplayBrowser {
    /// A page as it came, after redirects.
    struct Page: Sendable {
        let address: WebAddress
        let status: Int
        let body: [UInt8]
        /// From sending the first request to its reply, before redirects are followed.
        var answeredAfter: Duration = .zero

        var forms: [PageForm] { FormScanner.forms(in: body) }

        var links: [PageLink] { FormScanner.links(in: body) }

        /// The first form whose resolved path ends so.
        func form(endingIn suffix: String) -> PageForm? {
            forms.first { address.resolving($0.action)?.path.hasSuffix(suffix) == true }
        }

        /// The page's text beside a form, tags included.
        func surroundings(of form: PageForm) -> String { text(form.surroundings) }

        /// The page's text beside a link, tags included.
        func surroundings(of link: PageLink) -> String { text(link.surroundings) }

        private func text(_ range: Range<Int>) -> String {
            CharacterReferences.decoded(String(decoding: body[range], as: UTF8.self))
        }
    }

    private let portals: ReplayPortals
    private let exchange: ReplayExchange
    private let traffic: ReplayTraffic
    private let patience: Duration
    private var cookies = CookieJar()
    /// Which process gets the next request.
    private var turn: Int

    private static let mostRedirects = 12

    /// - Parameters:
    ///   - firstTurn: the position of the process that gets the first request.
    ///   - patience: how long a request is sent again while a server asks for patience or does not answer.
    init(
        portals: ReplayPortals, firstTurn: Int, patience: Duration, traffic: ReplayTraffic,
        exchange: @escaping ReplayExchange
    ) {
        self.portals = portals
        self.exchange = exchange
        self.traffic = traffic
        self.patience = patience
        turn = firstTurn
    }

    /// A browser that asks once.
    /// - Parameter origin: the portal's address without a closing slash.
    init(origin: String, exchange: @escaping ReplayExchange) {
        self.init(
            portals: ReplayPortals([origin]), firstTurn: 0, patience: .zero, traffic: ReplayTraffic(),
            exchange: exchange)
    }

    /// The portal's address, as the browser sees it.
    nonisolated var origin: String { portals.canonical }

    /// Opens a page of the portal.
    func open(_ path: String) async throws -> Page {
        guard let address = WebAddress(origin + path) else { throw ReplayFailure(cause: .unreadable, path: path) }
        return try await go("GET", address, type: nil, body: [])
    }

    /// Fills and sends a form.
    func send(
        _ form: PageForm, on page: Page, _ changes: [String: String] = [:], file: FormBody.File? = nil
    ) async throws -> Page {
        guard let address = page.address.resolving(form.action) else {
            throw ReplayFailure(cause: .unreadable, path: page.address.path)
        }
        let fields = form.sent(changes)
        guard form.isMultipart else {
            return try await go("POST", address, type: FormBody.urlencodedType, body: FormBody.urlencoded(fields))
        }
        let (type, body) = FormBody.multipart(fields, file: file)
        return try await go("POST", address, type: type, body: body)
    }

    /// Asks for JSON; no redirect is followed.
    func json(_ path: String) async throws -> (status: Int, body: [UInt8]) {
        guard let address = WebAddress(origin + path) else { throw ReplayFailure(cause: .unreadable, path: path) }
        let reply = try await carry("GET", address, accept: "application/json", type: nil, body: [])
        return (reply.status, reply.body)
    }

    private func go(_ method: String, _ address: WebAddress, type: String?, body: [UInt8]) async throws -> Page {
        var (method, address, type, body) = (method, address, type, body)
        let start = ContinuousClock.now
        var answeredAfter: Duration?
        for _ in 0..<Self.mostRedirects {
            let reply = try await carry(method, address, accept: "text/html", type: type, body: body)
            let first = answeredAfter ?? start.duration(to: .now)
            answeredAfter = first
            guard (300..<400).contains(reply.status), let location = reply.header("location"),
                let next = address.resolving(location)
            else { return Page(address: address, status: reply.status, body: reply.body, answeredAfter: first) }
            address = portals.seen(next)
            if reply.status != 307, reply.status != 308 { (method, type, body) = ("GET", nil, []) }
        }
        throw ReplayFailure(cause: .redirects, path: address.path)
    }

    /// Carries a request, and the same one again as a person would: after the time that a busy server names, and when
    /// there was no answer. A form that is sent twice carries the same submission key.
    private func carry(
        _ method: String, _ address: WebAddress, accept: String, type: String?, body: [UInt8]
    ) async throws -> ReplayReply {
        let end = ContinuousClock.now.advanced(by: patience)
        var attempt = 0
        while true {
            attempt += 1
            let reply: ReplayReply?
            do {
                reply = try await exchange(request(method, address, accept: accept, type: type, body: body))
            } catch let error as CancellationError {
                throw error
            } catch {
                reply = nil
            }
            guard let reply else {
                let pause = Self.ownPause(attempt)
                guard ContinuousClock.now + pause < end else {
                    throw ReplayFailure(cause: .connection, path: address.path)
                }
                traffic.lost()
                try await Task.sleep(for: pause)
                continue
            }
            traffic.reply(reply.status)
            if let pause = Self.pause(asked: reply, attempt), ContinuousClock.now + pause < end {
                traffic.busy()
                try await Task.sleep(for: pause)
                continue
            }
            cookies.keep(reply, from: address)
            return reply
        }
    }

    private func request(
        _ method: String, _ address: WebAddress, accept: String, type: String?, body: [UInt8]
    ) -> ReplayRequest {
        let target = portals.target(of: address, turn: turn)
        turn += 1
        var headers: [(name: String, value: String)] = [
            ("Accept", accept), ("Accept-Language", "zh-CN"), ("User-Agent", "ruxue-season-replay"),
        ]
        if let type { headers.append(("Content-Type", type)) }
        if method == "POST" { headers.append(("Origin", target.origin)) }
        if let cookie = cookies.header(for: address) { headers.append(("Cookie", cookie)) }
        return ReplayRequest(method: method, address: target.text, headers: headers, body: body)
    }

    /// How long a server asks to wait; nil where its reply is one to go on with. At least the time that it names: nobody
    /// comes before, and not everybody at the same moment.
    private static func pause(asked reply: ReplayReply, _ attempt: Int) -> Duration? {
        guard [429, 502, 503, 504].contains(reply.status) else { return nil }
        guard let seconds = reply.header("retry-after").flatMap({ Int($0) }) else { return ownPause(attempt) }
        return .seconds(max(0, seconds)) + .milliseconds(attempt * 37 % 500)
    }

    /// A person's own patience where nobody names a time: half a second, doubling up to eight.
    private static func ownPause(_ attempt: Int) -> Duration { .milliseconds(500 << min(attempt - 1, 4)) }
}
