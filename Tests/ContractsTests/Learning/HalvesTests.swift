import Expressions
import Foundation
import Testing
import Vocabulary

@testable import Contracts

/// What is learned from one half of a log and held against the other.
struct Halves {
  /// Lines of the other half, by what became of them.
  struct Outcome {
    var claimed = 0
    /// A form that is named for a person to decide says what of the line is not.
    var named = 0
    /// All that is named is that there are lines of which nothing is known.
    var unknown = 0
    var lost: [Int] = []
    var lines = 0
  }

  enum Split: CaseIterable { case odd, even, first, second }

  static func split(_ lines: [String], _ split: Split) -> (learned: [String], held: [String]) {
    let middle = lines.count / 2
    func isLearned(_ index: Int) -> Bool {
      switch split {
      case .odd: index % 2 == 1
      case .even: index % 2 == 0
      case .first: index < middle
      case .second: index >= middle
      }
    }
    return (
      lines.indices.filter(isLearned).map { lines[$0] }, lines.indices.filter { !isLearned($0) }.map { lines[$0] }
    )
  }

  static func hold(_ lines: [String], to learned: Learned) throws -> Outcome {
    let unclaimed = Set(try learned.unclaimed(lines))
    var outcome = Outcome(claimed: lines.count - unclaimed.count, lines: lines.count)
    // A host that the inventory does not declare is named too.
    let open = try (learned.undecided + learned.templates.filter { $0.contains("{hostname}") }).map(expression)
    let nothing = learned.undecided.contains("{?}")
    for index in unclaimed.sorted() {
      let line = Array(lines[index].utf8)
      if open.contains(where: { $0.isBare == false && $0.expression.matches(line) }) {
        outcome.named += 1
      } else if nothing {
        outcome.unknown += 1
      } else {
        outcome.lost.append(index)
      }
    }
    return outcome
  }

  /// The forms that a half shows: which types, signs and words stand where.
  struct Forms {
    private var known: Set<[String]> = []
    private var tokenizer = LineTokenizer(FleetNames())

    init(_ lines: [String]) {
      for line in lines { known.insert(form(line)) }
    }

    mutating func contains(_ line: String) -> Bool { known.contains(form(line)) }

    private mutating func form(_ line: String) -> [String] {
      let bytes = Array(line.utf8)
      bytes.withUnsafeBytes { tokenizer.tokenize($0, 0..<$0.count) }
      return tokenizer.tokens.map { token in
        token.kind == .word ? String(decoding: bytes[token.range], as: UTF8.self) : String(token.code)
      }
    }
  }

  private static func expression(_ text: String) throws -> (expression: RE2Matcher, isBare: Bool) {
    let hosts = text.replacing("{hostname}", with: "{?}")
    let pieces = try OpenTemplate.pieces(of: hosts).map { piece in
      Template(text: piece, elements: try TemplateParser().elements(piece), place: nil).expression(FleetNames()) ?? ""
    }
    return (RE2Matcher(try RE2(pieces.joined(separator: ".+"), anchored: .prometheus3)), text == "{?}")
  }
}
