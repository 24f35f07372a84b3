import Foundation

/// Turns page models into dictionaries once, because Mustache reads dictionaries twice as fast as structs, and a nil
/// property has to be found as "nothing" instead of sending the look-up outward through enclosing scopes.
enum PageValues {
    static func dictionary(of subject: Any) -> [String: Any] {
        var values: [String: Any] = [:]
        for child in Mirror(reflecting: subject).children {
            guard let label = child.label else { continue }
            values[label] = value(child.value)
        }
        return values
    }

    private static func value(_ subject: Any) -> Any {
        switch subject {
        case let text as String: return text
        case let flag as Bool: return flag
        case let number as Int: return String(number)
        case let dictionary as [String: Any]: return dictionary.mapValues { value($0) }
        default: break
        }
        let mirror = Mirror(reflecting: subject)
        switch mirror.displayStyle {
        case .optional:
            guard let wrapped = mirror.children.first else { return NSNull() }
            return value(wrapped.value)
        case .collection: return mirror.children.map { value($0.value) }
        case .enum: return String(describing: subject)
        default: return dictionary(of: subject)
        }
    }
}
