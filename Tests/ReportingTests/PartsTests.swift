import Foundation
import Synchronization
import Testing
import Vocabulary

@testable import Reporting

@Suite struct PartsTests {
  @Test(arguments: [
    (0, "1970-01-01T00:00:00Z"), (-1, "1969-12-31T23:59:59Z"), (951_782_400, "2000-02-29T00:00:00Z"),
    (1_767_225_600, "2026-01-01T00:00:00Z"), (253_402_300_799, "9999-12-31T23:59:59Z"),
  ]) func timestamps(seconds: Int64, text: String) {
    #expect(Calendar.timestamp(seconds) == text)
  }

  @Test(arguments: [
    (0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1000, "1.0 kB"), (999_999, "999.9 kB"),
    (1_000_000, "1.0 MB"), (1_234_567_890, "1.2 GB"), (5_000_000_000_000, "5,000.0 GB"),
  ]) func sizes(bytes: Int, text: String) {
    #expect(Figures.bytes(bytes) == text)
  }

  @Test(arguments: [
    ("a b/ç%.yaml", "a%20b/%C3%A7%25.yaml"), ("C:x", "C%3Ax"), ("plain/Path-1_2.~", "plain/Path-1_2.~"),
  ]) func paths(path: String, uri: String) {
    #expect(SARIF.percentEncoded(path) == uri)
  }

  /// The synthetic platform's files are gone with the run; those of the configuration are still there.
  @Test func onlyFilesThatStayAreArtifacts() throws {
    let bytes = try SARIF.render(Samples.fail, options: RenderOptions())
    let sarif = String(decoding: bytes, as: UTF8.self)
    #expect(!sarif.contains("\"uri\" : \"logs/"))
    #expect(sarif.contains("log:vllm@gpu-node1 line 14:33"))
    #expect(sarif.contains("\"uri\" : \"configs/base/alertmanager.yaml\""))
  }

  /// Prometheus is read in several parts, and a file of a configuration is its own subject.
  @Test func sinksCountOnce() {
    var report = Samples.pass
    var again = report.coverage[2]
    again.outcome = .incomplete
    report.coverage.append(again)
    #expect(report.coverageSummary.hasPrefix("3 sinks judged, 1 as text, 1 incomplete; "))
    #expect(report.subjects.map(\.name) == ["Alertmanager 0.25.0", "Prometheus 2.42.0", "configuration", "simulated"])
    #expect(report.subjects.map(\.sinks) == [1, 1, 1, 2])
  }

  @Test func anUnknownFormatIsAUsageFault() {
    let fault = #expect(throws: Fault.self) { try ReportFormat.named("pdf") }
    #expect(fault?.status == .usage)
    #expect(fault?.remedy?.contains("sarif") == true)
  }

  @Test func colourAndSignsFollowTheEnvironment() {
    func options(_ environment: [String: String], isTerminal: Bool = true, noColour: Bool = false) -> RenderOptions {
      RenderOptions(isTerminal: isTerminal, columns: nil, environment: environment, noColour: noColour, reports: nil)
    }
    let utf8 = ["TERM": "xterm", "LANG": "pt_BR.UTF-8", "COLUMNS": "90"]
    #expect(options(utf8) == RenderOptions(width: 90, hasColour: true, isUnicode: true))
    #expect(!options(utf8, isTerminal: false).hasColour)
    #expect(!options(utf8, noColour: true).hasColour)
    #expect(!options(utf8.merging(["NO_COLOR": "1"]) { $1 }).hasColour)
    #expect(options(utf8.merging(["NO_COLOR": ""]) { $1 }).hasColour)
    #expect(options(utf8.merging(["TERM": "dumb"]) { $1 }) == RenderOptions(width: 90, isUnicode: false))
    #expect(!options(utf8.merging(["LC_ALL": "C"]) { $1 }).isUnicode)
  }

  @Test func progressRewritesOneLineAndKeepsTheEnd() {
    let log = Log()
    let time = Mutex(Duration.zero)
    func pass(_ seconds: Double) { time.withLock { $0 += .seconds(seconds) } }
    let progress = StageProgress(
      mode: .live, options: RenderOptions(width: 40, isUnicode: false), now: { time.withLock { $0 } }, write: log.add)
    progress.begin("alerts")
    progress.update("too soon")
    pass(1.5)
    progress.update("course\u{1B}[2J 1 of 5, and a detail that is too long for the line")
    pass(12)
    progress.end(.passed, "5 courses")
    progress.update("over")
    #expect(
      log.lines == [
        "\r\u{1B}[K  alerts  0.0 s", "\r\u{1B}[K  alerts  course\\u{1B}[2J 1 of 5, and a",
        "\r\u{1B}[K  alerts   ok 5 courses 13 s\n",
      ])
  }

  @Test func progressIsQuietWhereItIsNotWatched() {
    let log = Log()
    for mode in [StageProgress.Mode.quiet, .lines] {
      let progress = StageProgress(mode: mode, options: RenderOptions(), now: { .zero }, write: log.add)
      progress.begin("scan")
      progress.update("half")
      progress.end(.failed, "2 findings")
      progress.clear()
    }
    #expect(log.lines == ["  scan     ✗ 2 findings 0.0 s\n"])
  }

  private final class Log: Sendable {
    private let kept = Mutex<[String]>([])
    var lines: [String] { kept.withLock { $0 } }
    func add(_ bytes: [UInt8]) { kept.withLock { $0.append(String(decoding: bytes, as: UTF8.self)) } }
  }
}
