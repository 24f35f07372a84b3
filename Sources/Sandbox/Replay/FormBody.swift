/// The two ways in which a browser sends a form.
enum FormBody {
    struct File: Sendable {
        let field: String
        let name: String
        let mediaType: String
        let bytes: [UInt8]
    }

    static let urlencodedType = "application/x-www-form-urlencoded"

    /// `application/x-www-form-urlencoded`.
    static func urlencoded(_ fields: [(name: String, value: String)]) -> [UInt8] {
        var body: [UInt8] = []
        for (index, field) in fields.enumerated() {
            if index > 0 { body.append(UInt8(ascii: "&")) }
            append(field.name, to: &body)
            body.append(UInt8(ascii: "="))
            append(field.value, to: &body)
        }
        return body
    }

    /// `multipart/form-data` (RFC 7578).
    static func multipart(_ fields: [(name: String, value: String)], file: File?) -> (type: String, body: [UInt8]) {
        let boundary = "----ruxue-season-7f3b9d61c2"
        var body: [UInt8] = []
        func line(_ text: String) { body += Array((text + "\r\n").utf8) }
        for field in fields {
            line("--\(boundary)")
            line("Content-Disposition: form-data; name=\"\(field.name)\"")
            line("")
            line(field.value)
        }
        if let file {
            line("--\(boundary)")
            line("Content-Disposition: form-data; name=\"\(file.field)\"; filename=\"\(file.name)\"")
            line("Content-Type: \(file.mediaType)")
            line("")
            body += file.bytes
            line("")
        }
        line("--\(boundary)--")
        return ("multipart/form-data; boundary=\(boundary)", body)
    }

    private static func append(_ text: String, to body: inout [UInt8]) {
        let digits = Array("0123456789ABCDEF".utf8)
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "*"):
                body.append(byte)
            case 0x20: body.append(UInt8(ascii: "+"))
            default: body += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
    }
}
