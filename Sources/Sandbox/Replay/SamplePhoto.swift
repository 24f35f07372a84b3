import Foundation

/// A tiny picture of nothing, to attach where a person is asked for.
public enum SamplePhoto {
    public enum Format: String, Sendable, Codable, CaseIterable {
        case png, jpeg

        /// `image/png` or `image/jpeg`.
        public var mediaType: String { "image/\(rawValue)" }
    }

    /// The words that stand in the JPEG's EXIF block; a portal that removes metadata keeps them nowhere.
    public static let hiddenWords = "RUXUE-SAMPLE-CAMERA 28.5180N 112.1393E"

    /// One pixel by one pixel; the JPEG carries an EXIF block with ``hiddenWords``, as a telephone's picture does.
    public static func bytes(_ format: Format) -> [UInt8] {
        switch format {
        case .png: decoded(png)
        case .jpeg:
            // The block stands right after the start-of-image marker, where cameras put it.
            Array(decoded(jpeg).prefix(2)) + exif + Array(decoded(jpeg).dropFirst(2)) + [0xFF, 0xD9]
        }
    }

    /// APP1 with a TIFF directory of one entry: ImageDescription (0x010E), ASCII.
    private static var exif: [UInt8] {
        let words = Array(hiddenWords.utf8) + [0]
        let count = UInt32(words.count)
        var tiff: [UInt8] = Array("MM".utf8) + [0, 42, 0, 0, 0, 8, 0, 1]
        tiff += [0x01, 0x0E, 0, 2] + bigEndian(count) + bigEndian(26) + [0, 0, 0, 0] + words
        let body = Array("Exif".utf8) + [0, 0] + tiff
        let length = UInt16(body.count + 2)
        return [0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 0xFF)] + body
    }

    private static func bigEndian(_ number: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
    }

    private static func decoded(_ text: String) -> [UInt8] {
        guard let data = Data(base64Encoded: text) else { preconditionFailure("the sample picture is base64") }
        return [UInt8](data)
    }

    private static let png =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
    private static let jpeg =
        "/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////"
        + "wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA="
}
