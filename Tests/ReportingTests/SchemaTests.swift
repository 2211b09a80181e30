import Audit
import Foundation
import Reporting
import Testing

/// The written outputs obey their schemas; python3-jsonschema judges.
@Suite(.enabled(if: Validator.isWanted, "python3-jsonschema is not installed")) struct SchemaTests {
  @Test(arguments: Samples.named.map(\.name)) func findings(sample: String) throws {
    try validate(
      FindingsJSON.self, sample, against: Validator.checkout.appending(path: "docs/schemas/findings.schema.json"))
  }

  @Test func explainedFindings() throws {
    let bytes = try FindingsJSON.render(Samples.explained, options: RenderOptions())
    let schema = Validator.checkout.appending(path: "docs/schemas/findings.schema.json")
    #expect(try Validator.complaints(about: bytes, schema: schema) == "")
  }

  @Test(arguments: Samples.named.map(\.name)) func coverage(sample: String) throws {
    try validate(
      CoverageJSON.self, sample, against: Validator.checkout.appending(path: "docs/schemas/coverage.schema.json"))
  }

  @Test func baselines() throws {
    let bytes = try BaselineFile.bytes(
      of: Baseline(key: "2b8f804fad08d17f").adding(Samples.fail.findings))
    let schema = Validator.checkout.appending(path: "docs/schemas/baseline.schema.json")
    #expect(try Validator.complaints(about: bytes, schema: schema) == "")
    let broken = String(decoding: bytes, as: UTF8.self).replacingOccurrences(of: "exposure", with: "content")
    #expect(try Validator.complaints(about: Array(broken.utf8), schema: schema) != "")
  }

  @Test(
    .enabled(if: Validator.sarifSchema != nil, "no sarif-2.1.0.json in SIGILO_SHARED"),
    arguments: Samples.named.map(\.name))
  func sarif(sample: String) throws {
    try validate(SARIF.self, sample, against: #require(Validator.sarifSchema))
  }

  /// A validator that accepts anything would prove nothing.
  @Test func refusesAnUnknownKey() throws {
    let schema = Validator.checkout.appending(path: "docs/schemas/coverage.schema.json")
    let bytes = try CoverageJSON.render(Samples.pass, options: RenderOptions())
    let broken = String(decoding: bytes, as: UTF8.self).replacingOccurrences(of: "\"complete\"", with: "\"completed\"")
    #expect(try Validator.complaints(about: Array(broken.utf8), schema: schema) != "")
  }

  private func validate(_ renderer: any Renderer.Type, _ sample: String, against schema: URL) throws {
    let report = try #require(Samples.named.first { $0.name == sample }).report
    let bytes = try renderer.render(report, options: RenderOptions())
    #expect(try Validator.complaints(about: bytes, schema: schema) == "")
  }
}

/// python3 with jsonschema, and where the schemas are.
enum Validator {
  static let checkout = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  private static let environment = ProcessInfo.processInfo.environment

  /// Where it is required, a missing validator fails the tests instead of skipping them.
  static let isWanted =
    (environment["SIGILO_REQUIRE"] ?? "").split(separator: ",").contains("jsonschema")
    || (try? run(["-c", "import jsonschema"]))?.status == 0

  /// The OASIS schema, which is not part of the project.
  static let sarifSchema: URL? = {
    let folder =
      environment["SIGILO_SHARED"].map { URL(filePath: $0) }
      ?? checkout.deletingLastPathComponent().appending(path: "shared")
    let file = folder.appending(path: "schemas/sarif-2.1.0.json")
    return FileManager.default.fileExists(atPath: file.path) ? file : nil
  }()

  /// What is wrong with a document; empty where nothing is.
  static func complaints(about document: [UInt8], schema: URL) throws -> String {
    let file = FileManager.default.temporaryDirectory.appending(path: "sigilo-\(UUID().uuidString).json")
    try Data(document).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let script = """
      import json, sys, jsonschema
      schema, document = (json.load(open(path)) for path in sys.argv[1:])
      kind = jsonschema.validators.validator_for(schema)
      kind.check_schema(schema)
      for error in kind(schema, format_checker=jsonschema.FormatChecker()).iter_errors(document):
          print(error.json_path, error.message[:200])
      """
    let result = try run(["-c", script, schema.path, file.path])
    return result.status == 0 ? result.output : "exit \(result.status)\n\(result.output)"
  }

  private static func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/python3")
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}
