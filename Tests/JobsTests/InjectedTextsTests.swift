import Foundation
import Reporting
import Testing
import Vocabulary

@testable import Jobs

/// Conversation that was put into other people's files, which are no part of this repository (`SIGILO_SHARED`): each text is
/// found at its place or is a known miss of docs/detection.md.
@Suite(
  .enabled(
    if: FileManager.default.fileExists(atPath: injectedFolder + "/MANIFEST.jsonl"),
    "no evaluation data (SIGILO_SHARED)"))
struct InjectedTextsTests {
  /// By the manifest's ids. docs/detection.md says why each is out of reach.
  static let knownMisses: Set = [
    "d000024", "d002080", "d009667", "d013397", "d016619", "d017860", "d019328", "d022733", "d023147", "d026495",
    "d027620", "d028248", "d031685", "d035054", "d035524", "d035581", "d040751",
  ]

  @Test func everyTextIsFoundAtItsPlaceOrIsAKnownMiss() async throws {
    let texts = try InjectedText.all()
    let report = try await scanned(injectedFolder)
    var lines: [String: Set<Int>] = [:]
    for finding in report.findings where finding.severity == .content {
      for place in finding.locations { lines[place.path ?? "", default: []].insert(place.line ?? 0) }
    }
    var missed: Set<String> = []
    for text in texts {
      let place = try #require(try text.lines(), "a text of the manifest is not in its file")
      if lines["\(injectedFolder)/\(text.file)", default: []].isDisjoint(with: place) { missed.insert(text.id) }
    }
    #expect(texts.count > 150)
    #expect(missed.subtracting(Self.knownMisses) == [])
    #expect(texts.count - missed.count >= 136)
  }

  @Test func everyKnownMissIsNamed() throws {
    let page = URL(filePath: #filePath).appending(path: "../../../docs/detection.md").standardized
    let text = try String(contentsOf: page, encoding: .utf8)
    #expect(Self.knownMisses.filter { !text.contains($0) } == [])
  }
}

private let injectedFolder =
  (ProcessInfo.processInfo.environment["SIGILO_SHARED"] ?? "../shared") + "/corpora/real_injected"

/// One entry of the manifest.
private struct InjectedText {
  var id: String
  var file: String
  var text: String

  private struct Entry: Decodable {
    var file: String
    var injected: [String]
    var ids: [String]
  }

  static func all() throws -> [InjectedText] {
    let manifest = try Data(contentsOf: URL(filePath: injectedFolder + "/MANIFEST.jsonl"))
    return try manifest.split(separator: 10).flatMap { line in
      let entry = try JSONDecoder().decode(Entry.self, from: line)
      return zip(entry.ids, entry.injected).map { InjectedText(id: $0, file: entry.file, text: $1) }
    }
  }

  /// The lines of the file on which it stands; nil where it is not there. Formats escape it, and one cuts it short.
  func lines() throws -> ClosedRange<Int>? {
    let content = try Data(contentsOf: URL(filePath: "\(injectedFolder)/\(file)"))
    let first = String(text.prefix { $0 != "\n" })
    for form in [text, first, String(text.unicodeScalars.prefix(20))] {
      for escaped in [form, Self.json(form), Self.ascii(Self.json(form)), form.replacing("'", with: "''")] {
        guard let range = content.range(of: Data(escaped.utf8)) else { continue }
        let line = content[..<range.lowerBound].count { $0 == 0x0A } + 1
        // A scalar's first line is its key's.
        return max(1, line - 1)...line + text.utf8.count { $0 == 0x0A }
      }
    }
    return nil
  }

  private static func json(_ text: String) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    guard let data = try? encoder.encode(text) else { return text }
    return String(String(decoding: data, as: UTF8.self).dropFirst().dropLast())
  }

  /// As writers of JSON put it that keep to ASCII.
  private static func ascii(_ json: String) -> String {
    json.utf16.reduce(into: "") { result, unit in
      let digits = String(unit, radix: 16)
      result +=
        unit < 0x80
        ? String(UnicodeScalar(UInt8(unit))) : "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
  }
}
