import Sinks
import TestSupport
import Testing
import Vocabulary

/// Every word of every file must be in some specimen, whatever the file is and however broken.
@Suite struct CompletenessTests {
  @Test(.enabled(if: Shared.isThere, "no evaluation data beside the checkout"))
  func everyWordOfRealFilesIsJudged() throws {
    for path in Self.files { try check(Shared.bytes(path), path) }
  }

  @Test(.enabled(if: Shared.isThere, "no evaluation data beside the checkout"))
  func everyWordOfDamagedFilesIsJudged() throws {
    var random = SeededGenerator(11)
    for path in Self.files {
      let bytes = try Shared.bytes(path)
      guard bytes.count < 60_000 else { continue }
      try check(damaged(bytes, &random), path)
    }
  }

  private static var files: [String] { Shared.files("corpora/real") + Shared.files("facts/samples") }

  private func check(_ bytes: [UInt8], _ path: String) throws {
    let collector = Collector()
    let coverage = try FileSink.read(bytes, path: path, into: collector)
    #expect(coverage.bytes == bytes.count, "\(path)")
    guard coverage.outcome != .incomplete else { return }
    var judged: Set<Substring> = []
    for specimen in collector.specimens { judged.formUnion(Self.words(specimen.string)) }
    // What the formats themselves say, which is no text.
    judged.formUnion(["HELP", "TYPE", "UNIT", "true", "false", "null"])
    judged.formUnion(["counter", "gauge", "histogram", "summary", "untyped", "info", "stateset", "unknown"])
    let missing = Self.words(Self.withoutEscapes(bytes)).count { word in
      !judged.contains(word) && !judged.contains { $0.hasSuffix(word) }
    }
    #expect(missing == 0, "\(path), \(bytes.count) bytes")
    verifyPlaces(collector, bytes, path)
  }

  /// Verbatim specimens stand where they say.
  private func verifyPlaces(_ collector: Collector, _ bytes: [UInt8], _ path: String) {
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    var wrong = 0
    for specimen in collector.specimens where specimen.isVerbatim && specimen.line > 0 {
      // Columns count code points, which bytes outside UTF-8 are not.
      guard String(validating: specimen.text, as: UTF8.self) != nil else { continue }
      guard specimen.line <= lines.count else {
        wrong += 1
        continue
      }
      let line = Array(lines[specimen.line - 1])
      var index = 0
      var column = 1
      while index < line.count, column < specimen.column || line[index] & 0xC0 == 0x80 {
        index += 1
        if index < line.count, line[index] & 0xC0 != 0x80 || index == line.count { column += 1 }
      }
      let first = specimen.text.split(separator: 0x0A, omittingEmptySubsequences: false)[0]
      if !line[min(index, line.count)...].starts(with: first) { wrong += 1 }
    }
    #expect(wrong == 0, "\(path), \(bytes.count) bytes")
  }

  /// The text with each backslash and what follows it blanked, hexadecimal digits of code points included.
  private static func withoutEscapes(_ bytes: [UInt8]) -> String {
    var copy = bytes
    var index = 0
    while index < copy.count {
      guard copy[index] == UInt8(ascii: "\\") else {
        index += 1
        continue
      }
      let isUnicode = index + 1 < copy.count && copy[index + 1] == UInt8(ascii: "u")
      let end = min(index + (isUnicode ? 6 : 2), copy.count)
      for offset in index..<end where copy[offset] < 0x80 { copy[offset] = 0x20 }
      index = end
    }
    return String(decoding: copy, as: UTF8.self)
  }

  private static func words(_ text: String) -> Set<Substring> {
    Set(text.unicodeScalars.split { !$0.properties.isAlphabetic }.map { Substring($0) }.filter { $0.count >= 4 })
  }

  private func damaged(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var copy = bytes
    guard !copy.isEmpty else { return copy }
    // Printable bytes, so that the damage is in the grammar and not in the encoding.
    for _ in 0..<3 {
      copy[Int.random(in: 0..<copy.count, using: &random)] = UInt8.random(in: 0x20...0x7E, using: &random)
    }
    return Bool.random(using: &random) ? Array(copy.prefix(Int.random(in: 1...copy.count, using: &random))) : copy
  }
}
