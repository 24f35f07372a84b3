/// Pictures small enough to be read, with everything in them that phones add.
enum SampleImage {
    static let place = Array("GPS 28.5201N 112.1467E".utf8)
    static let device = Array("Sample Phone 9".utf8)
    static let payload = Array("<script>alert(1)</script>".utf8)
    static let scan: [UInt8] = [0x12, 0x34, 0xFF, 0x00, 0x56, 0xFF, 0xD0, 0x78]
    static let table: [UInt8] = [0x00] + [UInt8](repeating: 7, count: 64)
    static let pixels: [UInt8] = [0x78, 0x9C, 0x63, 0x60, 0x60]

    static var jpeg: [UInt8] {
        let start: [UInt8] = [0xFF, 0xD8]
        let metadata =
            segment(0xE0, Array("JFIF\0".utf8) + [1, 1, 0, 0, 1, 0, 1, 0, 0])
            + segment(0xE0, Array("JFXX\0".utf8) + payload)
            + segment(0xE1, Array("Exif\0\0".utf8) + place) + segment(0xE2, device) + segment(0xEE, device)
            + segment(0xFE, Array("样例注释".utf8))
        let picture =
            segment(0xDB, table) + segment(0xC0, [8, 0, 1, 0, 1, 1, 1, 0x11, 0]) + segment(0xDA, [1, 1, 0, 0, 63, 0])
            + scan
        return start + metadata + picture + [0xFF, 0xD9] + payload
    }

    static var png: [UInt8] {
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", [0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0])
            + chunk("tEXt", Array("Author\0".utf8) + device) + chunk("eXIf", place) + chunk("IDAT", pixels)
            + chunk("iTXt", payload) + chunk("IEND", []) + payload
    }

    private static func segment(_ marker: UInt8, _ body: [UInt8]) -> [UInt8] {
        [0xFF, marker, UInt8((body.count + 2) >> 8), UInt8((body.count + 2) & 0xFF)] + body
    }

    private static func chunk(_ type: String, _ body: [UInt8]) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: body.count >> (24 - 8 * $0)) } + Array(type.utf8) + body + [0, 0, 0, 0]
    }
}

extension [UInt8] {
    func contains(run: [UInt8]) -> Bool {
        guard let first = run.first, count >= run.count else { return false }
        return indices.dropLast(run.count - 1).contains {
            self[$0] == first && self[$0..<($0 + run.count)].elementsEqual(run)
        }
    }
}
