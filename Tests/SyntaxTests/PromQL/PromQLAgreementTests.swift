import EngineSupport
import Engines
import Foundation
import Syntax
import TestSupport
import Testing

/// Held to the real Prometheus: `promtool check rules` says which expressions are valid at its version.
///
/// `SIGILO_MUTANTS` sets how many damaged expressions are tried.
@Suite(.enabled(if: Program.isWanted(.promtool), "promtool is not installed"))
struct PromQLAgreementTests {
  private let options: PromQLOptions

  init() throws { options = PromQLOptions(version: try Promtool.version(), features: []) }

  private func disagreements(_ texts: [String]) throws -> [Int] {
    let refused = try Promtool.refused(texts)
    return texts.indices.filter {
      refused.contains($0) != ((try? PromQLExpression.parse(texts[$0], options: options)) == nil)
    }
  }

  @Test(
    .enabled(if: Shared.isThere, "no evaluation data beside the checkout"),
    arguments: ["rules", "scripts", "dashboards", "filled dashboards"])
  func corpora(kind: String) throws {
    let items =
      switch kind {
      case "rules": PromQLCorpus.rules
      case "scripts": PromQLCorpus.scripts
      default: PromQLCorpus.dashboards
      }
    try #require(items.count > 900)
    let texts = items.map { kind == "filled dashboards" ? PromQLCorpus.filled($0.text) : $0.text }
    #expect(try disagreements(texts).map { "\(items[$0].file), expression \($0)" } == [])
  }

  /// What Grafana's dialect refuses, Prometheus refuses whatever the variables stand for.
  @Test(.enabled(if: Shared.isThere, "no evaluation data beside the checkout"))
  func whatIsRefusedOfDashboardsIsInvalid() throws {
    let refused = PromQLCorpus.dashboards.filter { (try? PromQLExpression.parse($0.text, options: .grafana)) == nil }
    try #require(refused.count < PromQLCorpus.dashboards.count / 50)
    for value in ["5m", "x", "5"] {
      let texts = refused.map { PromQLCorpus.filled($0.text, by: value) }
      #expect(try Promtool.refused(texts).count == refused.count, "\(value)")
    }
  }

  @Test(.enabled(if: Shared.isThere, "no evaluation data beside the checkout"))
  func damagedExpressions() throws {
    let count = ProcessInfo.processInfo.environment["SIGILO_MUTANTS"].flatMap { Int($0) } ?? 500
    let texts =
      (PromQLCorpus.rules + PromQLCorpus.scripts).map(\.text)
      + PromQLCorpus.dashboards.map { PromQLCorpus.filled($0.text) }
    let short = texts.filter { $0.utf8.count < 150 }
    var random = SeededGenerator(42)
    let mutants = (0..<count).map { _ in random.mutant(of: short.randomElement(using: &random)!, among: short) }
    #expect(try disagreements(mutants) == [])
    let valid = mutants.filter { (try? PromQLExpression.parse($0, options: options)) != nil }
    #expect(valid.count > count / 10 && valid.count < count * 9 / 10)
  }

