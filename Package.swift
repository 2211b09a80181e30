// swift-tools-version: 6.2
import Foundation
import PackageDescription

/// Every target of the house is built with the same settings. `SIGILO_WERROR` turns warnings into errors, as CI does;
/// it is a switch so that a newer compiler's new warning never stops someone who only wants to run Sigilo.
let settings: [SwiftSetting] =
  [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
  ]
  + (ProcessInfo.processInfo.environment["SIGILO_WERROR"] == nil ? [] : [.treatAllWarnings(as: .error)])

/// `SIGILO_FUZZ` adds libFuzzer's harness and its probes in what reads every byte; see `make fuzz`.
let isFuzzing = ProcessInfo.processInfo.environment["SIGILO_FUZZ"] != nil

/// What reads every byte is optimised in debug builds too: the tests judge tens of megabytes of other people's logs, which takes
/// a minute so and ten without. Preconditions and overflow checks stay.
/// In release no access is checked at run time for another one to the same variable; that debug builds check, so that the tests
/// see it.
let hot =
  settings
  + [
    .unsafeFlags(["-O"], .when(configuration: .debug)),
    .unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release)),
  ]
  + (isFuzzing ? [.unsafeFlags(["-sanitize=fuzzer"])] : [])

func room(_ name: String, _ dependencies: [Target.Dependency] = [], _ settings: [SwiftSetting] = settings) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = [], exclude: [String] = []) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: [.byName(name: name)] + dependencies, exclude: exclude, swiftSettings: settings)
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let flyingFox = Target.Dependency.product(name: "FlyingFox", package: "FlyingFox")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
  name: "sigilo",
  products: [.executable(name: "sigilo", targets: ["sigilo"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", exact: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/swhitty/FlyingFox", exact: "0.27.1"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", exact: "1.0.2"),
  ],
  // In the order of the arrows: a target depends only on targets above it.
  targets: [
    room("Vocabulary"),
    .systemLibrary(
      name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    room("Patterns", ["CPCRE2"], hot),
    room("Expressions", ["Patterns"], hot),
    room("Compression", ["CZlib", "CZstd"], hot),
    .target(name: "CLanguageTable", exclude: ["language-table.bin"]),
    room("Detection", ["CLanguageTable", "Compression", "Patterns", "Vocabulary"], hot),
    room("Labelled", ["Vocabulary"]),
    room("Syntax", ["Expressions", "Vocabulary", yams]),
    room("Templates", ["Expressions", "Syntax", "Vocabulary", crypto], hot),
    room("Pipelines", ["Expressions", "Syntax", "Templates", "Vocabulary", crypto], hot),
    room("Fleet", ["Vocabulary", "Syntax"]),
    room("Launch", ["Syntax"], hot),
    room("Contracts", ["Expressions", "Fleet", "Launch", "Syntax", "Vocabulary"], hot),
    room("Flow", ["Contracts", "Expressions", "Launch", "Pipelines", "Syntax", "Templates", "Vocabulary"]),
    room("Policy", ["Contracts", "Detection", "Patterns", "Pipelines", "Syntax", "Vocabulary", crypto]),
    room("Transport", ["CCurl", "Vocabulary"]),
    room("Sinks", ["Compression", "Syntax", "Transport", "Vocabulary"]),
    room("Engines", ["Transport", "Vocabulary", subprocess]),
    room("Audit", ["Contracts", "Detection", "Fleet", "Pipelines", "Policy", "Sinks", "Syntax", "Vocabulary", crypto]),
    room("Platform", ["Fleet", "Syntax", "Vocabulary", crypto, flyingFox]),
    room("Exercise", ["Engines", "Fleet", "Platform", "Sinks", "Syntax", "Transport", "Vocabulary", flyingFox]),
    room("ConfigBundle", ["Contracts", "Engines", "Fleet", "Flow", "Syntax", "Vocabulary", crypto]),
    room("Reporting", ["Vocabulary", mustache]),
    room(
      "Jobs",
      [
        "Audit", "ConfigBundle", "Contracts", "Detection", "Engines", "Exercise", "Fleet", "Flow", "Labelled",
        "Pipelines", "Platform", "Policy", "Reporting", "Sinks", "Syntax", "Transport", "Vocabulary", crypto,
      ]),
    .executableTarget(
      name: "sigilo", dependencies: ["Jobs", "Reporting", "Vocabulary", argumentParser], swiftSettings: settings),
    .executableTarget(
      name: "language-trainer", dependencies: ["Detection", "Labelled", "Vocabulary", argumentParser],
      swiftSettings: settings),

    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: settings),
    .target(
      name: "EngineSupport", dependencies: ["Engines", "Syntax", "Transport"], path: "Tests/EngineSupport",
      swiftSettings: settings),
    tests("Vocabulary"),
    tests("Patterns"),
    tests("Expressions", ["TestSupport"], exclude: ["Oracle"]),
    tests("Compression"),
    tests("Detection", ["TestSupport", "CPCRE2", "Patterns", "Policy"]),
    tests("Syntax", ["TestSupport", "Engines", "EngineSupport", "Transport", "Vocabulary"]),
    tests(
      "Templates", ["EngineSupport", "Expressions", "Engines", "Syntax", "TestSupport", "Transport", "Vocabulary"]),
    tests("Pipelines", ["TestSupport", "Expressions", "Syntax", "Vocabulary"]),
    tests("Fleet"),
    tests("Launch"),
    tests("Contracts", ["EngineSupport", "Expressions", "Fleet", "Pipelines", "Policy", "Syntax", "Vocabulary"]),
    tests("Flow", ["Contracts", "EngineSupport", "Engines", "Policy", "Syntax", "TestSupport", "Vocabulary"]),
    tests("Policy"),
    tests("Transport", [flyingFox]),
    tests("Sinks", ["TestSupport", "CZlib", "CZstd", flyingFox]),
    tests("Engines", ["Transport", "Vocabulary"]),
    tests(
      "Audit",
      [
        "CZlib", "Contracts", "Detection", "Expressions", "Fleet", "Pipelines", "Platform", "Policy", "Sinks", "Syntax",
        "Vocabulary",
      ]),
    tests("Platform", ["Transport"]),
    tests("Exercise", ["ConfigBundle", "Engines", "Fleet", "Flow", "Platform", "Policy", "Syntax", "Vocabulary"]),
    tests(
      "ConfigBundle",
      [
        "Contracts", "Engines", "Expressions", "Fleet", "Flow", "Pipelines", "Policy", "Syntax", "Templates",
        "Vocabulary",
      ]),
    tests("Reporting", ["Audit", "Vocabulary"], exclude: ["Snapshots"]),
    .testTarget(
      name: "LanguageTrainerTests", dependencies: ["Detection", "Labelled", "Vocabulary", "language-trainer"],
      swiftSettings: settings),
    tests("Jobs", ["Audit", "ConfigBundle", "Flow", "Platform", "Reporting", "Sinks", "Vocabulary"]),
    .testTarget(
      name: "EndToEndTests", dependencies: ["sigilo", "Audit", "Jobs", "Platform", flyingFox, subprocess],
      swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)

if isFuzzing {
  package.targets += [
    .systemLibrary(name: "CLibFuzzer", path: "Fuzzing/CLibFuzzer"),
    .executableTarget(
      name: "fuzz", dependencies: ["CLibFuzzer", "Detection", "Policy", "Vocabulary"], path: "Fuzzing/Judge",
      swiftSettings: settings, linkerSettings: [.unsafeFlags(["-sanitize=fuzzer"])]),
  ]
}
