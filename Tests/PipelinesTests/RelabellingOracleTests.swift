import Expressions
import Foundation
import Pipelines
import Syntax
import TestSupport
import Testing

/// Held to the real Prometheus: `promtool check service-discovery` relabels the targets of a configuration.
@Suite(.enabled(if: Promtool.isWanted, "promtool is not installed"))
struct RelabellingOracleTests {
  @Test(arguments: UInt64(1)...6) func generatedRules(seed: UInt64) throws {
    var random = SeededGenerator(seed)
    let targets = (0..<40).map { _ in random.labels() }
    let rules = (0..<Int.random(in: 4...8, using: &random)).map { _ in random.rule() }
    let version: RE2.Anchoring = try Promtool.major() < 3 ? .prometheus2 : .prometheus3
    let answers = try Promtool.relabelled(targets, rules)
    try #require(answers.count == targets.count)
    let relabelling = try Relabelling(YAMLDocument.parse(Array(rules.joined(separator: "\n").utf8)), version: version)
    for (index, answer) in answers.enumerated() {
      // Not what promtool calls discovered: 2.42 shows that after the relabelling wrote into it.
      var labels = targets[index].merging([
        "__address__": "host\(100 + index):80", "__metrics_path__": "/metrics", "__scheme__": "http",
        "__scrape_interval__": "1m", "__scrape_timeout__": "10s", "job": "j",
      ]) { $1 }
      if case .kept(let kept) = relabelling.apply(to: labels) { labels = kept } else { labels = [:] }
      // promtool adds an instance where there is none, and shows nothing of targets that lost their address.
      if labels["__address__"] == nil { labels = [:] }
      if !labels.isEmpty, labels["instance"] == nil { labels["instance"] = labels["__address__"] }
      #expect(
        labels.filter { !$0.key.hasPrefix("__") } == answer.labels.filter { !$0.key.hasPrefix("__") },
        "\(rules.joined(separator: "\n"))")
    }
  }
}

private enum Promtool {
  static var isWanted: Bool {
    (ProcessInfo.processInfo.environment["SIGILO_REQUIRE"] ?? "").split(separator: ",").contains("prometheus")
      || (try? run(["--version"])) != nil
  }

  static func major() throws -> Int {
    let words = String(decoding: try run(["--version"]), as: UTF8.self).split(separator: " ")
    return try #require(words.dropFirst(2).first?.split(separator: ".").first.flatMap { Int($0) })
  }

  struct Answer: Decodable {
    var discovered: [String: String]
    var labels: [String: String]

    enum CodingKeys: String, CodingKey {
      case discovered = "discoveredLabels"
      case labels
    }
  }

  static func relabelled(_ targets: [[String: String]], _ rules: [String]) throws -> [Answer] {
    func quoted(_ text: String) -> String { String(decoding: try! JSONEncoder().encode(text), as: UTF8.self) }
    var yaml = "scrape_configs:\n- job_name: j\n  relabel_configs:\n"
    yaml += rules.map { "  \($0)\n" }.joined() + "  static_configs:\n"
    for (index, labels) in targets.enumerated() {
      let pairs = labels.sorted { $0.key < $1.key }.map { "\($0.key): \(quoted($0.value))" }
      yaml += "  - targets: ['host\(100 + index):80']\n    labels: {\(pairs.joined(separator: ", "))}\n"
    }
    let file = FileManager.default.temporaryDirectory.appending(path: "sigilo-sd-\(UUID().uuidString).yml")
    try Data(yaml.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let output = try run(["check", "service-discovery", "--timeout=1s", file.path, "j"])
    // In no order of their own.
    return try JSONDecoder().decode([Answer].self, from: output).sorted {
      $0.discovered["__address__"] ?? "" < $1.discovered["__address__"] ?? ""
    }
  }

  private static func run(_ arguments: [String]) throws -> Data {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["promtool"] + arguments
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CocoaError(.executableNotLoadable) }
    return data
  }
}

extension SeededGenerator {
  fileprivate mutating func pick(_ choices: [String]) -> String {
    choices[Int.random(in: 0..<choices.count, using: &self)]
  }

  fileprivate mutating func labels() -> [String: String] {
    var out: [String: String] = [:]
    for name in ["a", "b", "c", "__tmp", "x_1"] where Bool.random(using: &self) {
      out[name] = pick(["one", "two", "a-b", "É", "ß", "x_1", "12", "a\nb", "$1"])
    }
    return out
  }

  fileprivate mutating func rule() -> String {
    let source = "source_labels: [\(pick(["a", "b", "a, b", "__tmp, c", "none", "x_1"]))]"
    let regex =
      "regex: '\(pick(["(.*)", "one|two", "(.+);(.+)", "([a-z]+)-?(?P<n>[a-z]*)", "a.b", "(?i)É", "\\d+", ".*", "", "(x).*"]))'"
    let replacement = "replacement: '\(pick(["$1", "${1}_y", "$n", "$2$1", "fixed", "", "$1x", "$$1", "${n}z"]))'"
    let target = "target_label: '\(pick(["a", "b", "d", "__tmp", "${1}", "l_${1}"]))'"
    switch Int.random(in: 0..<14, using: &self) {
    case 0: return "- {\(source), regex: 'one;?|two', action: drop}"
    case 1:
      return "- {\(source), \(regex), modulus: \(pick(["7", "1", "18446744073709551615"])), \(target), action: hashmod}"
    case 2:
      return
        "- {regex: '\(pick(["(.)", "x_(.*)", "__(.*)"]))', replacement: '\(pick(["l_$1", "${1}"]))', action: labelmap}"
    case 3: return "- {regex: '\(pick(["a", "x_.*", "nothing"]))', action: labeldrop}"
    case 4: return "- {regex: '(__.*|job|a|b|d|instance)', action: labelkeep}"
    case 5: return "- {\(source), \(target), action: \(pick(["lowercase", "uppercase"]))}"
    case 6: return "- {source_labels: [a], target_label: \(pick(["b", "c"])), action: dropequal}"
    case 7: return "- {\(source), \(regex), action: keep}"
    default: return "- {\(source), \(regex), \(replacement), \(target)}"
    }
  }
}
