import Foundation

/// Styles, scripts and pictures, held in memory under addresses that change with their content.
struct AssetStore: Sendable {
    struct Asset: Sendable {
        let bytes: [UInt8]
        let mediaType: String
    }

    /// By file name in the address: `live.3f2a….js`.
    private let served: [String: Asset]
    private let names: [String: String]

    /// Files of `Assets/`; the style sheets under `styles/` become one.
    init(directory: URL) throws {
        var files: [String: [UInt8]] = [:]
        let entries = try FileManager.default.contentsOfDirectory(at: directory, includingPropertiesForKeys: nil)
        for entry in entries where !entry.hasDirectoryPath {
            files[entry.lastPathComponent] = [UInt8](try Data(contentsOf: entry))
        }
        let styles = try FileManager.default.contentsOfDirectory(
            at: directory.appendingPathComponent("styles"), includingPropertiesForKeys: nil)
        files[Self.style] = try styles.sorted { $0.lastPathComponent < $1.lastPathComponent }
            .reduce(into: []) { $0 += [UInt8](try Data(contentsOf: $1)) + [0x0A] }
        self.init(files: files)
    }

    init(files: [String: [UInt8]]) {
        var served: [String: Asset] = [:]
        var names: [String: String] = [:]
        for (name, bytes) in files {
            let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
            guard parts.count == 2, let mediaType = Self.mediaTypes[parts[1]] else { continue }
            let address = "\(parts[0]).\(Self.fingerprint(bytes)).\(parts[1])"
            served[address] = Asset(bytes: bytes, mediaType: mediaType)
            names[name] = address
        }
        self.served = served
        self.names = names
    }

    func asset(_ fileName: String) -> Asset? { served[fileName] }

    func address(of name: String) -> String { "/assets/" + (names[name] ?? name) }

    var styleAddress: String { address(of: Self.style) }

    private static let style = "style.css"
    private static let mediaTypes = [
        "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
    ]

    /// FNV-1a, 64 bits (draft-eastlake-fnv): tells versions of a file apart, protects nothing.
    private static func fingerprint(_ bytes: [UInt8]) -> String {
        let hash = bytes.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return String(hash, radix: 16)
    }
}
