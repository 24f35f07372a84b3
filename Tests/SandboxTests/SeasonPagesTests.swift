import Testing

@testable import Sandbox

@Suite("A season's reading of pages")
struct SeasonPagesTests {
    private func forms(_ html: String) -> [PageForm] { FormScanner.forms(in: Array(html.utf8)) }

    @Test("a form is found with its action, hidden fields, choices and text, whatever the quotes and the order")
    func fields() throws {
        let form = try #require(
            forms(
                """
                <!-- <form action="/no"><input name=no></form> --><h1>a < b</h1>
                <form class="x" method='POST' action=/family/drafts/1/home?a=1&amp;b=2 enctype="multipart/form-data">
                <input value="t&quot;1" name="csrf" type="hidden"><input name=plain value=bare>
                <input type="radio" name="kind" value="owned"><input type="radio" name="kind" value="rented" checked>
                <input type="checkbox" name="consent_household" value="yes"><input type="file" name="photo">
                <select name="rank_1"><option value="">请选择</option><optgroup label="x"><option value="P01" selected>近桃 小学</option>
                <option>P02</option></optgroup></select>
                <textarea name="note">
                第一行
                &lt;b&gt;</textarea><input disabled name="off" value="1"><button name="verdict" value="findings">好</button>
                </form><input name="outside" value="1">
                """
            ).first)
        #expect(form.action == "/family/drafts/1/home?a=1&b=2")
        #expect(form.method == "post")
        #expect(form.isMultipart)
        #expect(form.choices("rank_1").map(\.value) == ["", "P01", "P02"])
        #expect(form.choices("rank_1").map(\.text) == ["请选择", "近桃 小学", "P02"])
        let sent = form.sent(["consent_household": "yes", "verdict": "findings"])
        #expect(
            sent.map { "\($0.name)=\($0.value)" } == [
                "csrf=t\"1", "plain=bare", "kind=rented", "consent_household=yes", "rank_1=P01", "note=第一行\n<b>",
                "verdict=findings",
            ])
        #expect(form.sent(["kind": "owned"]).filter { $0.name == "kind" }.map(\.value) == ["owned"])
        #expect(forms("<form action=/x></form><input name=outside>").map(\.fields.count) == [0])
    }

    @Test("broken pages are read as far as they go")
    func brokenPages() {
        #expect(forms("").isEmpty)
        #expect(forms("<form action='/a'><input name=a value='never closed").count == 1)
        #expect(forms("<script>'<form action=\"/evil\">'</script><form action=/b>").map(\.action) == ["/b"])
        #expect(forms("<form action=/a><select name=s><option value=1>x").map(\.action) == ["/a"])
    }

    @Test("what stands beside a form is told apart from what stands beside the next")
    func surroundings() throws {
        let html =
            "<div>林样桃<form action=/d><input type=hidden name=member value=1></form></div><div>林样江<form action=/d></form></div>"
        let address = try #require(WebAddress("http://127.0.0.1:1/family"))
        let page = ReplayBrowser.Page(address: address, status: 200, body: Array(html.utf8))
        let forms = page.forms
        #expect(page.surroundings(of: forms[0]).contains("林样桃"))
        #expect(!page.surroundings(of: forms[0]).contains("林样江"))
        #expect(page.surroundings(of: forms[1]).contains("林样江"))
    }

    @Test("a child is not taken for the brother whose name begins with its own")
    func namesWithinNames() throws {
        let child = try #require(try SeasonFixture.standard.get().families.first?.children.first)
        #expect(FamilyReplay.names(child, "<h2>\(child.name)</h2><button>为\(child.name)登记</button>"))
        #expect(!FamilyReplay.names(child, "<h2>\(child.name)华</h2><button>为\(child.name)华登记</button>"))
        #expect(!FamilyReplay.names(child, ""))
    }

    @Test("cookies go to their host and path, are replaced, and end when their age is over")
    func cookies() throws {
        var jar = CookieJar()
        let home = try #require(WebAddress("http://127.0.0.1:8080/sign-in/callback?code=1"))
        jar.keep(
            ReplayReply(
                status: 303,
                headers: [
                    ("Set-Cookie", "ruxue_session=abc=; Path=/; HttpOnly; SameSite=Lax"),
                    ("set-cookie", "narrow=1; Path=/county"), ("Set-Cookie", "safe=1; Path=/; Secure"),
                ], body: []), from: home)
        let family = try #require(home.resolving("/family"))
        #expect(jar.header(for: family) == "ruxue_session=abc=")
        #expect(jar.header(for: try #require(home.resolving("/county/430922"))) == "narrow=1; ruxue_session=abc=")
        #expect(jar.header(for: try #require(home.resolving("/countyfair"))) == "ruxue_session=abc=")
        #expect(jar.header(for: try #require(WebAddress("https://elsewhere.example/family"))) == nil)
        jar.keep(
            ReplayReply(status: 200, headers: [("Set-Cookie", "ruxue_session=; Path=/; Max-Age=0")], body: []),
            from: home)
        #expect(jar.header(for: family) == nil)
    }

    @Test("links lead where a browser would go")
    func links() throws {
        let page = try #require(WebAddress("http://127.0.0.1:8080/family/drafts/1/place?x=1#top"))
        #expect(page.text == "http://127.0.0.1:8080/family/drafts/1/place?x=1")
        #expect(page.resolving("")?.path == "/family/drafts/1/place")
        #expect(page.resolving("home")?.text == "http://127.0.0.1:8080/family/drafts/1/home")
        #expect(page.resolving("?step=2")?.text == "http://127.0.0.1:8080/family/drafts/1/place?step=2")
        #expect(page.resolving("//other:1/a")?.authority == "other:1")
        #expect(WebAddress("ftp://x/") == nil)
        #expect(WebAddress("http://x?a")?.path == "/")
    }

    @Test("forms are sent encoded as browsers do")
    func encoding() {
        let body = FormBody.urlencoded([("name", "林 样·桃&=+"), ("x", "")])
        #expect(String(decoding: body, as: UTF8.self) == "name=%E6%9E%97+%E6%A0%B7%C2%B7%E6%A1%83%26%3D%2B&x=")
        let file = FormBody.File(field: "photo", name: "a.png", mediaType: "image/png", bytes: [1, 2, 13, 10])
        let (type, bytes) = FormBody.multipart([("note", "好")], file: file)
        let boundary = type.replacing("multipart/form-data; boundary=", with: "")
        let text = String(decoding: bytes, as: UTF8.self)
        #expect(text.hasPrefix("--\(boundary)\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\n好\r\n"))
        #expect(text.hasSuffix("\u{01}\u{02}\r\n\r\n--\(boundary)--\r\n"))
        #expect(text.contains("name=\"photo\"; filename=\"a.png\"\r\nContent-Type: image/png\r\n\r\n"))
    }

    @Test("the sample photographs are what they say, and the JPEG carries words to be removed")
    func photos() {
        let jpeg = SamplePhoto.bytes(.jpeg)
        #expect(jpeg.prefix(4) == [0xFF, 0xD8, 0xFF, 0xE1])
        #expect(jpeg.suffix(2) == [0xFF, 0xD9])
        #expect(String(decoding: jpeg, as: UTF8.self).contains(SamplePhoto.hiddenWords))
        // Segment by segment to the scan, as a reader of the format walks it.
        var position = 2
        var markers: [UInt8] = []
        while position + 4 <= jpeg.count, jpeg[position] == 0xFF {
            markers.append(jpeg[position + 1])
            if jpeg[position + 1] == 0xDA { break }
            position += 2 + Int(jpeg[position + 2]) << 8 + Int(jpeg[position + 3])
        }
        #expect(markers.last == 0xDA)
        #expect(markers.contains(0xE1) && markers.contains(0xDB))
        #expect(SamplePhoto.bytes(.png).prefix(8) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    }
}
