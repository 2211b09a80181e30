import Foundation

/// One made-up exchange of `Corpora/conversations/`.
struct Conversation: Sendable, Hashable, Codable {
  let id: String
  let lang: String
  let prompt: String
  let reply: String

  /// All of them, Portuguese and English in turn.
  static let all: [Conversation] = {
    let languages = ["pt-BR", "en"].map { language in
      let text = EmbeddedCorpora.files["conversations/\(language).jsonl"] ?? ""
      return text.split(separator: "\n").compactMap {
        try? JSONDecoder().decode(Conversation.self, from: Data($0.utf8))
      }
    }
    let longest = languages.map(\.count).max() ?? 0
    return (0..<longest).flatMap { index in languages.compactMap { index < $0.count ? $0[index] : nil } }
  }()
}
