import Detection
import Foundation
import Patterns
import Testing
import Vocabulary

@testable import Policy

@Suite struct PolicyFileTests {
  @Test func theEmbeddedPolicyReads() throws {
    let policy = try PolicySet.embedded()
    #expect(policy.gate == .exposure && policy.exceptions == ExceptionSet() && policy.digest.utf8.count == 64)
    #expect(Set(policy.detection.thresholds.keys) == Set(Surface.allCases))
    #expect(
      policy.knownNames.isSuperset(of: ["vllm:num_requests_waiting", "DCGM_FI_DEV_FB_USED", "instance", "alertname"]))
    #expect(policy.rule("cpf")?.check == .cpf && policy.rule("canary") != nil && policy.rule("nothing") == nil)
    #expect(policy.rule("cpf")?.place?.line != nil)
  }

  @Test func samplesOfKnownFamiliesAreKnown() throws {
    let policy = try PolicySet.embedded()
    #expect(policy.isKnown("vllm:time_to_first_token_seconds_bucket") && policy.isKnown("instance"))
    #expect(!policy.isKnown("paciente_iracema_count") && !policy.isKnown("_count"))
  }

  @Test func exportsWhatItReads() throws {
    try withFolder { folder in
      try PolicySet.export(to: folder)
      let policy = try PolicySet.load(folder)
      let embedded = try PolicySet.embedded()
      #expect(policy.digest == embedded.digest)
      #expect(policy.detection.rules.map(\.id) == embedded.detection.rules.map(\.id))
      #expect(throws: Fault.self) { try PolicySet.export(to: folder) }
    }
  }

  @Test func theDigestChangesWithAnyByte() throws {
    let digest = try edited("policy.yaml") { $0 + "# note\n" }.digest
    #expect(digest != (try PolicySet.embedded().digest))
  }

  @Test func policyNamesTheSitesDomains() throws {
    #expect(try PolicySet.embedded().siteDomains.isEmpty)
    let policy = try edited("policy.yaml") {
      $0 + "site: {domains: [carcara.example, a-1.b.example], networks: [198.51.100.0/24]}\n"
    }
    #expect(policy.siteDomains == ["carcara.example", "a-1.b.example"])
    #expect(policy.siteNetworks.count == 1)
  }

  @Test func policySaysWhatRulesDo() throws {
    let policy = try edited("policy.yaml") {
      $0.replacing("rules: {}", with: "rules: {email: {enabled: false}, jwt: {severity: exposure}}")
        .replacing("gate: exposure", with: "gate: content").replacing("label: 4,", with: "label: 2.5,")
        .replacing("steps: 50000", with: "steps: 777")
    }
    #expect(
      policy.gate == .content && policy.detection.disabled == ["email"] && policy.severity(of: "jwt") == .exposure)
    #expect(policy.severity(of: "cpf") == .content && policy.detection.threshold(on: .label) == 2.5)
    #expect(policy.detection.limits.steps == 777)
  }

  private func exceptions(_ entries: String) throws -> ExceptionSet {
    try edited("exceptions.yaml") { $0.replacing("exceptions: []", with: "exceptions:\n\(entries)") }.exceptions
  }

  @Test func exceptionsNeedAllFourParts() throws {
    let fingerprint = String(repeating: "0a", count: 32)
    let whole =
      "  - {fingerprint: \(fingerprint), rule: email, sink: 'config:a: b', owner: ops, reason: test stand, until: 2028-02-29}"
    let first = try #require(EmbeddedPolicy.files["exceptions.yaml"]?.split(separator: "\n").count) + 1
    let set = try exceptions(whole)
    let entry = try #require(set.entries.first)
    #expect(entry.fingerprint == fingerprint && entry.owner == "ops" && entry.reason == "test stand")
    #expect(entry.until == "2028-02-29" && entry.rule == "email" && entry.sink == Sink(.config, "a: b"))
    #expect(entry.place?.line == first && entry.place?.path?.hasSuffix("exceptions.yaml") == true && set.unread.isEmpty)
    for (part, other) in [
      ("owner: ops, ", ""), ("reason: test stand, ", ""), (", until: 2028-02-29", ""),
      ("fingerprint: \(fingerprint), ", ""), ("reason: test stand", "reason: ' '"), ("'config:a: b'", "a.yaml"),
      ("'config:a: b'", "'file:a'"), ("rule: email", "rule: [email]"),
      ("2028-02-29", "2027-02-29"), ("2028-02-29", "2028-13-01"), ("2028-02-29", "soon"), (fingerprint, "0a0a"),
      ("owner: ops", "owner: ''"), ("owner: ops", "owner: ops, note: x"),
    ] {
      // It accepts nothing; what stands beside it does.
      let other = try exceptions(whole.replacing(part, with: other) + "\n" + whole)
      #expect(other.entries.count == 1 && other.unread.map(\.place?.line) == [first], "\(part)")
    }
    let twice = try exceptions(whole + "\n" + whole)
    #expect(twice.entries.count == 1 && twice.unread.map(\.place?.line) == [first + 1])
    #expect(fault("exceptions.yaml") { $0.replacing("exceptions: []", with: "exceptions: all") } != nil)
  }

  @Test(arguments: [
    ("version: 1", "version: 2", 2, 10), ("version: 1", "", 5, 1), ("gate: exposure", "gate: never", 5, 7),
    ("gate: exposure", "gates: exposure", 5, 1), ("config: 4}", "config: four}", 8, 50),
    ("config: 4}", "config: 4, trace: 4}", 8, 53), (", config: 4}", "}", 8, 13),
    ("rules: {}", "rules: {cfp: {}}", 11, 9),
    ("rules: {}", "rules: {cpf: {weight: 1}}", 11, 15), ("rules: {}", "sources: [{contract: vllm}]", 11, 11),
    ("rules: {}", "sources: [{who: vllm, contract: vllm}]", 11, 12),
    ("rules: {}", "sources: [{job: a, stream: '{a=\"b\"}', contract: vllm}]", 11, 17),
    ("rules: {}", "sources: [{stream: '{a=\"b\"} |= \"c\"', contract: vllm}]", 11, 20),
    ("rules: {}", "sources: [{sink: log:a, contract: nobody}]", 11, 35),
    ("rules: {}", "site: {domain: [a.example]}", 11, 8), ("rules: {}", "site: {domains: a.example}", 11, 17),
    ("rules: {}", "site: {domains: [a.example, com]}", 11, 29),
    ("rules: {}", "site: {domains: ['*.a.example']}", 11, 18),
    ("rules: {}", "site: {domains: [A.example]}", 11, 18), ("rules: {}", "site: {domains: [a..example]}", 11, 18),
    ("rules: {}", "site: {domains: ['a.example:80']}", 11, 18),
    ("rules: {}", "site: {networks: [10.0.0.1]}", 11, 19), ("rules: {}", "site: {networks: [10.0.0.0/33]}", 11, 19),
    ("rules: {}", "site: {domains: [10.0.0.1]}", 11, 18),
    ("rules: {}", "sources: [{sink: vllm.log, contract: vllm}]", 11, 18),
    ("steps: 50000", "steps: 1", 15, 10), ("depth: 2000", "deep: 2000", 16, 3),
    ("exceptions: exceptions.yaml", "exceptions: none.yaml", 0, 0),
  ])
  func whatIsUnknownOrMissingIsAnErrorWithItsPlace(part: String, other: String, line: Int, column: Int) throws {
    let fault = try #require(fault("policy.yaml") { $0.replacing(part, with: other) })
    #expect(fault.status == .usage)
    guard line > 0 else { return }
    #expect(fault.place?.path?.hasSuffix("policy.yaml") == true)
    #expect(fault.place?.line == line && fault.place?.column == column)
  }

  @Test(arguments: [
    ("check: cpf", "check: cpg"), ("id: jwt", "id: cpf"), ("id: cpf\n", "id: CPF\n"), ("id: jwt", "id: canary"),
    ("references:", "reference:"), ("weight: 4\n", "weight: heavy\n"),
    ("title: E-mail address", "title: ''"),
    ("slots: [labelValue", "slots: [labelvalue"), ("surfaces: [label, alert]", "surfaces: [labels]"),
    ("window: 16", "window: 100000"),
  ])
  func aRuleIsCheckedKeyByKey(part: String, other: String) throws {
    for file in ["patterns/personal.yaml", "patterns/secrets.yaml"] {
      guard EmbeddedPolicy.files[file]?.contains(part) == true else { continue }
      let fault = try #require(fault(file) { $0.replacing(part, with: other) })
      #expect(fault.status == .usage && fault.place?.line != nil)
      return
    }
    Issue.record("no file holds what should be replaced")
  }

  @Test func aRuleNeedsExamplesOfBothKinds() {
    #expect(fault("patterns/secrets.yaml") { $0.replacing("counter_examples:", with: "examples_not:") } != nil)
  }

  @Test func filesThatAPolicyDoesNotHaveAreErrors() throws {
    for path in ["notes.txt", "patterns/deep/x.yaml", "patterns/x.yml", "contracts/vllm.yaml"] {
      var files = PolicyFiles.embedded
      files.files[path] = Array("version: 1\n".utf8)
      #expect(throws: Fault.self) { try PolicyReader.read(files) }
    }
    var files = PolicyFiles.embedded
    files.files["policy.yaml"] = nil
    #expect(throws: Fault.self) { try PolicyReader.read(files) }
    #expect(throws: Fault.self) { try PolicySet.load("/nonexistent/policy") }
  }

  @Test func explainsEveryRule() throws {
    let policy = try PolicySet.embedded()
    for rule in policy.detection.rules.map(\.id) + ["canary"] {
      let text = try #require(policy.explanation(of: rule))
      #expect(text.contains(rule) && text.contains("What to do"))
    }
    #expect(policy.explanation(of: "nothing") == nil)
  }

  /// The embedded policy with one file changed.
  private func edited(_ path: String, _ edit: (String) -> String) throws -> PolicySet {
    var files = PolicyFiles.embedded
    files.files[path] = Array(edit(EmbeddedPolicy.files[path] ?? "").utf8)
    return try PolicyReader.read(files)
  }

  private func fault(_ path: String, _ edit: (String) -> String) -> Fault? {
    do {
      _ = try edited(path, edit)
      return nil
    } catch {
      return error as? Fault
    }
  }

  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sigilo-policy-\(UUID().uuidString)")
      .path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }
}
