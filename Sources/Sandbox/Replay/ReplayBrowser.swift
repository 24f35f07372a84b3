/// One person's browser: cookies, redirects, forms. It knows nothing of the portal but its pages.
actor ReplayBrowser {
    /// A page as it came, after redirects.
    struct Page: Sendable {
        let address: WebAddress
        let status: Int
        let body: [UInt8]

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

    let origin: String
    private let exchange: ReplayExchange
    private var cookies = CookieJar()

    private static let mostRedirects = 12

    /// - Parameter origin: the portal's address without a closing slash.
    init(origin: String, exchange: @escaping ReplayExchange) {
        self.origin = origin
        self.exchange = exchange
    }

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
        for _ in 0..<Self.mostRedirects {
            let reply = try await carry(method, address, accept: "text/html", type: type, body: body)
            guard (300..<400).contains(reply.status), let location = reply.header("location"),
                let next = address.resolving(location)
            else { return Page(address: address, status: reply.status, body: reply.body) }
            address = next
            if reply.status != 307, reply.status != 308 { (method, type, body) = ("GET", nil, []) }
        }
        throw ReplayFailure(cause: .redirects, path: address.path)
    }

    private func carry(
        _ method: String, _ address: WebAddress, accept: String, type: String?, body: [UInt8]
    ) async throws -> ReplayReply {
        var headers: [(name: String, value: String)] = [
            ("Accept", accept), ("Accept-Language", "zh-CN"), ("User-Agent", "ruxue-season-replay"),
        ]
        if let type { headers.append(("Content-Type", type)) }
        if method == "POST" { headers.append(("Origin", address.origin)) }
        if let cookie = cookies.header(for: address) { headers.append(("Cookie", cookie)) }
        let request = ReplayRequest(method: method, address: address.text, headers: headers, body: body)
        let reply: ReplayReply
        do {
            reply = try await exchange(request)
        } catch let error as CancellationError {
            throw error
        } catch {
            throw ReplayFailure(cause: .connection, path: address.path)
        }
        cookies.keep(reply, from: address)
        return reply
    }
}
