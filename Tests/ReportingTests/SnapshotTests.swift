import Foundation
import Reporting
import Testing

/// Every format of every sample, byte for byte. After a change that is meant, run the tests once with
/// `SIGILO_UPDATE_SNAPSHOTS=1` and read the difference.
@Suite struct SnapshotTests {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Snapshots")
  static let isUpdating = ProcessInfo.processInfo.environment["SIGILO_UPDATE_SNAPSHOTS"] != nil

  @Test(arguments: ReportFormat.all.map { $0.name }, Samples.named.map(\.name))
  func rendersAsBefore(format: String, sample: String) throws {
    let report = try #require(Samples.named.first { $0.name == sample }).report
    let renderer = try ReportFormat.named(format)
    let bytes = try renderer.render(report, options: RenderOptions(reports: "reports/3f9a1c20d4e5"))
    let suffix = renderer.fileName.map { URL(filePath: $0).pathExtension } ?? "txt"
    try expect(bytes, "\(sample)-\(format).\(suffix)")
  }

  @Test func terminalInColourWideAndNarrow() throws {
    let wide = RenderOptions(width: 120, hasColour: true)
    try expect(TerminalReport.render(Samples.fail, options: wide), "fail-terminal-colour-120.txt")
    let ascii = RenderOptions(width: 60, isUnicode: false)
    try expect(TerminalReport.render(Samples.fail, options: ascii), "fail-terminal-ascii-60.txt")
  }

  @Test func terminalExplainsEachFinding() throws {
    try expect(
      TerminalReport.render(Samples.explained, options: RenderOptions(explains: true)), "explained-terminal.txt")
  }

  @Test func theReportGivesReasonsToo() throws {
    let page = try ReportFormat.named("html").render(Samples.explained, options: RenderOptions(explains: true))
    #expect(String(decoding: page, as: UTF8.self).contains("wording +2.1, 3 function words"))
  }

  private func expect(_ bytes: [UInt8], _ name: String) throws {
    let file = Self.folder.appending(path: name)
    if Self.isUpdating {
      try FileManager.default.createDirectory(at: Self.folder, withIntermediateDirectories: true)
      try Data(bytes).write(to: file)
    }
    let wanted = try #require(try? Data(contentsOf: file), "no snapshot \(name)")
    #expect(Data(bytes) == wanted, "\(name) differs; see the suite's comment")
  }
}
