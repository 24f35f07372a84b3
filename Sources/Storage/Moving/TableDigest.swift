/// What tells two tables apart: how many rows there are, and the sum of their hashes, so that order plays no part.
public struct TableDigest: Hashable, Sendable {
    public private(set) var rows = 0
    /// A sum modulo 2^256, lowest first.
    private var sum: [UInt64] = [0, 0, 0, 0]
    private let hash: @Sendable ([UInt8]) -> [UInt8]

    /// - Parameter hash: a cryptographic hash of 32 bytes; Storage has none of its own.
    public init(hash: @escaping @Sendable ([UInt8]) -> [UInt8]) { self.hash = hash }

    /// Reads a whole table.
    /// - Parameter progress: is told how many rows each page had.
    public static func of(
        _ table: TableShape, in source: any Reading, hash: @escaping @Sendable ([UInt8]) -> [UInt8],
        progress: (Int) -> Void = { _ in }
    ) throws -> TableDigest {
        var digest = TableDigest(hash: hash)
        try table.eachPage(of: source) { page in
            for row in page { digest.add(row) }
            progress(page.count)
        }
        return digest
    }

    /// Takes in a row: each value by its kind, its length and its bytes, so that no two rows look alike.
    public mutating func add(_ row: [SQLValue]) {
        rows += 1
        var bytes: [UInt8] = []
        func put(_ kind: UInt8, _ value: some Collection<UInt8>) {
            bytes.append(kind)
            withUnsafeBytes(of: UInt64(value.count).bigEndian) { bytes.append(contentsOf: $0) }
            bytes.append(contentsOf: value)
        }
        for value in row {
            switch value {
            case .null: put(0, [])
            case .integer(let number): withUnsafeBytes(of: number.bigEndian) { put(1, Array($0)) }
            case .text(let text): put(2, text.utf8)
            case .blob(let blob): put(3, blob)
            case .real(let number): withUnsafeBytes(of: number.bitPattern.bigEndian) { put(4, Array($0)) }
            }
        }
        let words = Self.words(hash(bytes))
        var carry: UInt64 = 0
        for place in sum.indices {
            let (first, over) = sum[place].addingReportingOverflow(words[place])
            let (second, more) = first.addingReportingOverflow(carry)
            sum[place] = second
            carry = over || more ? 1 : 0
        }
    }

    /// In hexadecimal, highest first.
    public var text: String {
        sum.reversed().map { word in
            let digits = String(word, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    public static func == (left: Self, right: Self) -> Bool { left.rows == right.rows && left.sum == right.sum }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(rows)
        hasher.combine(sum)
    }

    private static func words(_ bytes: [UInt8]) -> [UInt64] {
        precondition(bytes.count == 32, "the hash has 32 bytes")
        return (0..<4).map { word in
            bytes[(word * 8)..<(word * 8 + 8)].reduce(0) { $0 << 8 | UInt64($1) }
        }
    }
}
