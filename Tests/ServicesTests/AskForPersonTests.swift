import Enrollment
import Logging
import Storage
import Testing

@testable import Services

@Suite("Asking for a person", .timeLimit(.minutes(5)))
struct AskForPersonTests {
    /// A family whose title is not found, and its neighbour.
    private func doubtful(_ season: TestSeason) async throws -> (viewer: Viewer, receipt: ReceiptNumber) {
        let family = try SampleFamily(1)
        season.register(family, title: false)
        let viewer = try await season.arrive(family)
        let receipt = try await season.apply(viewer, family)
        try await season.wait(viewer, receipt) { $0.state == .needsRepair && $0.status(.household) == .confirmed }
        return (viewer, receipt)
    }

    private func ask(_ season: TestSeason, _ viewer: Viewer, _ receipt: ReceiptNumber, photo: [UInt8]?) async throws {
        try await AskForPerson(season.platform)(
            viewer, receipt, .realEstateTitle, homeKind: "self_built", note: "这是老房子",
            photo: photo.map { Upload(bytes: $0) })
    }

    @Test("a photograph reaches an officer without the place, the device, and what was hidden behind it")
    func photographs() async throws {
        try await TestSeason.run { season in
            let (viewer, receipt) = try await doubtful(season)
            try await ask(season, viewer, receipt, photo: SampleImage.jpeg)
            let view = try await season.read(viewer, receipt)
            #expect(view.state == .firstReview)
            #expect(view.status(.realEstateTitle) == .person)
            let attachment = try #require(view.attachments.first)
            #expect(attachment.mediaType == "image/jpeg")

            let officer = try await season.officer(1, .firstReviewer)
            let file = try await ReadAttachment(season.platform)(officer, receipt, attachment.id)
            #expect(file.mediaType == "image/jpeg" && file.bytes.count == attachment.bytes)
            for hidden in [
                SampleImage.place, SampleImage.device, SampleImage.payload, Array("Exif".utf8), Array("样例注释".utf8),
            ] {
                #expect(SampleImage.jpeg.contains(run: hidden))
                let stillThere = file.bytes.contains(run: hidden)
                #expect(!stillThere)
            }
            #expect(file.bytes.contains(run: SampleImage.scan) && file.bytes.contains(run: SampleImage.table))
            #expect(file.bytes.starts(with: [0xFF, 0xD8]) && Array(file.bytes.suffix(2)) == [0xFF, 0xD9])
            #expect(try await ReadAttachment(season.platform)(viewer, receipt, attachment.id) == file)
            #expect(try await ReadCase(season.platform)(officer, TestSeason.taojiang, receipt).familyNotes.count == 1)
        }
    }

    @Test("texts and positions are taken out of a PNG")
    func png() async throws {
        try await TestSeason.run { season in
            let (viewer, receipt) = try await doubtful(season)
            try await ask(season, viewer, receipt, photo: SampleImage.png)
            let attachment = try #require(try await season.read(viewer, receipt).attachments.first)
            let file = try await ReadAttachment(season.platform)(viewer, receipt, attachment.id)
            #expect(file.mediaType == "image/png" && file.name.hasSuffix(".png"))
            for hidden in [SampleImage.place, SampleImage.device, SampleImage.payload, Array("tEXt".utf8)] {
                #expect(!file.bytes.contains(run: hidden))
            }
            #expect(file.bytes.contains(run: SampleImage.pixels))
        }
    }

    @Test("what is no picture is refused, whatever it says of itself, and nothing of it is kept")
    func refused() async throws {
        try await TestSeason.run { season in
            let (viewer, receipt) = try await doubtful(season)
            let html = Array("<html><script>alert(1)</script></html>".utf8)
            let png = Array(SampleImage.png.prefix(8))
            let refusals: [(String, [UInt8], UploadProblem)] = [
                ("HTML named .png", html, .notAnImage), ("HTML behind a PNG's first bytes", png + html, .damaged),
                ("HTML behind a JPEG's first bytes", [0xFF, 0xD8, 0xFF] + html, .damaged),
                ("SVG", Array("<svg/>".utf8), .notAnImage),
                ("nothing", [], .notAnImage),
                ("a PNG of no picture", png + Array(SampleImage.png.dropLast(25).suffix(12)), .damaged),
                ("a JPEG cut in half", Array(SampleImage.jpeg.prefix(200)), .damaged),
                ("nine mebibytes", SampleImage.jpeg + [UInt8](repeating: 0, count: 9 << 20), .tooLarge),
            ]
            for (what, bytes, problem) in refusals {
                let error = try await refusal { try await ask(season, viewer, receipt, photo: bytes) }
                #expect(error == .upload(problem), "\(what)")
            }
            let view = try await season.read(viewer, receipt)
            #expect(view.attachments.isEmpty && view.state == .needsRepair)
        }
    }

