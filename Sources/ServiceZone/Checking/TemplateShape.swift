import Foundation

/// What a value is made of, learnt from samples.
indirect enum TemplateShape: Equatable {
    case text
    case flag
    case list(TemplateShape)
    case group([String: TemplateShape])
    /// No sample fills it.
    case nothing

    /// The shape of a value as ``PageValues`` makes it.
    init(_ value: Any) {
        switch value {
        case is NSNull: self = .nothing
        case is Bool: self = .flag
        case let list as [Any]: self = .list(list.map { TemplateShape($0) }.reduce(.nothing) { $0.merged(with: $1) })
        case let group as [String: Any]: self = .group(group.mapValues { TemplateShape($0) })
        default: self = .text
        }
    }

    /// Both samples taken together.
    func merged(with other: TemplateShape) -> TemplateShape {
        switch (self, other) {
        case (.nothing, let shape), (let shape, .nothing): shape
        case (.list(let left), .list(let right)): .list(left.merged(with: right))
        case (.group(let left), .group(let right)): .group(left.merging(right) { $0.merged(with: $1) })
        default: self
        }
    }
}
