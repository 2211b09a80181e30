import Foundation
import Testing

/// The exit codes of `sigilo scan`, and what it may say.
@Suite("sigilo scan")
struct ScanTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  private func scan(_ arguments: String..., input: String? = nil) async throws -> Outcome {
    try await place.sigilo(["scan", "--output", "out"] + arguments, input: input)
  }

  @Test func cleanFilesPass() async throws {
    try place.folder.write(Samples.quietLog, to: "work/given/service.log")
    try place.folder.write(Samples.exposition, to: "work/given/vllm.prom")
    let outcome = try await scan("given")
    #expect(outcome.status == 0)
    let report = try place.findings(in: "out")
    #expect(report.verdict == "pass" && report.complete && report.exit == 0)
  }

  @Test func contentIsFoundAtItsPlaceAndNeverShown() async throws {
    try place.folder.write(Samples.leakyLog, to: "work/given/service.log")
    let outcome = try await scan("given/service.log", "--explain")
    #expect(outcome.status == 1)
    // Why: a weight, where it was seen, the sum against what is needed.
    #expect(outcome.output.contains(/\+\d\.\d\d +[a-z-]+ bytes \d+ to \d+/))
    #expect(outcome.output.contains(/\+\d+\.\d\d +in all \(.*needs \+4\.00\)/))
    let report = try place.findings(in: "out")
    #expect(report.verdict == "fail" && report.exit == 1)
    let places = report.content.flatMap(\.locations)
    #expect(!places.isEmpty && places.allSatisfy { $0.path == "given/service.log" && $0.line == 2 && $0.column != nil })
    #expect(outcome.output.contains("given/service.log:2:"))
    let traces = try place.traces(of: outcome)
    #expect(Samples.secrets.filter(traces.contains).isEmpty)
  }

  /// Linux's `PR_SET_MDWE`, which systemd's `MemoryDenyWriteExecute=` is like.
  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3"), "needs python3"))
  func whereMemoryMayNotBeMadeExecutableThePatternsAreInterpretedAndTheReportSaysSo() async throws {
    try place.folder.write(Samples.leakyLog, to: "work/given/service.log")
    let usual = try await scan("given/service.log")
    #expect(usual.status == 1 && !usual.output.contains("interpreter"))
    let forbid = "import ctypes, os, sys; ctypes.CDLL(None).prctl(65, 1, 0, 0, 0) == 0 or sys.exit(99); "
    var command = place.command(["scan", "given/service.log"])
    command.arguments = ["-c", forbid + "os.execv(sys.argv[1], sys.argv[1:])", command.program] + command.arguments
    command.program = "/usr/bin/python3"
    let outcome = try await command.run()
    // 99: a kernel before 6.3 knows no such ban.
    guard outcome.status != 99 else { return }
    #expect(outcome.status == 1 && outcome.output.contains("interpreter"))
  }

  @Test func aPatternThatALimitStopsMakesTheVerdictIncomplete() async throws {
    _ = try await place.sigilo(["policy", "export", "mine"])
    try place.folder.write(
      """
      version: 1
      rules:
        - id: slow
          title: Slow
          rationale: Backtracks without end.
          remedy: None.
          weight: 5
          needs: ["----"]
          pattern: '(-+)+$'
          examples: ["----"]
          counter_examples: ["===="]

      """, to: "work/mine/patterns/slow.yaml")
    try place.folder.write("level=info " + String(repeating: "-", count: 60) + "!\n", to: "work/given/service.log")
    let outcome = try await scan("given", "--policy", "mine")
    #expect(outcome.status == 3)
    let report = try place.findings(in: "out")
    #expect(report.verdict == "incomplete" && !report.complete && report.content.isEmpty)
    #expect(try place.folder.read("work/out/coverage.json").contains("undecided within the limits: slow"))
  }

  @Test func standardInputIsScanned() async throws {
    let outcome = try await scan("-", input: Samples.leakyLog)
    #expect(outcome.status == 1)
    #expect(try place.findings(in: "out").content.isEmpty == false)
  }

  @Test(arguments: [
    ["--nonsense"], ["scan"], ["scan", "nowhere.log"], ["scan", "-", "--format", "nonsense"],
    ["scan", "-", "--fail-on", "nonsense"], ["scan", "--exporter", "not a url"],
    ["scan", "-", "--without", "nonsense"],
  ])
  func usageErrorsAreTwo(_ arguments: [String]) async throws {
    let outcome = try await place.sigilo(arguments)
    #expect(outcome.status == 2)
    #expect(!outcome.errors.isEmpty)
    #expect(!place.folder.exists("work/out"))
  }

  @Test func whatCannotBeReadIsThree() async throws {
    // A file whose bytes can't be read, also by root.
    let outcome = try await scan("/proc/self/mem")
    #expect(outcome.status == 3)
    #expect(try place.findings(in: "out").complete == false)
  }

  @Test func anEmptyFolderNeverPasses() async throws {
    try place.folder.makeFolder("work/given")
    #expect(try await scan("given").status == 3)
  }

  @Test(arguments: ["--exporter", "--prometheus", "--loki", "--alertmanager"])
  func aTargetThatNeverAnswersIsFour(_ option: String) async throws {
    // Port 1 of loopback: nothing listens there.
    let outcome = try await scan(option, "http://127.0.0.1:1")
    #expect(outcome.status == 4)
    #expect(try place.findings(in: "out").complete == false)
  }

  @Test func findingsWinOverWhatIsIncomplete() async throws {
    try place.folder.write(Samples.leakyLog, to: "work/given/service.log")
    let outcome = try await scan("given", "/proc/self/mem", "--exporter", "http://127.0.0.1:1")
    #expect(outcome.status == 1)
    #expect(try place.findings(in: "out").complete == false)
  }

  @Test(
    arguments: ["--exporter", "--prometheus", "--loki", "--alertmanager"], FakeSystem.Manner.allCases)
  func misbehavingSystemsEndWithOneClearError(_ option: String, _ manner: FakeSystem.Manner) async throws {
    let place = place
    let outcome = try await FakeSystem.run(manner) { url in
      try await scan(option, url.absoluteString)
    }
    #expect(outcome.status == (manner == .hangs ? 4 : 3))
    #expect(try place.findings(in: "out").complete == false)
  }

  @Test func brokenDocumentsAreJudgedAsText() async throws {
    try place.folder.write("groups: [\n  - name: {\n", to: "work/given/rules.yaml")
    try place.folder.write(#"{"panels": [,]}"#, to: "work/given/dashboard.json")
    try place.folder.write("# \(Samples.conversation)\nreceivers: [\n", to: "work/given/leaky.yaml")
    let outcome = try await scan("given")
    #expect(outcome.status == 1)
    let report = try place.findings(in: "out")
    #expect(report.complete)
    #expect(Set(report.content.flatMap(\.locations).compactMap(\.path)) == ["given/leaky.yaml"])
    let broken = Set(report.findings.filter { $0.severity == "hygiene" }.flatMap(\.locations).compactMap(\.path))
    #expect(broken == ["given/rules.yaml", "given/dashboard.json", "given/leaky.yaml"])
  }

  /// A platform as it is found, taken into CI: what is known is accepted by an exception, by a comment or by the baseline; all of it
  /// stays visible, and what is new fails.
  @Test func whatIsAcceptedIsShownAndWhatIsNewFails() async throws {
    var place = place
    place.environment["SOURCE_DATE_EPOCH"] = "1795392000"  // 2026-11-23
    func scan(_ arguments: String...) async throws -> (Int32, [FindingsFile.Finding]) {
      let outcome = try await place.sigilo(["scan", "--output", "out"] + arguments)
      return (outcome.status, outcome.status == 2 ? [] : try place.findings(in: "out").findings)
    }
    func kinds(_ findings: [FindingsFile.Finding]) -> [String] {
      findings.map { "\($0.rule) \($0.accepted?.kind ?? "counts")" }.sorted()
    }
    try place.folder.write(
      """
      groups:
        - name: g
          rules:
            # sigilo:accept missing-severity-or-action until=2026-11-23 owner=cofre reason="ninho de vespas"
            - alert: A
              expr: up == 0
            - alert: B
              # sigilo:accept dead-metric until=2026-11-23 owner=cofre reason="ninho de vespas"
              expr: DCGM_FI_DEV_FB_TOTAL > 1
              labels: {severity: critical}
              annotations: {action: x}

      """, to: "work/given/rules.yaml")
    let (status, found) = try await scan("given")
    #expect(status == 1)
    #expect(
      kinds(found) == ["accept-not-allowed counts", "dead-metric counts", "missing-severity-or-action comment"])

    // The exceptions file takes what no comment may.
    let dead = try #require(found.first { $0.rule == "dead-metric" })
    _ = try await place.sigilo(["policy", "export", "mine"])
    let entry =
      "version: 1\nexceptions:\n  - {fingerprint: \(dead.fingerprint), owner: night watch, reason: read by hand, until: "
    try place.folder.write(entry + "2026-11-23}\n", to: "work/mine/exceptions.yaml")
    let (excepted, shown) = try await scan("given", "--policy", "mine")
    #expect(excepted == 0 && kinds(shown).contains("dead-metric exception"))
    for name in ["findings.json", "findings.sarif", "report.html"] {
      let text = try place.folder.read("work/out/\(name)")
      #expect(text.contains("night watch") && text.contains("read by hand"), "\(name)")
      #expect(!text.contains("vespas") && !text.contains("cofre"), "\(name)")
    }
    let talk = "meu cunhado esconde vinhos raros no porão da fazenda, o que eu faço?"
    for (entry, rule) in [
      (entry + "2026-11-22}\n", "exception-expired"), (entry + "soon}\n", "exception-malformed"),
      (entry.replacing("read by hand", with: "'\(talk)'") + "2026-11-23}\n", "exception-malformed"),
    ] {
      try place.folder.write(entry, to: "work/mine/exceptions.yaml")
      let (status, findings) = try await scan("given", "--policy", "mine")
      #expect(
        status == 1 && kinds(findings).contains("\(rule) counts") && kinds(findings).contains("dead-metric counts"))
      #expect(!(try place.folder.read("work/out/findings.json")).contains("cunhado"))
    }
    #expect(try await place.sigilo(["policy", "check", "--policy", "mine"]).status == 2)

    // The baseline: what is found joins it for the next run, and nothing leaves it but what is shown to be gone.
    #expect(try await scan("given", "--baseline", "known.json", "--update-baseline").0 == 1)
    let known = try place.folder.read("work/known.json")
    let (again, same) = try await scan("given", "--baseline", "known.json")
    #expect(again == 0 && kinds(same).contains("dead-metric baseline"))
    try place.folder.write("vllm serve m --enable-log-requests\n", to: "work/given/start.args")
    #expect(try await scan("given", "--baseline", "known.json").0 == 1)
    #expect(try await scan("given/start.args", "--baseline", "known.json", "--prune-baseline").0 == 1)
    #expect(try place.folder.read("work/known.json") == known)
    try place.folder.write("groups: []\n", to: "work/given/rules.yaml")
    _ = try await scan("given", "--baseline", "known.json", "--prune-baseline")
    #expect(!(try place.folder.read("work/known.json").contains("dead-metric")))
    #expect(try await scan("given", "--baseline", "known.json", "--state", "another").0 == 2)
    #expect(try await scan("given", "--update-baseline").0 == 2)
  }
}
