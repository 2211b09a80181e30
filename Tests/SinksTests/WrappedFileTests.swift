import Foundation
import TestSupport
import Testing
import Vocabulary

@testable import Sinks

/// Files whose content is another: compressed, or text in UTF-16.
@Suite struct WrappedFileTests {
  @Test(arguments: ["gz", "zst"])
  func compressedLogsAreReadAsWhatTheyHold(_ ending: String) throws {
    try withFolder { folder in
      let lines = (1...20_000).map { "2026-11-22T10:00:00Z INFO engine step \($0)" }
      try compress(lines.joined(separator: "\n") + "\n", to: folder + "/x.log.\(ending)")
      let collector = Collector()
      let coverage = try FileSink.read(folder + "/x.log.\(ending)", into: collector)
      #expect(coverage.map(\.outcome) == [.judged])
      #expect(coverage[0].format == (ending == "gz" ? "log, gzip" : "log, zstd"))
      #expect(coverage[0].records == 20_000 && coverage[0].surface == .log)
      #expect(coverage[0].bytes == lines.reduce(0) { $0 + $1.utf8.count + 1 })
      #expect(collector.largestBatch <= ReadLimits.batch)
      let isSame = collector.texts(.line) == lines
      #expect(isSame)
      #expect(collector.specimens.last.map { [$0.line, $0.column] } == [20_000, 1])
    }
  }

  @Test(arguments: ["gz", "zst"])
  func memberAfterMemberIsRead(_ ending: String) throws {
    try withFolder { folder in
      try compress("INFO one\n", to: folder + "/a.\(ending)")
      try compress("INFO two\n", to: folder + "/b.\(ending)")
      let (one, two) = (try bytes(folder + "/a.\(ending)"), try bytes(folder + "/b.\(ending)"))
      let collector = Collector()
      let padded = one + two + (ending == "gz" ? [0, 0, 0, 0, 0] : [])
      let coverage = try FileSink.read(padded, path: "x.log.\(ending)", into: collector)
      #expect(coverage.outcome == .judged && collector.texts(.line) == ["INFO one", "INFO two"])
      let followed = try FileSink.read(one + "tail of something".bytes, path: "x.log.\(ending)", into: Collector())
      #expect(followed.outcome == .incomplete)
    }
  }

  @Test(arguments: ["gz", "zst"])
  func whatIsCutOffOrDamagedIsIncompleteAndItsBeginningJudged(_ ending: String) throws {
    try withFolder { folder in
      var generator = SeededGenerator(3)
      let lines = (1...20_000).map {
        "2026-11-22T10:00:00Z INFO \($0) \(UInt64.random(in: 0 ... .max, using: &generator))"
      }
      try compress(lines.joined(separator: "\n"), to: folder + "/x.\(ending)")
      let whole = try bytes(folder + "/x.\(ending)")
      var damaged = whole
      for index in whole.count / 2..<whole.count / 2 + 40 { damaged[index] ^= 0x5A }
      for broken in [Array(whole.prefix(whole.count / 2)), damaged] {
        let collector = Collector()
        let coverage = try FileSink.read(broken, path: "x.log.\(ending)", into: collector)
        #expect(coverage.outcome == .incomplete)
        let isBeginningThere = collector.texts(.line).prefix(1_000).elementsEqual(lines.prefix(1_000))
        #expect(isBeginningThere, "\(broken.count) of \(whole.count): \(coverage)")
      }
    }
  }

  @Test func whatIsMadeToExpandWithoutEndIsStopped() throws {
    try withFolder { folder in
      try compress(String(repeating: "INFO again and again\n", count: 4_000_000), to: folder + "/x.zst")
      let coverage = try FileSink.read(folder + "/x.zst", into: Discarding())
      #expect(coverage[0].outcome == .incomplete)
      #expect(coverage[0].bytes > ReadLimits.freeExpansion && coverage[0].bytes < 100 << 20)
    }
  }

  @Test func receiversStopCompressedFilesToo() throws {
    try withFolder { folder in
      try compress(String(repeating: "INFO x\n", count: 4_000_000), to: folder + "/x.gz")
      #expect(throws: Fault(.internal, "full")) { try FileSink.read(folder + "/x.gz", into: Full()) }
    }
  }

  @Test func whatIsCompressedInOtherWaysIsIncomplete() throws {
    for magic: [UInt8] in [[0x42, 0x5A, 0x68, 0x39], [0xFD, 0x37, 0x7A, 0x58, 0x5A], [0x1F, 0x8B, 8, 0, 1]] {
      #expect(try FileSink.read(magic, path: "x", into: Collector()).outcome == .incomplete)
    }
  }

  @Test(arguments: [true, false], [true, false])
  func textInUTF16IsTranscoded(isLittle: Bool, hasMark: Bool) throws {
    let lines = (1...20_000).map { "INFO line é 😀 \($0)" }
    let units = Array(((hasMark ? "\u{FEFF}" : "") + lines.joined(separator: "\r\n")).utf16)
    let text = units.flatMap { isLittle ? [UInt8($0 & 0xFF), UInt8($0 >> 8)] : [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
    let collector = Collector()
    let coverage = try FileSink.read(text + [0x20], path: "x", into: collector)
    #expect(coverage.outcome == .judged && coverage.format == "log, utf-16")
    let isSame = collector.texts(.line) == lines
    #expect(isSame)
  }

  @Test func zeroBytesInTextLeaveItText() throws {
    let text = [UInt8](repeating: 0, count: 5_000) + "INFO one\nINFO t\0wo\r\n".bytes + "INFO three\n".bytes
    let collector = Collector()
    let coverage = try FileSink.read(text, path: "x.log", into: collector)
    #expect(coverage.outcome == .judged && coverage.format == "log")
    #expect(collector.texts(.line).dropFirst() == ["INFO t\0wo", "INFO three"])
    #expect(collector.texts(.line).first?.hasSuffix("\0INFO one") == true)
  }

  private final class Full: BatchReceiver {
    func receive(_ batch: Batch) throws(Fault) { throw Fault(.internal, "full") }
    func notice(
      rule: String, severity: Severity, sink: Sink, surface: Surface, message: String, remedy: String?,
      at location: Location
    ) {}
  }

  private final class Discarding: BatchReceiver {
    func receive(_ batch: Batch) {}
    func notice(
      rule: String, severity: Severity, sink: Sink, surface: Surface, message: String, remedy: String?,
      at location: Location
    ) {}
  }

  private func bytes(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(fileURLWithPath: path))) }
}
