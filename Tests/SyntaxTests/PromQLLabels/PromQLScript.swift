import Foundation

/// A series as a test says what is loaded or expected.
typealias Series = [String: String]

/// One of Prometheus's test scripts, read as far as labels go.
///
/// Source: prometheus/promql/promqltest/README.md of 3.14.
struct PromQLScript {
  struct Evaluation {
    /// Of the command in the script, from 1.
    var line: Int
    var expression: String
    /// All series that were loaded before.
    var loaded: [Series]
    var expected: [Series]
    var outcome: Outcome
  }

  enum Outcome: Hashable {
    case series
    /// A number or a string, which have no labels.
    case scalar, string
    case failure
  }

  private(set) var evaluations: [Evaluation] = []
  /// Lines that were not understood.
  private(set) var strange: [Int] = []

  init(_ text: String) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      let line = line.trimmingCharacters(in: .whitespaces)
      return line.hasPrefix("#") ? "" : line
    }
    var loaded: [Series] = []
    var index = 0
    while index < lines.count {
      let command = lines[index]
      let block = lines[(index + 1)...].prefix { !$0.isEmpty }
      switch command.prefix(while: { !$0.isWhitespace }).lowercased() {
      case "", "clear":
        if !command.isEmpty { loaded = [] }
        index += 1
        continue
      case "load", "load_with_nhcb":
        for (offset, line) in block.enumerated() where !line.isStartTimestamps {
          guard let series = SeriesReader.read(line)?.series else {
            strange.append(index + 2 + offset)
            continue
          }
          loaded.append(series)
          if command.hasPrefix("load_with_nhcb"), let native = series.nativeHistogram { loaded.append(native) }
        }
      case let word where word.hasPrefix("eval"): evaluate(command, block, loaded, line: index + 1)
      default: strange.append(index + 1)
      }
      index += 1 + block.count
    }
  }

  private mutating func evaluate(_ command: String, _ block: ArraySlice<String>, _ loaded: [Series], line: Int) {
    guard let expression = Self.expression(command) else {
      strange.append(line)
      return
    }
    var out = Evaluation(line: line, expression: expression, loaded: loaded, expected: [], outcome: .series)
    if command.hasPrefix("eval_fail") { out.outcome = .failure }
    for text in block {
      if text.hasPrefix("expect ") || text.hasPrefix("expected_") || text == "expect" {
        if text.hasPrefix("expect fail") { out.outcome = .failure }
        if text.hasPrefix("expect string") { out.outcome = .string }
      } else if let first = text.first, first.isNumber || "-+".contains(first) || ["NaN", "Inf"].contains(text) {
        out.outcome = .scalar
      } else if let series = SeriesReader.read(text)?.series {
        out.expected.append(series)
      } else {
        strange.append(line)
      }
    }
    evaluations.append(out)
  }

  /// `eval instant at TIME EXPRESSION`, `eval range from TIME to TIME step TIME EXPRESSION`
  private static func expression(_ command: String) -> String? {
    let words = command.split(maxSplits: 8, whereSeparator: \.isWhitespace)
    guard words.count > 2 else { return nil }
    let skipped: Int
    switch words[1] {
    case "instant": skipped = words[2] == "at" ? 4 : 2
    case "range": skipped = 8
    default: return nil
    }
    guard words.count > skipped else { return nil }
    return String(command[words[skipped].startIndex...])
  }
}

/// Reads `name{label="value", "any name"="value"} …`.
enum SeriesReader {
  /// - Returns: the labels, the metric's name as `__name__`, and what follows them.
  static func read(_ line: String) -> (series: Series, rest: Substring)? {
    var series: Series = [:]
    var rest = line[...]
    let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == ":" }
    if !name.isEmpty { series["__name__"] = String(name) }
    rest = rest.dropFirst(name.count)
    guard rest.first == "{" else { return name.isEmpty ? nil : (series, rest) }
    rest.removeFirst()
    while true {
      rest = rest.drop { $0.isWhitespace || $0 == "," }
      guard let first = rest.first else { return nil }
      if first == "}" { return (series, rest.dropFirst()) }
      let isQuoted = "\"'`".contains(first)
      guard let key = isQuoted ? quoted(&rest) : word(&rest) else { return nil }
      rest = rest.drop(while: \.isWhitespace)
      if isQuoted, rest.first == "," || rest.first == "}" {
        series["__name__"] = key
        continue
      }
      guard rest.popFirst() == "=" else { return nil }
      rest = rest.drop(while: \.isWhitespace)
      guard let value = quoted(&rest) else { return nil }
      if !value.isEmpty { series[key] = value }
    }
  }

  private static func word(_ rest: inout Substring) -> String? {
    let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    rest = rest.dropFirst(word.count)
    return word.isEmpty ? nil : String(word)
  }

  /// Only the escapes that scripts use; others are an error.
  private static func quoted(_ rest: inout Substring) -> String? {
    guard let quote = rest.popFirst(), "\"'`".contains(quote) else { return nil }
    var out = ""
    while let next = rest.popFirst() {
      if next == quote { return out }
      guard next == "\\", quote != "`" else {
        out.append(next)
        continue
      }
      switch rest.popFirst() {
      case "n": out.append("\n")
      case "t": out.append("\t")
      case "\\": out.append("\\")
      case "\"": out.append("\"")
      case "'": out.append("'")
      default: return nil
      }
    }
    return nil
  }
}

extension String {
  fileprivate var isStartTimestamps: Bool { prefix { $0 != " " && $0 != "\t" }.hasSuffix("@st") }
}

extension Series {
  /// What `load_with_nhcb` makes of a classic bucket.
  fileprivate var nativeHistogram: Series? {
    guard let name = self["__name__"], name.hasSuffix("_bucket"), self["le"] != nil else { return nil }
    var series = self
    series["le"] = nil
    series["__name__"] = String(name.dropLast("_bucket".count))
    return series
  }
}
