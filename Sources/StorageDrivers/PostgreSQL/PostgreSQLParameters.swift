import Storage

/// The values of one statement as they go over the wire: in binary, each as the type that the server worked out for its
/// place. (A NULL has no type of its own, and one text may come once with NULL and once with a value.)
struct PostgreSQLParameters {
    /// All values, one after the other; never empty, so that an empty value has an address too.
    private var bytes: [UInt8] = [0]
    /// Where each value lies; nil for NULL.
    private var places: [Range<Int>?] = []
    /// 1 for binary, 0 for text.
    private var formats: [Int32] = []

    var size: Int { bytes.count }

    init() {}

    /// Throws `violation` when a value cannot be what its place asks for, `text` for U+0000.
    init(_ values: [SQLValue], types: [UInt32]) throws(StorageError) {
        guard values.count == types.count else {
            throw .statement(message: "\(types.count) parameters, but \(values.count) values; is a bind in quotes?")
        }
        // The count has sixteen bits on the wire.
        guard values.count <= Int(UInt16.max) else {
            throw .statement(message: "more than 65,535 binds in a statement")
        }
        for (index, value) in values.enumerated() { try append(value, type: types[index], number: index + 1) }
    }

    /// Appends a column as an array. Throws `violation` when a value is not of the kind.
    mutating func append(_ column: Int, of rows: ArraySlice<[SQLValue]>, kind: RowBatch.Kind) throws(StorageError) {
        let start = bytes.count
        let type =
            switch kind {
            case .integer: PostgreSQLType.int8
            case .text: PostgreSQLType.text
            case .blob: PostgreSQLType.bytea
            }
        put(Int32(1))
        put(Int32(rows.contains { $0[column] == .null } ? 1 : 0))
        put(type)
        put(Int32(rows.count))
        put(Int32(1))
        for row in rows {
            let length = bytes.count
            put(Int32(-1))
            switch (row[column], kind) {
            case (.null, _): continue
            case (.integer(let number), .integer): put(number)
            case (.text(let text), .text): try put(text)
            case (.blob(let blob), .blob): bytes.append(contentsOf: blob)
            default: throw .violation(constraint: "a value of another kind than its column in a batch of rows")
            }
            let count = Int32(bytes.count - length - 4).bigEndian
            withUnsafeBytes(of: count) { bytes.replaceSubrange(length..<(length + 4), with: $0) }
        }
        place(from: start, format: 1)
    }

    private mutating func append(_ value: SQLValue, type: UInt32, number: Int) throws(StorageError) {
        let start = bytes.count
        switch (value, type) {
        case (.null, _):
            places.append(nil)
            formats.append(1)
            return
        case (.integer(let number), PostgreSQLType.int8): put(number)
        case (.integer(let number), PostgreSQLType.int4): put(try fitting(number, Int32.self))
        case (.integer(let number), PostgreSQLType.int2): put(try fitting(number, Int16.self))
        case (.integer(let number), PostgreSQLType.oid): put(try fitting(number, UInt32.self))
        case (.integer(let number), PostgreSQLType.bool): put(UInt8(number == 0 ? 0 : 1))
        case (.integer(let number), PostgreSQLType.float8): put(Double(number).bitPattern)
        case (.real(let number), PostgreSQLType.float8): put(number.bitPattern)
        case (.real(let number), PostgreSQLType.float4): put(Float(number).bitPattern)
        case (.integer(let number), PostgreSQLType.numeric): try place(text: "\(number)")
        case (.real(let number), PostgreSQLType.numeric): try place(text: "\(number)")
        case (.blob(let blob), PostgreSQLType.bytea): bytes.append(contentsOf: blob)
        case (.text(let text), _) where PostgreSQLType.texts.contains(type): try put(text)
        default: throw .violation(constraint: "bind \(number) is of another type than its place")
        }
        // Numerals have placed themselves.
        if places.count < number { place(from: start, format: 1) }
    }

    private func fitting<Number: FixedWidthInteger>(
        _ number: Int64, _ type: Number.Type
    ) throws(StorageError) -> Number {
        guard let fitting = Number(exactly: number) else {
            throw .violation(constraint: "a whole number too large for its place")
        }
        return fitting
    }

    private mutating func put<Number: FixedWidthInteger>(_ number: Number) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }

    private mutating func put(_ text: String) throws(StorageError) {
        guard !text.utf8.contains(0) else { throw .text }
        bytes.append(contentsOf: text.utf8)
    }

    private mutating func place(text: String) throws(StorageError) {
        let start = bytes.count
        try put(text)
        place(from: start, format: 0)
        // libpq finds the end of a value in text by its NUL.
        bytes.append(0)
    }

    private mutating func place(from start: Int, format: Int32) {
        places.append(start..<bytes.count)
        formats.append(format)
    }

    /// Lends what libpq asks for: count, values, lengths, formats.
    func withPointers<Result>(
        _ body: (Int32, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?) -> Result
    ) -> Result {
        bytes.withUnsafeBytes { buffer in
            let base = buffer.bindMemory(to: CChar.self).baseAddress
            let values = places.map { place in place.flatMap { range in base.map { $0 + range.lowerBound } } }
            let lengths = places.map { Int32($0?.count ?? 0) }
            return body(Int32(places.count), values, lengths, formats)
        }
    }
}
