import Audit
import Foundation
import Reporting
import Sinks
import Testing
import Vocabulary

@testable import Jobs

@Suite struct ScanTests {
  @Test func filesOfOneFolderAreCheckedTogether() async throws {
    try await withTree([
      "dead.yaml": Self.rules, "apart/x.yaml": Self.rules, "start.args": "vllm serve m \\\n  --enable-log-requests\n",
      "apart/counters.csv": "DCGM_FI_DEV_FB_USED, gauge, Used.\nDCGM_FI_DEV_FB_TOTAL, gauge, Total.\n",
    ]) { folder in
      let alone = try await scan([folder + "/dead.yaml", folder + "/start.args"])
      #expect(alone.status == .findings)
      #expect(
        Self.places(alone, over: .exposure) == [
          "dead-metric rules:\(folder)/dead.yaml \(folder)/dead.yaml:5:15 /groups/0/rules/0/expr",
          "vllm-content-flag config:\(folder)/start.args \(folder)/start.args:2:3",
        ])
      // The counters file says that the metric is exported.
      let beside = try await scan([folder + "/apart"])
      #expect(beside.status == .clean && beside.coverage.map(\.format).sorted() == ["csv", "prometheus rules"])
    }
  }

  /// What the gateway's own configuration leaves out is not followed, as in an audit.
  @Test func theGatewaysConfigurationCounts() async throws {
    let rules = """
      groups:
        - name: g
          rules:
            - alert: Spend
              expr: litellm_requests_metric_total > 1
              labels: {severity: warning}
              annotations: {action: Look.}

      """
    let gateway = "model_list: []\nlitellm_settings:\n  prometheus_exclude_metrics: [litellm_requests_metric]\n"
    try await withTree(["a/rules.yaml": rules, "b/rules.yaml": rules, "b/gateway.yaml": gateway]) { folder in
      func found(_ folder: String) async throws -> Set<String> { Set(try await scan([folder]).findings.map(\.rule)) }
      #expect(try await found(folder + "/a").contains("client-label-in-alert"))
      let beside = try await found(folder + "/b")
      #expect(beside.contains("dead-metric") && !beside.contains("client-label-in-alert"))
    }
  }

  @Test func everyFileHasItsCoverageAndEachSurfaceItsFinding() async throws {
    let said = "sou a paciente, CPF 111.444.777-35, e tenho febre"
    try await withTree([
      "a.log": "INFO 12:00:00 ok\nINFO 12:00:01 \(said)\n", "b.prom": "# TYPE a gauge\na{m=\"\(said)\"} 1\n",
      "c.json": "[{\"labels\": {\"m\": \"\(said)\"}, \"annotations\": {}, \"startsAt\": \"x\"}]",
      "d.json": "{\"streams\": [{\"stream\": {\"job\": \"vllm\"}, \"values\": [[\"17\", \"\(said)\"]]}]}",
      "e.json": "{\"status\": \"success\", \"data\": [\"\(said)\"]}", "f.txt": "", "g.bin": "\u{0}\u{1}",
      "\(said).log": "INFO 12:00:00 ok\n",
    ]) { folder in
      let report = try await scan([folder])
      #expect(report.coverage.count == 8 && report.status == .findings && !report.isComplete)
      #expect(report.coverage.filter { $0.outcome == .incomplete }.map(\.sink.name) == [folder + "/g.bin"])
      let places = Self.places(report, over: .content)
      let expected = [
        ":2:35", ":2:6 ‹a#", ":1:20 /0/labels/‹a#", ":1:81 {job=\"vllm\"} t=17#0", ":1:33 /data/0",
      ]
      for (name, place) in zip(["a.log", "b.prom", "c.json", "d.json", "e.json"], expected) {
        #expect(places.contains { $0.contains(" \(folder)/\(name)\(place)") }, "\(name)")
      }
      // A name that holds text stands nowhere.
      for format in ReportFormat.all {
        let text = String(decoding: try format.render(report, options: RenderOptions()), as: UTF8.self)
        #expect(!text.contains("111.444.777-35"), "\(format.name)")
      }
    }
  }

  @Test func partsOfAFileAddUpToTheWhole() async throws {
    let leak = "INFO 12:00:00 {\"messages\":[{\"role\":\"user\",\"content\":\"oi\"}]}"
    let lines = (1...4000).map { $0 % 977 == 0 ? leak : "INFO 12:00:00 line \($0)" }
    try await withTree(["x.log": lines.joined(separator: "\n"), "y.log": leak]) { folder in
      func read(cutting: Int?) async throws -> (findings: [Finding], coverage: [Coverage], parts: Int) {
        let parts = try FileSink.parts(of: [folder, folder], cutting: cutting)
        var files = ScanFiles(try JobContext(settings(folder)))
        try await files.read(parts, progress: quiet)
        return (files.findings.sorted, files.files.map(\.coverage), parts.count)
      }
      let whole = try await read(cutting: nil)
      let cut = try await read(cutting: 1000)
      #expect(whole.parts == 3 && cut.parts > 50)
      #expect(cut.findings == whole.findings && cut.coverage == whole.coverage)
      #expect(whole.findings.flatMap(\.locations).compactMap(\.line).sorted() == [1, 977, 1954, 2931, 3908])
    }
  }

  @Test func nothingToJudgeIsNoPass() async throws {
    try await withTree(["a/empty.log": ""]) { folder in
      for paths in [[folder], [folder + "/a/empty.log"], ["/dev/null"], []] {
        let report = try await scan(paths)
        #expect(report.status == .incomplete)
      }
      await #expect(throws: Fault.self) { try await scan([folder + "/nowhere"]) }
    }
  }

  @Test func workIsHandedOverInOrderAndItsErrorsGoOn() async throws {
    var taken: [Int] = []
    try await OrderedWork.run(Array(0..<500)) { index in
      if index % 7 == 0 { usleep(500) }
      return index * 2
    } take: { index, result in
      taken.append(result - index)
    }
    #expect(taken == Array(0..<500))
    await #expect(throws: Fault(.incomplete, "stop")) {
      try await OrderedWork.run([1, 2, 3]) { index throws in
        if index == 2 { throw Fault(.incomplete, "stop") }
        return index
      } take: { _, _ in
      }
    }
  }

  // MARK: - Support

  private let quiet = StageProgress.standardError(environment: [:], isQuiet: true)

  private static let rules = """
    groups:
      - name: g
        rules:
          - alert: A
            expr: DCGM_FI_DEV_FB_USED / DCGM_FI_DEV_FB_TOTAL > 0.95
            labels: {severity: critical}
            annotations: {action: x}

    """

  private static func places(_ report: RunReport, over severity: Severity) -> [String] {
    report.findings.filter { $0.severity >= severity }
      .flatMap { finding in finding.locations.map { "\(finding.rule) \(finding.sink) \($0)" } }.sorted()
  }

  private func settings(_ folder: String) -> JobSettings { JobSettings(stateFolder: folder + "-state") }

  private func scan(_ paths: [String]) async throws -> RunReport {
    let state = FileManager.default.temporaryDirectory.appending(path: "scan-state-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: state) }
    return try await ScanJob(ScanRequest(paths: paths), JobSettings(stateFolder: state)).run(progress: quiet)
  }

  /// A folder with these files, which goes away with the test.
  private func withTree(_ files: [String: String], _ body: (String) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "scan-\(UUID().uuidString)").path
    defer { for path in [folder, folder + "-state"] { try? FileManager.default.removeItem(atPath: path) } }
    for (name, text) in files {
      let path = "\(folder)/\(name)"
      try FileManager.default.createDirectory(
        atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: URL(filePath: path))
    }
    try await body(folder)
  }
}
