/// A photograph as it is kept: a JPEG or PNG by its content, whatever its name says, with the metadata removed that
/// phones write into it (place, time, device).
struct Photograph: Sendable, Hashable {
    let mediaType: String
    let bytes: [UInt8]

    /// Eight mebibytes, as the page says.
    static let largest = 8 << 20

    /// Checks and cleans an upload; throws `upload` with what is wrong.
    static func clean(_ upload: Upload) throws -> Photograph {
        let bytes = upload.bytes
        guard bytes.count <= largest else { throw ServiceError.upload(.tooLarge) }
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            guard let cleaned = cleanJPEG(bytes) else { throw ServiceError.upload(.damaged) }
            return Photograph(mediaType: "image/jpeg", bytes: cleaned)
        }
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            guard let cleaned = cleanPNG(bytes) else { throw ServiceError.upload(.damaged) }
            return Photograph(mediaType: "image/png", bytes: cleaned)
        }
        throw ServiceError.upload(.notAnImage)
    }

    /// Copies the segments that make the picture (ITU-T T.81, annex B): application segments other than JFIF and Adobe's
    /// colour transform, and comments, are left out, and so is whatever follows the end of the image.
    private static func cleanJPEG(_ bytes: [UInt8]) -> [UInt8]? {
        var output: [UInt8] = [0xFF, 0xD8]
        var position = 2
        while position + 4 <= bytes.count {
            guard bytes[position] == 0xFF else { return nil }
            let marker = bytes[position + 1]
            if marker == 0xFF {
                position += 1
                continue
            }
            if marker == 0xD9 { return nil }
            let length = Int(bytes[position + 2]) << 8 | Int(bytes[position + 3])
            guard length >= 2, position + 2 + length <= bytes.count else { return nil }
            let end = position + 2 + length
            let body = bytes[(position + 4)..<end]
            switch marker {
            case 0xE0: if body.starts(with: Array("JFIF\0".utf8)) { output += bytes[position..<end] }
            case 0xEE: if body.starts(with: Array("Adobe".utf8)) { output += bytes[position..<end] }
            case 0xE1...0xEF, 0xFE: break
            default: output += bytes[position..<end]
            }
            position = end
            if marker == 0xDA {
                guard let scanEnd = endOfScan(bytes, from: position) else { return nil }
                output += bytes[position..<scanEnd]
                position = scanEnd
                if bytes[position + 1] == 0xD9 { return output + [0xFF, 0xD9] }
            }
        }
        return nil
    }

    /// Where the entropy-coded data ends: the first marker that is neither stuffing nor a restart.
    private static func endOfScan(_ bytes: [UInt8], from start: Int) -> Int? {
        var position = start
        while position + 1 < bytes.count {
            if bytes[position] == 0xFF {
                let next = bytes[position + 1]
                if next != 0, next != 0xFF, !(0xD0...0xD7).contains(next) { return position }
            }
            position += 1
        }
        return nil
    }

    /// Copies the chunks that make the picture (ISO/IEC 15948): critical ones, transparency and colour.
    private static func cleanPNG(_ bytes: [UInt8]) -> [UInt8]? {
        let kept: Set<String> = ["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "sRGB", "cHRM"]
        var output = Array(bytes[0..<8])
        var position = 8
        var hasPixels = false
        while position + 12 <= bytes.count {
            let length = bytes[position..<(position + 4)].reduce(0) { $0 << 8 | Int($1) }
            guard length <= largest, position + 12 + length <= bytes.count else { return nil }
            let type = String(decoding: bytes[(position + 4)..<(position + 8)], as: UTF8.self)
            let end = position + 12 + length
            guard position > 8 || type == "IHDR" else { return nil }
            if kept.contains(type) { output += bytes[position..<end] }
            if type == "IDAT" { hasPixels = true }
            if type == "IEND" { return hasPixels ? output : nil }
            position = end
        }
        return nil
    }
}
