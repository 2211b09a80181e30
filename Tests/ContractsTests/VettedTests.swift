import Syntax
import Testing
import Vocabulary

@testable import Contracts

/// What is compiled from clauses on settings passes them, and nothing of it can be taken away or changed unnoticed.
@Suite struct VettedTests {
  private static func findings(_ text: String, _ source: String, format: Format? = nil) throws -> [SettingFinding] {
    let contract = try ContractFilesTests.contract("\(source).yaml")
    let bytes = Array(text.utf8)
    let documents = format == nil ? [] : try YAMLDocument.parseAll(bytes)
    return SettingsJudge([contract]).findings(
      in: SettingsFile(path: "x", bytes: bytes, format: format, documents: documents))
  }

  /// The text without one of its lines, for each that is no comment.
  private static func without(_ text: String) -> [(line: String, rest: String)] {
    let lines = text.split(separator: "\n").map(String.init)
    return lines.indices.filter { !lines[$0].drop { $0 == " " }.hasPrefix("#") }.map { index in
      (lines[index], (lines[..<index] + lines[(index + 1)...]).joined(separator: "\n") + "\n")
    }
  }

  @Test(arguments: ["vllm", "node-exporter"])
  func everyLineOfAVettedStartMatters(source: String) throws {
    let launch = try VettedLaunch(try ContractFilesTests.contract("\(source).yaml"))
    let script = launch.script
    #expect(try Self.findings(script, source).isEmpty)
    for word in launch.environment + launch.options {
      let lines = Self.without(script).filter { $0.line.contains(word) }
      #expect(lines.count == 1)
      for (_, rest) in lines { #expect(try Self.findings(rest, source).count == 1, "without \(word)") }
      let changed =
        word.hasPrefix("--no-")
        ? "--" + word.dropFirst(5)
        : word.hasPrefix("--")
          ? "--no-" + word.dropFirst(2) : word.prefix { $0 != "=" } + (word.hasSuffix("1") ? "=0" : "=DEBUG")
      #expect(try Self.findings(script.replacing(word, with: changed), source).count == 1, "\(changed)")
    }
  }

  @Test func everyLineOfTheVettedLiteLLMConfigurationMatters() throws {
    let yaml = try VettedConfiguration(try ContractFilesTests.contract("litellm.yaml")).yaml
    #expect(try Self.findings(yaml, "litellm", format: .litellmConfig).isEmpty)
    var settings = 0
    for (line, rest) in Self.without(yaml) where line.hasPrefix("  ") && !line.hasPrefix("   ") && !line.hasSuffix(":")
    {
      settings += 1
      let changed = line.contains("true") ? "false" : line.contains("false") ? "true" : "[langfuse]"
      let key = line.prefix { $0 != ":" }
      #expect(
        try Self.findings(yaml.replacing(line, with: "\(key): \(changed)"), "litellm", format: .litellmConfig).count
          == 1, "\(key)")
      // Without a callback there are no metrics, and nothing of theirs to choose.
      let count = try Self.findings(rest, "litellm", format: .litellmConfig).count
      #expect(count == (key == "  callbacks" ? 0 : 1), "\(key)")
    }
    #expect(settings >= 8)
    for (line, rest) in Self.without(yaml) where line.contains("include_labels") && !line.contains("litellm_model_name")
    {
      #expect(try Self.findings(rest, "litellm", format: .litellmConfig).map(\.rule) == ["litellm-all-labels"])
      let more = yaml.replacing(line, with: line.replacing("[", with: "[end_user, "))
      #expect(try Set(Self.findings(more, "litellm", format: .litellmConfig).map(\.rule)) == ["litellm-client-labels"])
    }
  }

  @Test func countersAreTheClaimedFieldsAlone() throws {
    let csv = try CountersFile(try ContractFilesTests.contract("dcgm-exporter.yaml")).csv
    #expect(try Self.findings(csv, "dcgm-exporter", format: .csv).isEmpty)
    let lines = Self.without(csv).map(\.line)
    #expect(lines.count > 20 && lines.allSatisfy { $0.split(separator: ",").count == 3 })
    #expect(lines.contains { $0.hasPrefix("DCGM_FI_DRIVER_VERSION, label, ") } && !csv.contains("FB_TOTAL"))
    for line in lines {
      let field = line.prefix { $0 != "," }
      #expect(
        try Self.findings(csv.replacing(field + ",", with: field + "X,"), "dcgm-exporter", format: .csv).count == 1)
      let kind = line.contains("gauge") ? "counter" : "gauge"
      let changed = csv.replacing(line, with: "\(field), \(kind), x")
      #expect(try Self.findings(changed, "dcgm-exporter", format: .csv).count == 1)
    }
  }

  @Test func aContractWithoutSuchClausesIsRefused() throws {
    let contract = try ContractFilesTests.contract("prometheus.yaml")
    #expect(throws: Fault.self) { try VettedLaunch(contract) }
    #expect(throws: Fault.self) { try VettedConfiguration(contract) }
    #expect(throws: Fault.self) { try CountersFile(contract) }
  }
}
