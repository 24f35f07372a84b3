import CCurl

/// One request on its way.
///
/// `@unchecked Sendable`: `continuation` and `isCancelled` are touched only under the loop's lock; everything below
/// the mark only on the curl thread, after the lock has handed the transfer over.
final class CurlTransfer: @unchecked Sendable {
    typealias Outcome = Result<HTTPReply, TransportError>

    let request: HTTPRequest
    let deadline: ContinuousClock.Instant
    var continuation: CheckedContinuation<Outcome, Never>?
    var isCancelled = false

    // On the curl thread only.
    private var headers: [HTTPHeader] = []
    private var headerBytes = 0
    private var body: [UInt8] = []
    private var statusLines = 0
    private var isOversized = false
    private var headerList: UnsafeMutablePointer<curl_slist>?

    init(_ request: HTTPRequest) {
        self.request = request
        // Above a day the sum could overflow; nobody waits so long.
        deadline = .now + .milliseconds(min(request.deadlineMilliseconds, 86_400_000))
    }

    deinit { curl_slist_free_all(headerList) }

    /// Writes the request into a new or a reset easy handle. The handle keeps an unretained pointer to this object: the loop retains
    /// the object for as long as the handle is in the multi handle, and resets the handle before reuse.
    func configure(_ handle: UnsafeMutableRawPointer) -> Bool {
        let myself = Unmanaged.passUnretained(self).toOpaque()
        var codes = [
            ruxue_setopt_long(handle, CURLOPT_NOSIGNAL, 1),
            ruxue_setopt_long(handle, CURLOPT_TCP_NODELAY, 1),
            ruxue_setopt_long(handle, CURLOPT_TCP_KEEPALIVE, 1),
            ruxue_setopt_long(handle, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1)),
            ruxue_setopt_string(handle, CURLOPT_PROTOCOLS_STR, "http,https"),
            ruxue_setopt_string(handle, CURLOPT_REDIR_PROTOCOLS_STR, "http,https"),
            ruxue_setopt_string(handle, CURLOPT_PROXY, ""),
            ruxue_setopt_long(handle, CURLOPT_FOLLOWLOCATION, request.maxRedirects > 0 ? 1 : 0),
            ruxue_setopt_long(handle, CURLOPT_MAXREDIRS, request.maxRedirects),
            ruxue_setopt_string(handle, CURLOPT_URL, request.url),
            ruxue_setopt_write(handle, CURLOPT_WRITEFUNCTION, receiveBody),
            ruxue_setopt_pointer(handle, CURLOPT_WRITEDATA, myself),
            ruxue_setopt_write(handle, CURLOPT_HEADERFUNCTION, receiveHeader),
            ruxue_setopt_pointer(handle, CURLOPT_HEADERDATA, myself),
        ]
        switch request.method {
        case .get: codes.append(ruxue_setopt_long(handle, CURLOPT_HTTPGET, 1))
        case .head: codes.append(ruxue_setopt_long(handle, CURLOPT_NOBODY, 1))
        case .post: break
        case .put, .patch, .delete:
            codes.append(ruxue_setopt_string(handle, CURLOPT_CUSTOMREQUEST, request.method.rawValue))
        }
        if let body = request.body ?? ([.post, .put, .patch].contains(request.method) ? [] : nil) {
            codes.append(ruxue_setopt_long(handle, CURLOPT_POST, 1))
            codes.append(ruxue_setopt_offset(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(body.count)))
            codes.append(
                body.isEmpty
                    ? ruxue_setopt_string(handle, CURLOPT_COPYPOSTFIELDS, "")
                    : body.withUnsafeBytes { bytes in
                        // COPYPOSTFIELDS copies as many bytes as the size that was set just before.
                        ruxue_setopt_pointer(
                            handle, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: bytes.baseAddress))
                    })
        }
        // An empty Expect keeps curl from waiting a second for "100 Continue" before a large body.
        for line in ["Expect:"] + request.headers.map({ $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" })
        {
            guard let longer = curl_slist_append(headerList, line) else { return false }
            headerList = longer
        }
        codes.append(ruxue_setopt_list(handle, CURLOPT_HTTPHEADER, headerList))
        return codes.allSatisfy { $0 == CURLE_OK }
    }

    /// What the transfer came to.
    func outcome(_ code: CURLcode, handle: UnsafeMutableRawPointer) -> Outcome {
        if isOversized { return .failure(.tooLarge) }
        switch code {
        case CURLE_OK:
            var status = 0
            guard ruxue_getinfo_long(handle, CURLINFO_RESPONSE_CODE, &status) == CURLE_OK, status > 0 else {
                return .failure(.badReply)
            }
            return .success(HTTPReply(status: status, headers: headers, body: body))
        case CURLE_OPERATION_TIMEDOUT: return .failure(.timeout)
        case CURLE_URL_MALFORMAT: return .failure(.malformedRequest)
        // The scheme was checked before, so "unsupported protocol" is a reply without a status line (HTTP/0.9).
        case CURLE_PARTIAL_FILE, CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_BAD_CONTENT_ENCODING,
            CURLE_TOO_MANY_REDIRECTS, CURLE_HTTP2, CURLE_WRITE_ERROR:
            return .failure(.badReply)
        default: return .failure(statusLines > 0 ? .badReply : .connection)
        }
    }

    fileprivate func appendBody(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard body.count + bytes.count <= request.maxReplyBytes else {
            isOversized = true
            return 0
        }
        body.append(contentsOf: bytes)
        return bytes.count
    }

    fileprivate func appendHeader(_ bytes: UnsafeRawBufferPointer) -> Int {
        headerBytes += bytes.count
        guard headerBytes <= 256 * 1024 else {
            isOversized = true
            return 0
        }
        let line = String(decoding: bytes, as: UTF8.self)
        if line.hasPrefix("HTTP/") {
            // A status line begins the headers anew: after "100 Continue" and after a followed redirect.
            statusLines += 1
            headers.removeAll(keepingCapacity: true)
        } else if let colon = line.utf8.firstIndex(of: 0x3A) {
            let value = line[line.utf8.index(after: colon)...]
            headers.append(HTTPHeader(String(line[..<colon]), trimmed(value)))
        }
        return bytes.count
    }

    private func trimmed(_ text: Substring) -> String {
        let blank: (Unicode.Scalar) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" || $0 == "\n" }
        var scalars = text.unicodeScalars.drop(while: blank)
        while let last = scalars.last, blank(last) { scalars.removeLast() }
        return String(scalars)
    }
}

// C calls these on the curl thread while the loop retains the transfer.
private let receiveBody: @convention(c) (UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?) -> Int = {
    bytes, size, count, target in
    guard let target else { return 0 }
    return Unmanaged<CurlTransfer>.fromOpaque(target).takeUnretainedValue()
        .appendBody(UnsafeRawBufferPointer(start: bytes, count: size * count))
}

private let receiveHeader: @convention(c) (UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?) -> Int = {
    bytes, size, count, target in
    guard let target else { return 0 }
    return Unmanaged<CurlTransfer>.fromOpaque(target).takeUnretainedValue()
        .appendHeader(UnsafeRawBufferPointer(start: bytes, count: size * count))
}
