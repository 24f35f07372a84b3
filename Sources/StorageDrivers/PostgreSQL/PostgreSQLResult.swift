import CPostgreSQL
import Foundation
import Storage

/// The answer to one statement, and its memory.
final class PostgreSQLResult {
    private let handle: OpaquePointer

    /// Takes over a `PGresult`.
    init(_ handle: OpaquePointer) { self.handle = handle }

    deinit { PQclear(handle) }

    /// `COMMIT`, `INSERT 0 1`.
    var tag: String { String(cString: PQcmdStatus(handle)) }

    /// The rows that the statement inserted, updated or deleted; 0 for any other statement.
    var changes: Int {
        let tag = tag
        guard ["INSERT", "UPDATE", "DELETE", "MERGE"].contains(where: tag.hasPrefix) else { return 0 }
        return Int(String(cString: PQcmdTuples(handle))) ?? 0
    }

    /// The types of a described statement's parameters.
    var parameterTypes: [UInt32] { (0..<PQnparams(handle)).map { PQparamtype(handle, $0) } }

    var columns: [String] { (0..<PQnfields(handle)).map { String(cString: PQfname(handle, $0)) } }

    /// The rows, all of them in binary. `columns` are the names, when they are known already.
    func rows(columns known: [String]?) throws(StorageError) -> [Row] {
        let width = PQnfields(handle)
        let columns = known?.count == Int(width) ? known ?? columns : columns
        let types = (0..<width).map { PQftype(handle, $0) }
        var rows: [Row] = []
        rows.reserveCapacity(Int(PQntuples(handle)))
        for row in 0..<PQntuples(handle) {
            var values: [SQLValue] = []
            values.reserveCapacity(Int(width))
            for column in 0..<width {
                guard PQgetisnull(handle, row, column) == 0, let start = PQgetvalue(handle, row, column) else {
                    values.append(.null)
                    continue
                }
                let bytes = UnsafeRawBufferPointer(start: start, count: Int(PQgetlength(handle, row, column)))
                guard let value = SQLValue(binary: bytes, type: types[Int(column)]) else {
                    throw .column(
                        name: columns[Int(column)], problem: "has PostgreSQL's type \(types[Int(column)]), unknown here"
                    )
                }
                values.append(value)
            }
            rows.append(Row(columns: columns, values: values))
        }
        return rows
    }
}

/// PostgreSQL's numbers for its own types, which never change.
enum PostgreSQLType {
    static let bool: UInt32 = 16
    static let bytea: UInt32 = 17
    static let int8: UInt32 = 20
    static let int2: UInt32 = 21
    static let int4: UInt32 = 23
    static let text: UInt32 = 25
    static let oid: UInt32 = 26
    static let float4: UInt32 = 700
    static let float8: UInt32 = 701
    static let numeric: UInt32 = 1700
    static let void: UInt32 = 2278
    /// `"char"`, name, text, json, unknown, char(n), varchar: all sent as their characters.
    static let texts: Set<UInt32> = [18, 19, 25, 114, 705, 1042, 1043]
}

extension SQLValue {
    /// Reads a value in binary; nil for a type that no column here has.
    init?(binary bytes: UnsafeRawBufferPointer, type: UInt32) {
        switch type {
        case PostgreSQLType.int8: self = .integer(bytes.number(Int64.self))
        case PostgreSQLType.int4: self = .integer(Int64(bytes.number(Int32.self)))
        case PostgreSQLType.int2: self = .integer(Int64(bytes.number(Int16.self)))
        case PostgreSQLType.oid: self = .integer(Int64(bytes.number(UInt32.self)))
        case PostgreSQLType.bool: self = .integer(bytes.number(UInt8.self) == 0 ? 0 : 1)
        case PostgreSQLType.float8: self = .real(Double(bitPattern: bytes.number(UInt64.self)))
        case PostgreSQLType.float4: self = .real(Double(Float(bitPattern: bytes.number(UInt32.self))))
        case PostgreSQLType.bytea: self = .blob([UInt8](bytes))
        case PostgreSQLType.numeric: self = Self.decimal(bytes)
        case PostgreSQLType.void: self = .null
        default:
            guard PostgreSQLType.texts.contains(type) else { return nil }
            self = .text(String(decoding: bytes, as: UTF8.self))
        }
    }

    /// A sum or an average: digits to base 10,000, the first of them 10,000 to the power of the weight.
    private static func decimal(_ bytes: UnsafeRawBufferPointer) -> SQLValue {
        let (count, weight, sign) = (
            bytes.number(Int16.self), bytes.number(Int16.self, at: 2), bytes.number(UInt16.self, at: 4)
        )
        switch sign {
        case 0xC000: return .real(.nan)
        case 0xD000: return .real(.infinity)
        case 0xF000: return .real(-.infinity)
        default: break
        }
        let digits = (0..<Int(count)).map { Int64(bytes.number(Int16.self, at: 8 + 2 * $0)) }
        // Trailing zeros are not stored, so digits beyond the weight are a fraction.
        if digits.count <= Int(weight) + 1,
            let whole = whole(digits, places: Int(weight) + 1, isNegative: sign == 0x4000)
        {
            return .integer(whole)
        }
        var value = 0.0
        for digit in digits { value = value * 10_000 + Double(digit) }
        value *= pow(10_000, Double(Int(weight) + 1 - digits.count))
        return .real(sign == 0x4000 ? -value : value)
    }

    private static func whole(_ digits: [Int64], places: Int, isNegative: Bool) -> Int64? {
        var value: Int64 = 0
        for place in 0..<places {
            let digit = place < digits.count ? digits[place] : 0
            let (product, over) = value.multipliedReportingOverflow(by: 10_000)
            // Counted downwards: the lowest number has no positive twin.
            let (sum, overflow) = product.subtractingReportingOverflow(digit)
            if over || overflow { return nil }
            value = sum
        }
        if isNegative { return value }
        return value == .min ? nil : -value
    }
}

extension UnsafeRawBufferPointer {
    /// A number in network order; 0 where the bytes do not reach.
    fileprivate func number<Number: FixedWidthInteger>(_ type: Number.Type, at offset: Int = 0) -> Number {
        guard offset + MemoryLayout<Number>.size <= count else { return 0 }
        return Number(bigEndian: loadUnaligned(fromByteOffset: offset, as: Number.self))
    }
}
