import Foundation
import Testing

/// The main job as its user runs it, on real Prometheus and Alertmanager. Serialised, since each run takes most of a minute
/// and is timed; the suites of leaks run beside this one.
@Suite("sigilo audit", .serialized, .enabled(if: Engines.present, Engines.reason))
struct AuditTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  @Test func aCleanFleetPassesAndItsBundleIsSealed() async throws {
    let outcome = try await place.sigilo(["audit"])
    #expect(outcome.status == 0)
    let reports = try place.reports()
    let report = try place.findings(in: reports)
    #expect(report.verdict == "pass" && report.complete && report.content.isEmpty)
    for name in [
      "findings.json", "findings.sarif", "report.html", "coverage.json", "live.json", "bundle/manifest.json",
    ] {
      #expect(place.folder.exists("work/\(reports)/\(name)"), "\(name)")
    }
    #expect(try place.findCanaries(outcome) == [])
    #expect(try await place.sigilo(["bundle", "verify", "\(reports)/bundle"]).status == 0)
    try place.folder.write("groups: []\n", to: "work/\(reports)/bundle/configs/base/rules/more.yaml")
    #expect(try await place.sigilo(["bundle", "verify", "\(reports)/bundle"]).status == 1)
  }

  /// What the engines measured stands in live.json alone. A machine that stands still makes an audit play the fault again with
  /// more time, which its reports say; so audits are compared that gave it the same.
  @Test func auditsOfEqualInputsAreByteEqual() async throws {
    var place = place
    place.environment["SOURCE_DATE_EPOCH"] = "1790000000"
    var played: [Double: String] = [:]
    for run in ["first", "second", "third"] {
      #expect(try await place.sigilo(["audit", "--output", run]).status == 0)
      let live = try JSONDecoder().decode(Live.self, from: Data(place.folder.read("work/\(run)/live.json").utf8))
      guard let other = played.updateValue(run, forKey: live.measurements.factor) else { continue }
      let files = try place.folder.tree("work/\(run)")
      #expect(files.count > 20 && files.contains("bundle/manifest.json"))
      #expect(try place.folder.tree("work/\(other)") == files)
      let different = files.filter {
        !FileManager.default.contentsEqual(
          atPath: place.folder.path("work/\(run)/\($0)"), andPath: place.folder.path("work/\(other)/\($0)"))
      }
      #expect(different == ["live.json"])
      return
    }
    Issue.record("no two of three audits had the same time")
  }

  private struct Live: Decodable {
    struct Measurements: Decodable {
      let factor: Double
    }
    let measurements: Measurements
  }

  @Test func aTreeIsVettedAsItIs() async throws {
    #expect(try await place.sigilo(["bundle", "build", "--output", "given"]).status == 0)
    let rules = "configs/base/rules/alerts.yaml"
    let text = try place.folder.read("work/given/\(rules)") + "# mine\n"
    try place.folder.write(text, to: "work/given/\(rules)")
    let promtail = "work/given/configs/base/promtail-config.yaml"
    let accept = "# sigilo:accept promtail-end-of-life until=2099-12-31 owner=ops reason=\"moves to Alloy in spring\"\n"
    try place.folder.write(accept + place.folder.read(promtail), to: promtail)
    #expect(try await place.sigilo(["audit", "--configs", "given/configs/base", "--course", "errors"]).status == 0)
    let findings = try place.findings(in: place.reports()).findings
    #expect(findings.filter { $0.rule == "promtail-end-of-life" }.map(\.accepted?.kind) == ["comment"])
    #expect(!findings.contains { $0.rule.hasPrefix("accept-") })
    let sealed = try place.folder.tree("work/\(try place.reports())/bundle").filter {
      $0.hasSuffix("rules/alerts.yaml")
    }
    #expect(try sealed.map { try place.folder.read("work/\(try place.reports())/bundle/\($0)") } == [text])
  }

  @Test func aTreeWithDeadAlertsIsToldSoAndNotSealed() async throws {
    #expect(try await place.sigilo(["bundle", "build", "--output", "given"]).status == 0)
    // As commonly written: of metrics that no exporter has.
    try place.folder.write(
      """
      groups:
        - name: platform
          rules:
            - alert: GPUMemoryCritical
              expr: DCGM_FI_DEV_FB_USED_PERCENT > 95
              for: 5m
              labels: {severity: critical}
            - alert: ErrorRateHigh
              expr: rate(vllm:request_errors_total[5m]) > 0.05
              for: 5m
              labels: {severity: warning}

      """, to: "work/given/configs/base/rules/alerts.yaml")
    #expect(try await place.sigilo(["audit", "--configs", "given/configs/base"]).status == 1)
    let report = try place.findings(in: place.reports())
    let places = report.findings.flatMap(\.locations).filter { $0.path?.hasSuffix("rules/alerts.yaml") == true }
    #expect(Set(places.compactMap(\.line)).isSuperset(of: [5, 9]))
    #expect(!place.folder.exists("work/\(try place.reports())/bundle"))
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func aSignalStopsEverything(_ signal: Int32) async throws {
    let place = place
    let outcome = try await place.sigilo(["audit", "--leak", "vllm-request-log"]) { process in
      while !Engines.running(under: place.folder.path("tmp")).contains("prometheus") {
        try await Task.sleep(for: .milliseconds(50))
      }
      // That planted text is seen here, in a log of the synthetic platform, shows that the search for it is worth something.
      let search = try place.canaries()
      while try place.findCanaries(below: "tmp", search).isEmpty { try await Task.sleep(for: .milliseconds(50)) }
      kill(-process, signal)
    }
    #expect(outcome.status == 128 + signal)
    #expect(!place.folder.exists("work/reports"))
  }

  @Test func aMissingEngineIsNamed() async throws {
    var place = place
    place.path = place.folder.path("empty")
    try place.folder.makeFolder("empty")
    let outcome = try await place.sigilo(["audit"])
    #expect(outcome.status == 3)
    #expect(outcome.errors.contains("apt-get install prometheus"))
    #expect(!place.folder.exists("work/reports"))
  }
}

