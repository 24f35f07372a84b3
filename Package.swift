// swift-tools-version: 6.2
import PackageDescription

// Every target is compiled alike: Swift 6, warnings are errors, imports are internal unless said otherwise.
let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

// The light loop: `RUXUE_TESTS=Enrollment,Tenancy swift test` compiles these suites and what they import, nothing else.
let chosenSuites = Context.environment["RUXUE_TESTS"]?.split(separator: ",").map(String.init)

func suite(
    _ name: String, _ dependencies: [Target.Dependency], resources: [Resource] = [], exclude: [String] = []
) -> [Target] {
    if let chosenSuites, !chosenSuites.contains(name) { return [] }
    return [
        .testTarget(
            name: "\(name)Tests", dependencies: dependencies, exclude: exclude, resources: resources,
            swiftSettings: settings)
    ]
}

let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")
let jwtKit: Target.Dependency = .product(name: "JWTKit", package: "jwt-kit")
// Already compiled for jwt-kit; the stand-in departments sign and encrypt with it, apart from the product's own code.
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "Ruxue",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "ruxue", targets: ["ruxue"]),
        .executable(name: "ruxue-measure", targets: ["Measurements"]),
    ],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: ["FullFoundation"]),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.1.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    ],
    targets: [
        .systemLibrary(
            name: "COpenSSL", path: "Sources/COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(
            name: "CCurl", path: "Sources/CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(
            name: "CPostgreSQL", path: "Sources/CPostgreSQL", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),

        .target(name: "Catchments", swiftSettings: settings),
        .target(name: "Protection", dependencies: ["COpenSSL"], swiftSettings: settings),
        .target(name: "Enrollment", dependencies: ["Catchments", "Protection"], swiftSettings: settings),
        .target(
            name: "Tenancy", dependencies: ["Enrollment", "Catchments", "Protection", yams], swiftSettings: settings),
        .target(name: "Storage", dependencies: ["Enrollment"], swiftSettings: settings),
        .target(name: "StorageDrivers", dependencies: ["Storage", "CPostgreSQL", grdb], swiftSettings: settings),
        .target(
            name: "Gateways", dependencies: ["Enrollment", "Protection", "CCurl", jwtKit], swiftSettings: settings),
        .target(
            name: "Services",
            dependencies: ["Storage", "Tenancy", "Enrollment", "Catchments", "Protection", logging],
            swiftSettings: settings),
        .target(
            name: "ServiceZone",
            dependencies: ["Services", "Tenancy", "Enrollment", "Catchments", hummingbird, mustache],
            resources: [.copy("Templates"), .copy("Assets"), .copy("Messages")],
            swiftSettings: settings),
        .target(
            name: "Sandbox",
            dependencies: [
                "Enrollment", "Catchments", "Tenancy", "Protection", hummingbird, jwtKit, crypto, cryptoExtras, logging,
            ],
            swiftSettings: settings),
        .target(
            name: "Assembly",
            dependencies: [
                "ServiceZone", "Sandbox", "Services", "Gateways", "StorageDrivers", "Storage", "Tenancy", "Enrollment",
                "Catchments", "Protection", lifecycle, signals, logging, hummingbird,
            ],
            swiftSettings: settings),
        .executableTarget(name: "ruxue", dependencies: ["Assembly", arguments], swiftSettings: settings),
        .executableTarget(
            name: "Measurements",
            dependencies: [
                "StorageDrivers", "Storage", "Services", "Tenancy", "Enrollment", "Catchments", "Protection", logging,
            ],
            path: "Tests/Measurements", swiftSettings: settings),
    ]
        + suite("Architecture", [])
        + suite("Catchments", ["Catchments"])
        + suite("Protection", ["Protection"])
        + suite("Enrollment", ["Enrollment"])
        + suite("Tenancy", ["Tenancy"])
        + suite("Storage", ["Storage", "StorageDrivers"])
        + suite("Gateways", ["Gateways"], exclude: ["Fixtures"])
        + suite(
            "Sandbox",
            ["Sandbox", "Tenancy", "Enrollment", "Catchments", hummingbird, jwtKit, crypto, cryptoExtras, logging],
            resources: [.copy("Fixtures")])
        + suite("Services", ["Services", "StorageDrivers"])
        + suite("ServiceZone", ["ServiceZone", "Assembly"], exclude: ["Snapshots"])
        + suite("System", ["Assembly", "Sandbox", "Gateways", "StorageDrivers", "Storage", "Enrollment"])
)
