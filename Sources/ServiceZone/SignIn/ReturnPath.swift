/// A path of this portal to which a browser may be sent back: never another site.
struct ReturnPath: Equatable, Sendable {
    static let family = ReturnPath("/family")

    let value: String

    /// Anything that is not a plain path of this portal becomes `fallback`.
    init(_ text: String, fallback: String = "/") {
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "_"),
                UInt8(ascii: "."):
                true
            default: false
            }
        }
        let leads = text.hasPrefix("/") && !text.hasPrefix("//") && !text.contains("..") && text.utf8.count <= 200
        value = isPlain && leads ? text : fallback
    }
}