  /// Numbers, brackets, modifiers, selectors, words of the language as names, strings, operators, calls, comments.
  @Test func corners() throws {
    let texts = [
      "1_000", "0x1F", "0x1.8", "017", "089", "1e400", "1e-400", "5.", ".5", "0xFFFFFFFFFFFFFFFF",
      "a[5m x]", "a[5m:x]", "a[5mx]", "a[ 5m ]", "a[5]", "a[0s]", "a[1h1y]", "a[300y]", "a[5m:]",
      "a @ start()[5m]", "a @ 5[5m]", "a offset 5m[5m]", "a offset 5m[5m:]", "a offset -5m", "a offset +5m",
      "a offset 5m offset 5m", "a @ 1e18", "a @ 1e19", "a @ -Inf", "-a offset 5m", "sum(a) offset 5m",
      "{a=~\"(?i)x|\"}", "{a=~\"a)(b\"}", "{a=~\"\\\\C\"}", "{a!=\"\"}", "{a!~\"\"}", "{}", "{a=\"x\",}", "{,}",
      "{\"a\"}", "a{__name__=\"b\"}", "{__name__=\"\"}", "sum by (a:b) (x)", "sum by (without) (x)",
      "sum by (bool) (x)",
      "on", "bool", "atan2", "sum", "by", "and and and", "inf{a=\"b\"}", "offset offset 5m", "start", "start()",
      "'a\\'b'", "'a\\\"b'", "\"\\400\"", "\"\\ud800\"", "`a\n`", "\"a\nb\"", "\"\u{FFFD}\"", "\"é\"", "é",
      "1 == 1", "1 == bool 1", "a + bool b", "a and 1", "a and on() group_left b", "a + on(x) group_left(x) b",
      "1 + on() 2", "1 + on(a) 2", "a + on(x) group_left (y)", "-\"a\"", "-a[5m]", "\"a\" + 1", "a[5m] + 1",
      "topk(a)", "topk(1, a)", "topk(a, a)", "count_values(1, a)", "sum(1)", "sum(a) by (b) without (c)",
      "round(a, 1, 1)", "label_join(a, \"b\", \"c\")", "rate(a)", "rate(a[5m:])", "abs(a,)", "ABS(a)", "info(a)",
      "# only a comment", "", " ", "a # b\r+ c", "a\u{0B}",
    ]
    #expect(try disagreements(texts).map { texts[$0] } == [])
  }
}

private enum Promtool {
  static func version() throws -> PromQLVersion {
    let words = try run(["--version"]).out.split(separator: " ")
    let numbers = try #require(words.dropFirst(2).first).split(separator: ".").compactMap { Int($0) }
    try #require(numbers.count > 1)
    return PromQLVersion(numbers[0], numbers[1])
  }

  /// The places of the texts that it takes for no expression.
  static func refused(_ texts: [String]) throws -> Set<Int> {
    var yaml = "groups:\n- name: g\n  rules:\n"
    for (index, text) in texts.enumerated() { yaml += "  - record: r\(index)\n    expr: \(quoted(text))\n" }
    let file = FileManager.default.temporaryDirectory.appending(path: "sigilo-rules-\(UUID().uuidString).yml")
    try Data(yaml.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let answer = try run(["check", "rules", "--lint=none", file.path])
    var refused: Set<Int> = []
    for line in (answer.out + answer.error).split(separator: "\n") {
      guard let match = line.firstMatch(of: /group "g", rule ([0-9]+), "r([0-9]+)":/),
        let rule = Int(match.output.1), Int(match.output.2) == rule - 1
      else { continue }
      refused.insert(rule - 1)
    }
    // Whether the whole was read at all.
    try #require(answer.status == 0 || !refused.isEmpty)
    return refused
  }

  /// A double-quoted scalar of YAML, with all but ASCII by number.
  private static func quoted(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "\"") { out, scalar in
      switch scalar {
      case "\"", "\\": out += "\\\(scalar)"
      case " "..."~": out.unicodeScalars.append(scalar)
      default: out += "\\U" + String(String(UInt64(scalar.value) + 0x1_0000_0000, radix: 16).dropFirst())
      }
    } + "\""
  }

  private static func run(_ arguments: [String]) throws -> (status: Int32, out: String, error: String) {
    let folder = FileManager.default.temporaryDirectory
    let (out, error) = (folder.appending(path: UUID().uuidString), folder.appending(path: UUID().uuidString))
    defer { for file in [out, error] { try? FileManager.default.removeItem(at: file) } }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["promtool"] + arguments
    for file in [out, error] { _ = FileManager.default.createFile(atPath: file.path, contents: nil) }
    process.standardOutput = try FileHandle(forWritingTo: out)
    process.standardError = try FileHandle(forWritingTo: error)
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus != 127 else { throw CocoaError(.executableNotLoadable) }
    return (
      process.terminationStatus, String(decoding: try Data(contentsOf: out), as: UTF8.self),
      String(decoding: try Data(contentsOf: error), as: UTF8.self)
    )
  }
}
