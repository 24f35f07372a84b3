import Testing

/// What one target may import, and why not more: a row of the table "Targets" in the design.
struct TargetRow: Sendable, CustomTestStringConvertible {
    let name: String
    /// Targets of this package.
    let targets: Set<String>
    /// Modules from outside.
    let modules: Set<String>
    /// Completes the sentence "may not import X because …".
    let because: String

    var testDescription: String { name }

    private init(_ name: String, _ targets: Set<String>, _ modules: Set<String> = [], because: String) {
        self.name = name
        self.targets = targets
        self.modules = modules
        self.because = because
    }

    /// Whether this target's sources may import a module; Foundation is everybody's.
    func allows(_ module: String) -> Bool {
        module == "Foundation" || targets.contains(module) || modules.contains(module)
    }

    /// The modules that Hummingbird's own interface is made of.
    private static let hummingbird: Set<String> = [
        "Hummingbird", "HummingbirdCore", "HTTPTypes", "NIOCore", "ServiceLifecycle", "UnixSignals",
    ]
    /// Wraps C, so that it locks, calls the C library and runs threads of its own.
    private static let wrapsC: Set<String> = ["Glibc", "Synchronization", "Dispatch"]

    static let all: [TargetRow] = [
        TargetRow(
            "ruxue", ["Assembly"], ["ArgumentParser", "Synchronization"],
            because: "the command line only names what Assembly puts together"),
        TargetRow(
            "Assembly",
            [
                "ServiceZone", "Sandbox", "Services", "Gateways", "StorageDrivers", "Storage", "Tenancy", "Enrollment",
                "Catchments", "Protection",
            ],
            hummingbird.union(wrapsC).union(["Logging"]),
            because: "the composition root knows our targets, the server and its life cycle, never a driver's library"),
        TargetRow(
            "ServiceZone", ["Services", "Tenancy", "Enrollment", "Catchments"],
            hummingbird.union(["Mustache", "Logging", "Synchronization"]),
            because: "pages ask use cases: they see neither SQL nor keys nor departments"),
        TargetRow(
            "Sandbox", ["Enrollment", "Catchments", "Tenancy", "Protection"],
            hummingbird.union(["JWTKit", "Crypto", "CryptoExtras", "Logging", "Synchronization"]),
            because:
                "the stand-ins must prove the product from outside: they share no signing code and call no use case"),
        TargetRow(
            "Services", ["Storage", "Tenancy", "Enrollment", "Catchments", "Protection"],
            ["Logging", "Synchronization"],
            because: "a use case knows ports and repositories, neither HTTP nor a driver; live ones are handed to it"),
        TargetRow(
            "Gateways", ["Enrollment", "Protection"], wrapsC.union(["CCurl", "JWTKit", "Logging"]),
            because: "a gateway answers a port of Enrollment over curl and knows neither storage nor pages"),
        TargetRow(
            "StorageDrivers", ["Storage"], wrapsC.union(["GRDB", "CPostgreSQL"]),
            because: "a driver runs SQL and knows nothing of schools; a replacement must need nothing else"),
        TargetRow(
            "Storage", ["Enrollment"],
            because: "repositories exist once for every driver and see sealed bytes only, so no driver and no keys"),
        TargetRow(
            "Tenancy", ["Enrollment", "Catchments", "Protection"], ["Yams"],
            because: "counties are data read from files: no server, storage or department takes part"),
        TargetRow(
            "Enrollment", ["Catchments", "Protection"],
            because: "the law is pure values: a decision must be reproducible anywhere, without the outside"),
        TargetRow(
            "Catchments", [],
            because: "addresses and geometry are pure and stand alone, so that one engine serves every use"),
        TargetRow(
            "Protection", [], ["COpenSSL", "Glibc"],
            because: "sealing is small enough to audit: it knows bytes and keys, nothing of the product"),
    ]

    static func named(_ name: String) -> TargetRow? { all.first { $0.name == name } }

    /// Modules with a reason of their own to stay away, wherever they are forbidden.
    static let reasons: [String: String] = [
        "FoundationNetworking":
            "URLSession hides the connection, its deadlines and its errors; outgoing calls go through Gateways' curl",
        "FoundationEssentials": "the package links the whole Foundation once; two spellings of one module confuse",
        "GRDB": "SQLite is spoken in StorageDrivers only, so that PostgreSQL can take its place",
        "CPostgreSQL": "PostgreSQL is spoken in StorageDrivers only",
        "CCurl": "outgoing calls are made in Gateways only, on curl's own thread",
        "COpenSSL": "cryptography is called in Protection only, where it is audited",
        "Glibc": "C calls that can block or corrupt stay in the targets that wrap C",
        "Dispatch": "concurrency is structured; threads of one's own belong to the targets that wrap C",
    ]
}
