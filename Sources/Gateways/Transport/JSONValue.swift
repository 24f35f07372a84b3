import Foundation

/// A JSON text as far as the gateways read one. Kinds are kept apart strictly: a number is never taken for a text.
enum JSONValue: Hashable, Sendable {
    case object([String: JSONValue])
    case list([JSONValue])
    case text(String)
    case number(Double)
    case bool(Bool)
    case null

    /// Reads a whole document; throws ``GatewayError/unreadable`` for anything that is not JSON in UTF-8.
    init(parsing bytes: [UInt8]) throws(GatewayError) {
        let parsed: Any
        do { parsed = try JSONSerialization.jsonObject(with: Data(bytes)) } catch { throw .unreadable }
        guard let value = Self(parsed) else { throw .unreadable }
        self = value
    }

    private init?(_ parsed: Any) {
        switch parsed {
        case let text as String: self = .text(text)
        case let members as [String: Any]:
            var object: [String: JSONValue] = [:]
            for (name, member) in members {
                guard let value = Self(member) else { return nil }
                object[name] = value
            }
            self = .object(object)
        case let elements as [Any]:
            var list: [JSONValue] = []
            for element in elements {
                guard let value = Self(element) else { return nil }
                list.append(value)
            }
            self = .list(list)
        case let number as NSNumber:
            // A boolean is an NSNumber too, told apart by its C type.
            self = String(cString: number.objCType) == "c" ? .bool(number.boolValue) : .number(number.doubleValue)
        case is NSNull: self = .null
        default: return nil
        }
    }

    subscript(_ name: String) -> JSONValue? {
        if case .object(let members) = self { return members[name] }
        return nil
    }

    var text: String? {
        if case .text(let text) = self { return text }
        return nil
    }

    /// A text, or a whole number in digits: codes and times come either way.
    var textOrNumber: String? {
        switch self {
        case .text(let text): text
        case .number(let number): Int64(exactly: number).map(String.init)
        default: nil
        }
    }

    var list: [JSONValue]? {
        if case .list(let list) = self { return list }
        return nil
    }

    /// The value at a dotted path of object members; nil where the path leads nowhere.
    func value(at path: String) -> JSONValue? {
        path.split(separator: ".").reduce(self as JSONValue?) { value, name in value?[String(name)] }
    }
}
