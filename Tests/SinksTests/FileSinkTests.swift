import Foundation
import Syntax
import Testing
import Vocabulary

@testable import Sinks

@Suite struct FileSinkTests {
  @Test func foldersAreWalkedInOrderAndLoopsEnd() throws {
    try withFolder { folder in
      try write("b: 1\nc: 2\n", to: folder + "/b.yaml")
      try write("INFO x\n", to: folder + "/a/x.log")
      try write("secret", to: folder + "/.git/objects/x")
      let files = FileManager.default
      try files.createSymbolicLink(atPath: folder + "/a/loop", withDestinationPath: folder)
      try files.createSymbolicLink(atPath: folder + "/again.yaml", withDestinationPath: folder + "/b.yaml")
      try files.createSymbolicLink(atPath: folder + "/gone", withDestinationPath: folder + "/nowhere")
      #expect(mkfifo(folder + "/pipe", 0o600) == 0)
      let collector = Collector()
      let coverage = try FileSink.read(folder, displayPath: "tree", into: collector)
      #expect(
        coverage.map(\.sink.name) == [
          "tree/.git", "tree/a/x.log", "tree/a/loop", "tree/b.yaml", "tree/pipe", "tree/again.yaml", "tree/gone",
        ])
      #expect(
        coverage.map(\.outcome) == [.judged, .judged, .judged, .judged, .incomplete, .judged, .incomplete])
      #expect(coverage.map(\.format).filter { $0 != "unread" } == ["log", "yaml"])
      #expect(collector.texts(.fileName).contains("x.log"))
      #expect(!collector.specimens.contains { $0.string == "secret" })
    }
  }

  @Test func missingFilesAreUsageErrors() throws {
    let fault = try #require(throws: Fault.self) { try FileSink.read("/nowhere/x", into: Collector()) }
    #expect(fault.status == .usage)
    #expect(fault.place?.path == "/nowhere/x")
  }

  @Test func commentsOfTemplatesAreComments() throws {
    let collector = Collector()
    let text = "{{ define \"x\" }}\n  {{- /* one */ -}}\n{{/* two */}}\n{{ .Labels.a }} {{/* three */}}\n{{ end }}\n"
    _ = try FileSink.read(text.bytes, path: "a.tmpl", format: .goTemplate, into: collector)
    #expect(collector.texts(.comment) == ["  {{- /* one */ -}}", "{{/* two */}}"])
  }

  @Test func commentsOfConfigurationsInNoKnownFormatAreComments() throws {
    let text = "# one\nlogging {\n  // two\n  level = \"info\" # three\n}\n"
    let config = Collector()
    _ = try FileSink.read(text.bytes, path: "config.alloy", format: .text, surface: .config, into: config)
    #expect(config.texts(.comment) == ["# one", "  // two"])
    let log = Collector()
    _ = try FileSink.read(text.bytes, path: "a.log", format: .text, surface: .log, into: log)
    #expect(log.texts(.comment) == [])
  }

  @Test func longLinesLoseNothing() throws {
    // The mark lies across the first cut between windows.
    let mark = "é-mark-é-mark-é"
    let seam = ReadLimits.batch - 7
    let line = String(repeating: ".", count: seam) + mark + String(repeating: "ü", count: 2_000_000)
    try withFolder { folder in
      try write("first\n" + line + "\nlast\n", to: folder + "/x.log")
      let collector = Collector()
      let coverage = try FileSink.read(folder + "/x.log", into: collector)
      #expect(coverage[0].outcome == .judged)
      #expect(coverage[0].bytes == line.utf8.count + 12)
      #expect(collector.largestBatch <= ReadLimits.batch)
      let found = try #require(collector.specimens.first { $0.line == 2 && $0.string.contains(mark) })
      let before = found.string.split(separator: mark, omittingEmptySubsequences: false)[0].unicodeScalars.count
      #expect(found.column + before == seam + 1)
      #expect(collector.specimens.allSatisfy { String(validating: $0.text, as: UTF8.self) != nil })
      #expect(collector.specimens.last.map { [$0.string, "\($0.line)"] } == ["last", "3"])
    }
  }

  /// Base64 of something compressed can be read from its beginning on alone.
  @Test func whatIsEncodedIsSeenWholeInOneWindowOrSaid() throws {
    let run = String(repeating: "H4sIAAAA", count: 60_000)
    let collector = Collector()
    let short = String(repeating: "- ", count: 900_000) + run + String(repeating: " -", count: 900_000)
    for (text, path) in [(short, "x.log"), ("[\"" + short + "\"]", "x.json")] {
      let coverage = try FileSink.read(text.bytes, path: path, into: collector)
      #expect(coverage.outcome == .judged && collector.specimens.contains { $0.string.contains(run) }, "\(path)")
      collector.specimens.removeAll()
    }
    let long = String(repeating: "- ", count: 900_000) + String(repeating: run, count: 5)
    for (text, path) in [(long, "x.log"), ("[\"" + long + "\"]", "x.json")] {
      let coverage = try FileSink.read(text.bytes, path: path, into: collector)
      #expect(coverage.outcome == .incomplete && coverage.notes == [Reading.cutRun], "\(path)")
    }
  }

  @Test func longValuesLoseNothing() throws {
    let mark = "mark-across-the-cut"
    let value = String(repeating: "y", count: ReadLimits.batch - 5) + mark + String(repeating: "z", count: 3_000_000)
    let collector = Collector()
    _ = try FileSink.read("{\"a\":\n \"\(value)\"}".bytes, path: "x.json", into: collector)
    #expect(collector.largestBatch <= ReadLimits.batch)
    #expect(collector.specimens.contains { $0.string.contains(mark) })
    #expect(collector.texts(.scalar).last?.hasSuffix("z") == true)
    let second = try #require(collector.specimens.first { $0.string.contains(mark) })
    let place = second.string.split(separator: mark)[0].count
    #expect(second.line == 2 && second.column + place == 3 + ReadLimits.batch - 5)
  }

  @Test func whatIsTooLargeIsJudgedAsText() throws {
    try withFolder { folder in
      let text = "{\"a\": [\n" + String(repeating: "\"entry\",\n", count: 60_000) + "\"end\"]}\n"
      try write(text, to: folder + "/x.json")
      let collector = Collector()
      let coverage = try FileSink.read(
        folder + "/x.json", limits: ReadLimits(maximumDocument: 400_000), into: collector)
      #expect(coverage[0].outcome == .judgedAsText)
      #expect(coverage[0].bytes == text.utf8.count)
      #expect(collector.texts(.line).count == 60_002)
    }
  }

  @Test func binaryData() throws {
    let collector = Collector()
    let binary = [0, 0x0A, 1, 2] + "a printable run of text".bytes + [0, 0xFF] + "short".bytes
    #expect(try FileSink.read(binary, path: "x", into: collector).outcome == .incomplete)
    #expect(collector.texts(.line) == ["a printable run of text"])
    #expect(collector.specimens.map { [$0.line, $0.column] } == [[2, 3]])
  }

  @Test func receiversCanStopTheReading() {
    final class Full: BatchReceiver {
      func receive(_ batch: Batch) throws(Fault) { throw Fault(.internal, "full") }
      func notice(
        rule: String, severity: Severity, sink: Sink, surface: Surface, message: String, remedy: String?,
        at location: Location
      ) {}
    }
    #expect(throws: Fault(.internal, "full")) { try FileSink.read("INFO x\n".bytes, path: "x", into: Full()) }
  }
}