/// A planted leak, and the kind of sink that shows it.
private struct Leak: Sendable, CustomStringConvertible {
  let name, sink: String

  var description: String { name }

  static let all = [
    Leak(name: "vllm-request-log", sink: "log"), Leak(name: "litellm-model-label", sink: "exporter"),
    Leak(name: "alert-annotation", sink: "notification"), Leak(name: "base64-in-log", sink: "log"),
  ]
}

@Suite("sigilo audit --leak", .serialized, .enabled(if: Engines.present, Engines.reason))
private struct LeakTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  @Test(arguments: Leak.all)
  func isFoundByTheCanariesAndByWhatItLooksLike(_ leak: Leak) async throws {
    let outcome = try await place.sigilo(["audit", "--leak", leak.name, "--explain"])
    // How much of a message came out; `caught` shows that no word of it did here.
    #expect(outcome.output.contains(/\d+ of \d+ markers of one planted message/))
    let there = try place.caught(outcome).filter { $0.sink.kind == leak.sink }
    #expect(there.contains { $0.rule == "canary" } && there.contains { $0.rule != "canary" })
    // The terminal names rule and sink.
    #expect(there.contains { outcome.output.contains($0.rule) && outcome.output.contains($0.sink.name) })
  }
}

@Suite("sigilo audit --leak --without canary", .serialized, .enabled(if: Engines.present, Engines.reason))
private struct LeakWithoutCanaryTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  @Test(arguments: Leak.all)
  func isFoundByWhatItLooksLikeAlone(_ leak: Leak) async throws {
    let outcome = try await place.sigilo(["audit", "--leak", leak.name, "--without", "canary"])
    let content = try place.caught(outcome)
    #expect(content.contains { $0.sink.kind == leak.sink })
    #expect(!content.contains { $0.rule == "canary" })
  }
}

extension Workplace {
  /// What an audit with a leak found, which must have failed, sealed nothing and repeated nothing.
  fileprivate func caught(_ outcome: Outcome) throws -> [FindingsFile.Finding] {
    let reports = try reports()
    let report = try findings(in: reports)
    #expect(outcome.status == 1 && report.verdict == "fail")
    #expect(!folder.exists("work/\(reports)/bundle"))
    #expect(try findCanaries(outcome) == [])
    return report.content
  }
}
