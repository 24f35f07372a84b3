import Services
import Testing

@testable import ServiceZone

@Suite("Forms as browsers and attackers send them")
struct FormTests {
    private func multipart(_ text: String, boundary: String = "b") throws -> ReceivedForm {
        try MultipartForm.read(Array(text.utf8), boundary: boundary)
    }

    private func field(_ name: String, _ value: String) -> String {
        "--b\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
    }

    @Test("fields of an url-encoded form are decoded, blanks and Chinese included")
    func urlEncoded() throws {
        let form = try URLEncodedForm.read(Array("name=%E6%9E%97%C2%B7x+y&empty&again=1&again=2&bad=%zz%4".utf8))
        #expect(form["name"] == "林·x y")
        #expect(form.fields["empty"] == "")
        #expect(form["again"] == "1")
        #expect(form["bad"] == "%zz%4")
        #expect(form["missing"] == "")
    }

    @Test("bytes that are no UTF-8 do not stop a form")
    func brokenEncoding() throws {
        #expect(try URLEncodedForm.read(Array("name=%ff%fe".utf8))["name"] == "\u{FFFD}\u{FFFD}")
    }

    @Test("a form with more fields than any page has is refused")
    func tooManyFields() {
        let text = (0...URLEncodedForm.mostFields).map { "f\($0)=1" }.joined(separator: "&")
        #expect(throws: ZoneError.unreadableForm) { try URLEncodedForm.read(Array(text.utf8)) }
    }

    @Test("texts and a photograph arrive byte by byte")
    func photograph() throws {
        let bytes: [UInt8] = [0xFF, 0xD8, 0x0D, 0x0A, 0x2D, 0x2D, 0x00, 0xFF]
        let head =
            "--b\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"../../etc/passwd\"\r\n"
            + "Content-Type: image/jpeg\r\n\r\n"
        let body = Array((field("note", "第一行\r\n第二行") + head).utf8) + bytes + Array("\r\n--b--\r\n".utf8)
        let form = try MultipartForm.read(body, boundary: "b")
        #expect(form["note"] == "第一行\r\n第二行")
        #expect(form.photo?.bytes == bytes)
    }

    @Test("a file field left empty is no photograph")
    func emptyPhotograph() throws {
        let empty = "--b\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"\"\r\n\r\n\r\n"
        #expect(try multipart(field("note", "") + empty + "--b--").photo == nil)
    }

    @Test("a second file and a file under another name are not taken")
    func otherFiles() throws {
        let file = { (name: String, content: String) in
            "--b\r\nContent-Disposition: form-data; name=\"\(name)\"; filename=\"x\"\r\n\r\n\(content)\r\n"
        }
        let form = try multipart(file("other", "no") + file("photo", "one") + file("photo", "two") + "--b--")
        #expect(form.photo?.bytes == Array("one".utf8))
        #expect(form.fields.isEmpty)
    }

    @Test(
        "a hostile multipart body is refused",
        arguments: [
            "", "nothing of the kind", "--b", "--b\r\n", "--bxx\r\n\r\n",
            "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--",
            "--b\r\nContent-Disposition: form-data; name=\"\"\r\n\r\nx\r\n--b--",
            "--b\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nnever ends",
            "--b\r\nContent-Disposition: form-data; name=\"note\"\r\n--b--",
            "--b\r\nContent-Disposition: attachment; name=\"note\"\r\n\r\nx\r\n--b--",
            "--b\r\nX: " + String(repeating: "a", count: 5000) + "\r\n\r\nx\r\n--b--",
            String(repeating: "--b\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\nx\r\n", count: 100) + "--b--",
        ])
    func hostileBody(text: String) {
        #expect(throws: ZoneError.unreadableForm) { try multipart(text) }
    }

    @Test("a file that is all but a boundary arrives whole")
    func nearlyBoundaries() throws {
        let noise = Array(repeatElement(Array("\r\n--\r\n-b".utf8), count: 20_000).joined())
        let head = "--b\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"x\"\r\n\r\n"
        let form = try MultipartForm.read(Array(head.utf8) + noise + Array("\r\n--b--".utf8), boundary: "b")
        #expect(form.photo?.bytes == noise)
    }

    @Test(
        "a boundary is read from the content type, or is not one",
        arguments: [
            ("multipart/form-data; boundary=abc", "abc"), ("Multipart/Form-Data;boundary=\"a b\"", "a b"),
            ("multipart/form-data", nil), ("text/plain; boundary=abc", nil), ("multipart/form-data; boundary=", nil),
            ("multipart/form-data; boundary=" + String(repeating: "x", count: 71), nil),
        ] as [(String, String?)])
    func boundaryIsRead(contentType: String, expected: String?) {
        #expect(MultipartForm.boundary(in: contentType) == expected)
    }

    @Test(
        "a browser is only ever sent back to a path of this portal",
        arguments: [
            ("/family", "/family"), ("//evil.example", "/"), ("https://evil.example", "/"), ("/\\evil.example", "/"),
            ("/a/../b", "/"), ("/family?x=1", "/"), ("/%2F%2Fevil", "/"), ("", "/"), ("/a\r\nSet-Cookie: x", "/"),
        ])
    func returnPath(text: String, expected: String) { #expect(ReturnPath(text).value == expected) }
}
