/// A Swift source reduced to what the architecture rules read: comments gone, line numbers kept.
///
/// Comments become spaces. String literals stay in ``code`` and become spaces in ``bare``, so that a word inside a text
/// is never taken for a statement. Interpolations are treated as part of their literal, which is enough here: a
/// single-line literal ends with its line at the latest.
struct SwiftText {
    /// Code with its string literals.
    let code: String
    /// Code without its string literals.
    let bare: String

    init(_ source: String) {
        var scanner = Scanner(bytes: Array(source.utf8))
        scanner.scan()
        code = String(decoding: scanner.code, as: UTF8.self)
        bare = String(decoding: scanner.bare, as: UTF8.self)
    }

    private enum Place {
        case code
        case lineComment
        case blockComment(depth: Int)
        case text(hashes: Int, multiline: Bool)
    }

    private struct Scanner {
        let bytes: [UInt8]
        var code: [UInt8] = []
        var bare: [UInt8] = []
        var place = Place.code
        var index = 0

        mutating func scan() {
            code.reserveCapacity(bytes.count)
            bare.reserveCapacity(bytes.count)
            while index < bytes.count {
                switch place {
                case .code: scanCode()
                case .lineComment: scanLineComment()
                case .blockComment(let depth): scanBlockComment(depth: depth)
                case .text(let hashes, let multiline): scanText(hashes: hashes, multiline: multiline)
                }
            }
        }

        private mutating func scanCode() {
            if at("//") {
                emit(2, inCode: false, inBare: false)
                place = .lineComment
            } else if at("/*") {
                emit(2, inCode: false, inBare: false)
                place = .blockComment(depth: 1)
            } else if let opening = openingOfText() {
                emit(opening.length, inCode: true, inBare: false)
                place = .text(hashes: opening.hashes, multiline: opening.multiline)
            } else {
                emit(1, inCode: true, inBare: true)
            }
        }

        private mutating func scanLineComment() {
            if bytes[index] == newline { place = .code }
            emit(1, inCode: false, inBare: false)
        }

        private mutating func scanBlockComment(depth: Int) {
            if at("/*") {
                emit(2, inCode: false, inBare: false)
                place = .blockComment(depth: depth + 1)
            } else if at("*/") {
                emit(2, inCode: false, inBare: false)
                place = depth == 1 ? .code : .blockComment(depth: depth - 1)
            } else {
                emit(1, inCode: false, inBare: false)
            }
        }

        private mutating func scanText(hashes: Int, multiline: Bool) {
            let closing = String(repeating: "\"", count: multiline ? 3 : 1) + String(repeating: "#", count: hashes)
            if at(closing) {
                emit(closing.utf8.count, inCode: true, inBare: false)
                place = .code
            } else if hashes == 0, bytes[index] == UInt8(ascii: "\\") {
                emit(2, inCode: true, inBare: false)
            } else {
                if bytes[index] == newline, !multiline { place = .code }
                emit(1, inCode: true, inBare: false)
            }
        }

        private func openingOfText() -> (length: Int, hashes: Int, multiline: Bool)? {
            var cursor = index
            while cursor < bytes.count, bytes[cursor] == UInt8(ascii: "#") { cursor += 1 }
            guard cursor < bytes.count, bytes[cursor] == UInt8(ascii: "\"") else { return nil }
            let hashes = cursor - index
            let quotes = bytes[cursor...].prefix(3).filter { $0 == UInt8(ascii: "\"") }.count
            return quotes == 3 ? (hashes + 3, hashes, true) : (hashes + 1, hashes, false)
        }

        private func at(_ text: String) -> Bool { bytes[index...].starts(with: text.utf8) }

        private mutating func emit(_ count: Int, inCode: Bool, inBare: Bool) {
            for byte in bytes[index...].prefix(count) {
                code.append(inCode || byte == newline ? byte : space)
                bare.append(inBare || byte == newline ? byte : space)
            }
            index += count
        }

        private var newline: UInt8 { UInt8(ascii: "\n") }
        private var space: UInt8 { UInt8(ascii: " ") }
    }
}