    @Test("the photograph lies sealed in the database, and opens for nobody else")
    func sealed() async throws {
        try await TestSeason.run { season in
            let (viewer, receipt) = try await doubtful(season)
            try await ask(season, viewer, receipt, photo: SampleImage.jpeg)
            let view = try await season.read(viewer, receipt)
            let attachment = try #require(view.attachments.first)
            let stored = try await season.database.read(.queue) { tx in
                try tx.rows("SELECT sealed_body FROM attachment").map { try $0.blob("sealed_body") }
            }
            #expect(stored.count == 1)
            #expect(stored.allSatisfy { !$0.contains(run: SampleImage.scan) && !$0.contains(run: [0xFF, 0xD8, 0xFF]) })
            let neighbour = try await season.qualified(try SampleFamily(2))
            let stranger = try await season.officer(1, .firstReviewer, in: TestSeason.anhua)
            for other in [neighbour.viewer, stranger] {
                #expect(
                    try await refusal { _ = try await ReadAttachment(season.platform)(other, receipt, attachment.id) }
                        == .notFound)
            }
            #expect(
                try await refusal {
                    _ = try await ReadAttachment(season.platform)(neighbour.viewer, neighbour.receipt, attachment.id)
                } == .notFound)
        }
    }

    @Test("a credential that its register confirmed needs no person")
    func confirmed() async throws {
        try await TestSeason.run { season in
            let (viewer, receipt) = try await doubtful(season)
            let error = try await refusal {
                try await AskForPerson(season.platform)(
                    viewer, receipt, .household, homeKind: "", note: "请再看看", photo: nil)
            }
            #expect(error == .stateChanged(.needsRepair))
            let view = try await season.read(viewer, receipt)
            #expect(view.status(.household) == .confirmed && view.state == .needsRepair)
        }
    }

    @Test("a note that is empty, too long or full of control characters is refused")
    func notes() async throws {
        try await TestSeason.run { season in
            let (viewer, receipt) = try await doubtful(season)
            for note in ["", "   ", "一", String(repeating: "长", count: 501), "夹\u{0}带", "夹\u{1B}[31m带"] {
                let error = try await refusal {
                    try await AskForPerson(season.platform)(
                        viewer, receipt, .realEstateTitle, homeKind: "", note: note, photo: nil)
                }
                #expect(error?.problems.keys.contains("note") == true)
            }
            #expect(try await season.read(viewer, receipt).state == .needsRepair)
        }
    }

    @Test("a late answer of the register does not take the case from the person who was asked for")
    func lateAnswer() async throws {
        let season = try await TestSeason()
        let family = try SampleFamily(1)
        season.register(family)
        let viewer = try await season.arrive(family)
        let receipt = try await season.apply(viewer, family)
        let now = season.platform.clock.real()
        let key = season.platform.key(TestSeason.taojiang)
        let taken = try await season.database.write(.tenant(key.tenant, key.season)) { tx in
            try JobRepository.claim(
                of: key, limit: 50, now: now, leaseUntil: now.adding(.seconds(60)), in: tx
            ).map(\.row)
        }
        let title = try #require(taken.first { $0.credential == .realEstateTitle })
        season.registers.hold(.realEstateTitle)
        let check = CheckCredential(
            platform: season.platform, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        async let late = check(title)
        await season.registers.whenChecked(.realEstateTitle)
        try await ask(season, viewer, receipt, photo: nil)
        let before = try await season.read(viewer, receipt)
        season.registers.letGo(.realEstateTitle)
        _ = try await late
        let after = try await season.read(viewer, receipt)
        #expect(after == before)
        #expect(after.state == .firstReview && after.status(.realEstateTitle) == .person)
        try await season.database.close()
    }
}
