import Audit
import Flow
import Foundation
import Reporting
import Testing
import Vocabulary

@testable import Jobs

/// Comments, exceptions and baselines as scans and audits meet them.
@Suite struct AcceptanceTests {
  static let why = "routed by the job label while the on-call rota moves"
  static let comment =
    "# sigilo:accept missing-severity-or-action until=2027-01-31 owner=platform-team reason=\(why)"

  static func rules(_ comment: String) -> String {
    """
    groups:
      - name: g
        rules:
          \(comment)
          - alert: A
            expr: up == 0

    """
  }

  /// What was found by rule, `+` before what is accepted.
  static func summary(_ report: RunReport) -> [String] {
    report.findings.map { ($0.accepted == nil ? "" : "+") + $0.rule }.sorted()
  }

  @Test func aCommentIsReadInEveryKindOfConfigurationAndItsWordsAreInNoReport() async throws {
    let files = [
      "rules.yaml": Self.rules(Self.comment),
      "broken.yaml":
        "groups:\n  - name: g\n# sigilo:accept does-not-parse until=2027-01-31 owner=a reason=b\n   rules: [\n"
        + "# sigilo:accept dead-metric until=2027-01-31 owner=a reason=b\n",
      "run.sh": "#!/bin/bash\n# sigilo:accept vllm-usage-statistics until=2027-01-31 owner=a reason=b\nvllm serve m\n",
    ]
    try await Folder.with(files) { folder in
      let report = try await folder.scan([folder.path])
      let accepted = report.findings.filter { $0.accepted != nil }
      #expect(
        accepted.map { "\($0.rule) \($0.accepted?.place?.line ?? 0)" }.sorted() == [
          "does-not-parse 3", "missing-severity-or-action 4", "vllm-usage-statistics 2",
        ])
      #expect(!report.findings.contains { $0.rule.hasPrefix("accept-") || $0.severity == .content })
      for format in ReportFormat.all {
        let text = String(decoding: try format.render(report, options: RenderOptions()), as: UTF8.self)
        #expect(!text.contains("on-call rota") && !text.contains("platform-team"), "\(format.name)")
      }
    }
  }

  @Test func unusedIsSaidOfAFolderAndNotOfAFileByItself() async throws {
    let files = ["rules.yaml": Self.rules(Self.comment.replacing("missing-severity-or-action", with: "dead-metric"))]
    try await Folder.with(files) { folder in
      let whole = Self.summary(try await folder.scan([folder.path]))
      #expect(whole == ["accept-unused", "missing-severity-or-action"])
      let part = Self.summary(try await folder.scan([folder.path + "/rules.yaml"]))
      #expect(part == ["missing-severity-or-action"])
    }
  }

  @Test func theRunsNameTellsWhatWasAccepted() async throws {
    try await Folder.with(["rules.yaml": Self.rules(Self.comment)]) { folder in
      let first = try await folder.scan([folder.path])
      #expect(try await folder.scan([folder.path]).run == first.run)
      try folder.write(Self.rules(Self.comment.replacing("2027-01-31", with: "2027-02-28")), to: "rules.yaml")
      #expect(try await folder.scan([folder.path]).run != first.run)
      var request = ScanRequest(paths: [folder.path], baseline: folder.path + "-state/b.json", addsToBaseline: true)
      let before = try await folder.scan(request).run
      request.addsToBaseline = false
      #expect(try await folder.scan(request).run != before)
    }
  }

  /// A script's settings have no pointer; that one is known says nothing of a second.
  @Test func aBaselineKnowsWhatWasThereAndCountsWhatIsNew() async throws {
    let script = "#!/bin/bash\nvllm serve m \\\n  --enable-log-requests\n"
    try await Folder.with(["run.sh": script]) { folder in
      var request = ScanRequest(paths: [folder.path], baseline: folder.path + "-state/b.json", addsToBaseline: true)
      let first = try await folder.scan(request)
      #expect(first.status == .findings && (first.baseline?.added ?? 0) > 0)
      request.addsToBaseline = false
      let second = try await folder.scan(request)
      #expect(second.status == .clean && second.baseline?.seen == first.baseline?.added)
      try folder.write("# moved\n" + script.replacing("serve", with: "serve  "), to: "run.sh")
      #expect(try await folder.scan(request).status == .clean)
      try folder.write(script + "vllm serve n --enable-log-requests\n", to: "run.sh")
      let third = try await folder.scan(request)
      #expect(
        third.status == .findings && third.findings.contains { $0.rule == "vllm-content-flag" && $0.accepted == nil })
      try folder.write("#!/bin/bash\n", to: "run.sh")
      #expect(try await folder.scan(request).baseline?.gone == first.baseline?.added)
      request.paths = [folder.path + "/run.sh"]
      #expect(try await folder.scan(request).baseline?.gone == 0)
    }
  }

  @Test func whatIsGoneFromAFolderIsGoneOnlyWhereAllOfItWasRead() async throws {
    try await Folder.with(["run.sh": "#!/bin/bash\nvllm serve m\n", "x.bin": "\u{0}\u{1}", "y.sh": "true\n"]) {
      folder in
      var request = ScanRequest(paths: [folder.path], baseline: folder.path + "-state/b.json", addsToBaseline: true)
      let added = try await folder.scan(request).baseline?.added
      request.addsToBaseline = false
      for (name, gone) in [("run.sh", 0), ("x.bin", added)] {
        try FileManager.default.removeItem(atPath: "\(folder.path)/\(name)")
        let after = try await folder.scan(request)
        #expect(after.baseline?.gone == gone && gone != nil, "\(name)")
      }
      #expect((added ?? 0) > 0)
    }
  }

  @Test func contentIsNeverKnown() async throws {
    let leak = "INFO 12:00:00 {\"messages\":[{\"role\":\"user\",\"content\":\"oi\"}]}\n"
    try await Folder.with(["a.log": leak]) { folder in
      var request = ScanRequest(paths: [folder.path], baseline: folder.path + "-state/b.json", addsToBaseline: true)
      let first = try await folder.scan(request)
      #expect(first.baseline?.added == 0)
      request.addsToBaseline = false
      #expect(try await folder.scan(request).status == .findings)
    }
  }

  @Test func aBaselineThatIsMissingOrOfAnotherKeyIsAUsageError() async throws {
    try await Folder.with(["rules.yaml": Self.rules("")]) { folder in
      var request = ScanRequest(paths: [folder.path], baseline: folder.path + "-state/b.json")
      await #expect(throws: Fault.self) { try await folder.scan(request) }
      request.addsToBaseline = true
      _ = try await folder.scan(request)
      request.addsToBaseline = false
      _ = try await folder.scan(request)
      try FileManager.default.removeItem(atPath: folder.path + "-state/fingerprint.key")
      let fault = await #expect(throws: Fault.self) { try await folder.scan(request) }
      #expect(fault?.status == .usage && fault?.problem.contains("another key") == true)
    }
  }

  /// A rule that nobody lists here would be called unknown where its comment matches nothing.
  @Test func everyRuleOfAReportIsKnown() async throws {
    try await Folder.with(["rules.yaml": Self.rules("")]) { folder in
      let context = try JobContext(folder.settings)
      let known = context.knownRules
      #expect(known.isSuperset(of: ConfigChecks.rules) && known.isSuperset(of: context.ruleHelp.map(\.id)))
      #expect(known.isSuperset(of: context.rulesOfFiles) && known.contains("vllm-usage-statistics"))
      #expect(context.rulesOfFiles.contains("cpf") && !context.rulesOfFiles.contains("contract-line"))
    }
  }
}

/// A folder with files, and a state folder beside it, which go away with the test.
private struct Folder {
  let path: String

  static func with(_ files: [String: String], _ body: (Folder) async throws -> Void) async throws {
    let folder = Folder(
      path: FileManager.default.temporaryDirectory.appending(path: "accept-\(UUID().uuidString)").path)
    defer { for path in [folder.path, folder.path + "-state"] { try? FileManager.default.removeItem(atPath: path) } }
    try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
    for (name, text) in files { try folder.write(text, to: name) }
    try await body(folder)
  }

  var settings: JobSettings {
    // The day is 2026-11-23.
    JobSettings(stateFolder: path + "-state", environment: ["SOURCE_DATE_EPOCH": "1795392000"])
  }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(filePath: "\(path)/\(name)"))
  }

  func scan(_ paths: [String]) async throws -> RunReport { try await scan(ScanRequest(paths: paths)) }

  func scan(_ request: ScanRequest) async throws -> RunReport {
    try await ScanJob(request, settings).run(progress: .standardError(environment: [:], isQuiet: true))
  }
}
