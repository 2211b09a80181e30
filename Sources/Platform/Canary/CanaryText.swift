/// What the requests of a run say: conversations in which every fifth to seventh word is a keyed marker.
///
/// So any eight consecutive words hold a marker, and finding one in a sink proves that conversation came out there. Markers
/// are pronounceable and of letters alone: neither a personal-data pattern nor an entropy detector has anything to find in
/// them, so that a sighting is the canary proof's own.
///
/// In Portuguese texts every second marker wears an accent, as words of the language do, so that a run also shows what a sink
/// does to letters beyond ASCII; the others are still found where it garbles them.
public struct CanaryText: Sendable {
  /// The two texts of a request.
  public enum Part: String, Sendable, Hashable, CaseIterable { case prompt, reply }

  /// Canary requests that differ; the load repeats them after that, so that the set to search for stays bounded.
  public static let rounds = 256

  private let prompts: [String]
  private let replies: [String]
  /// The markers of each text, prompt and reply of the requests in turn: without accents, lower-case ASCII, ten letters.
  public let messages: [[String]]
  /// Every marker, in that order.
  public var markers: [String] { messages.flatMap(\.self) }
  public let ledger: CanaryLedger

  public init(key: CanaryKey) {
    var prompts: [String] = []
    var replies: [String] = []
    var messages: [[String]] = []
    var ledger = CanaryLedger()
    for request in 0..<Self.rounds {
      let conversation = Conversation.all[request % Conversation.all.count]
      for (part, text) in [(Part.prompt, conversation.prompt), (.reply, conversation.reply)] {
        let woven = MarkerWeaver(key: key, request: request, part: part)
          .weave(text, accenting: conversation.lang == "pt-BR", avoiding: ledger)
        for (marker, position) in woven.markers {
          ledger.enter(marker, CanaryLedger.Entry(request: request, part: part, position: position))
        }
        messages.append(woven.markers.map(\.0))
        if part == .prompt { prompts.append(woven.text) } else { replies.append(woven.text) }
      }
    }
    self.prompts = prompts
    self.replies = replies
    self.messages = messages
    self.ledger = ledger
  }

  /// The prompt that request `number` of the load carries.
  public func prompt(_ number: Int) -> String { prompts[number % Self.rounds] }

  /// The reply to it.
  public func reply(_ number: Int) -> String { replies[number % Self.rounds] }

  /// Every text that can be sent.
  var texts: [String] { prompts + replies }
}

/// Which marker went out where.
public struct CanaryLedger: Sendable {
  public struct Entry: Sendable, Hashable {
    /// Number of the canary request, from 0.
    public var request: Int
    public var part: CanaryText.Part
    /// Index of the marker among the text's words.
    public var position: Int
  }

  private var entries: [String: Entry] = [:]

  /// Where a marker was planted, with its accent or without; nil where the word is none of this run's.
  public func entry(of marker: String) -> Entry? { entries[MarkerWeaver.plain(marker)] }

  public var count: Int { entries.count }

  mutating func enter(_ marker: String, _ entry: Entry) { entries[marker] = entry }
}
