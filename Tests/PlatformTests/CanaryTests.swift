import Foundation
import Testing
import Vocabulary

@testable import Platform

struct CanaryTests {
  private static let text = CanaryText(key: CanaryKey(seed: 1))

  @Test func theConversationsAreEnoughAndHoldNothingPersonal() {
    for language in ["pt-BR", "en"] {
      let own = Conversation.all.filter { $0.lang == language }
      #expect(own.count >= 40)
      #expect(Set(own.map(\.prompt)).count == own.count)
      #expect(Set(own.map(\.id)).count == own.count)
      for conversation in own {
        let words = conversation.prompt.split(separator: " ").count
        #expect(words >= 10, "\(conversation.id)")
        let both = conversation.prompt + conversation.reply
        #expect(!both.contains { $0.isNumber || $0 == "@" || $0 == "\n" }, "\(conversation.id)")
      }
    }
  }

  @Test func anyEightWordsHoldAMarker() {
    for text in Self.text.texts {
      let words = text.split(separator: " ").map(String.init)
      let places = words.indices.filter { Self.text.ledger.entry(of: words[$0]) != nil }
      #expect(!places.isEmpty)
      let gaps = zip([-1] + places, places + [words.count]).map { $1 - $0 }
      #expect(gaps.allSatisfy { $0 <= 7 })
      // Every fifth to seventh word, but for the tail.
      #expect(gaps.dropLast().allSatisfy { (5...7).contains($0) })
    }
  }

  @Test func markersArePronounceableUniqueAndNoWordsOfOurs() {
    let markers = Self.text.markers
    #expect(Set(markers).count == markers.count)
    #expect(markers.count == Self.text.ledger.count)
    let words = Set(Conversation.all.flatMap { ($0.prompt + " " + $0.reply).lowercased().split { !$0.isLetter } })
    for marker in markers {
      #expect(marker.utf8.count >= 8 && !words.contains(Substring(marker)))
      #expect(marker.enumerated().allSatisfy { "aeiou".contains($1) == ($0 % 2 == 1) && $1.isASCII && $1.isLowercase })
    }
  }

  /// So that a run shows what sinks do to letters beyond ASCII, and loses nothing where they garble them.
  @Test func everySecondMarkerOfAPortugueseTextWearsAnAccent() {
    for request in 0..<CanaryText.rounds {
      let isPortuguese = Conversation.all[request % Conversation.all.count].lang == "pt-BR"
      for text in [Self.text.prompt(request), Self.text.reply(request)] {
        let written = text.split(separator: " ").map(String.init).filter { Self.text.ledger.entry(of: $0) != nil }
        #expect(!written.isEmpty)
        for (index, marker) in written.enumerated() {
          let accents = marker.utf8.count - marker.count
          #expect(marker.count == 10 && accents == (isPortuguese && index % 2 == 1 ? 1 : 0))
        }
      }
    }
    #expect(Self.text.messages.count == 2 * CanaryText.rounds && Self.text.messages.allSatisfy { !$0.isEmpty })
  }

  @Test func markersDependOnTheKeyAlone() throws {
    #expect(CanaryText(key: CanaryKey(seed: 1)).markers == Self.text.markers)
    let other = CanaryText(key: try CanaryKey(bytes: Array(repeating: 7, count: 32)))
    #expect(Set(other.markers).isDisjoint(with: Self.text.markers))
    #expect(Set(CanaryText(key: .random()).markers).isDisjoint(with: Self.text.markers))
  }

  @Test func theLedgerSaysWhereAMarkerWasPlanted() throws {
    for request in [0, 17, CanaryText.rounds - 1] {
      let words = Self.text.reply(request).split(separator: " ").map(String.init)
      let place = try #require(words.firstIndex { Self.text.ledger.entry(of: $0) != nil })
      let entry = try #require(Self.text.ledger.entry(of: words[place].uppercased()))
      #expect(entry == CanaryLedger.Entry(request: request, part: .reply, position: place))
    }
  }

  @Test func aKeyFileHasThirtyTwoBytes() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "canary-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "key").path
    for count in [0, 31, 33, 1000] {
      try Data(repeating: 1, count: count).write(to: URL(filePath: file))
      #expect(throws: Fault.self) { try CanaryKey(file: file) }
    }
    try Data(repeating: 1, count: 32).write(to: URL(filePath: file))
    let read = CanaryText(key: try CanaryKey(file: file))
    #expect(read.markers == CanaryText(key: try CanaryKey(bytes: Array(repeating: 1, count: 32))).markers)
    #expect(throws: Fault.self) { try CanaryKey(file: folder.path) }
    #expect(throws: Fault.self) { try CanaryKey(file: file + "-missing") }
  }

  @Test func theSearchFindsMarkersAndRunsOfWords() {
    let search = CanarySearch(Self.text)
    func sighted(_ text: String) -> [Bool] {
      Array(text.utf8).withUnsafeBytes { [search.containsMarker(in: $0), search.containsFiveConsecutiveWords(in: $0)] }
    }
    let words = Self.text.prompt(3).split(separator: " ").map(String.init)
    let marker = words.first { Self.text.ledger.entry(of: $0) != nil } ?? ""
    #expect(sighted(#"{"a":"\#(marker.uppercased())"}"#) == [true, false])
    #expect(sighted("..." + words.prefix(4).joined(separator: "_") + "...") == [false, false])
    #expect(sighted(words[0..<4].joined(separator: " ")) == [false, false])
    for request in 0..<4 {
      for marker in Self.text.reply(request).split(separator: " ")
      where Self.text.ledger.entry(of: String(marker)) != nil {
        #expect(sighted("x \(marker) y").first == true)
      }
    }
    // Four words before the first marker and the marker make five.
    #expect(sighted("x y " + words[0..<5].joined(separator: "\n")).last == true)
    #expect(sighted(words.dropFirst(9).joined(separator: "\\u0020 ")).first == true)
    #expect(
      sighted("a finding holds the rule, the sink, the place and the length class, never the text") == [false, false])
    #expect(sighted("") == [false, false])
  }
}
