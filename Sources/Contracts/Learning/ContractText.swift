import Syntax
import Vocabulary

/// The text of a contract's file, to which clauses are added; what stands in it stays as it is, comments among it.
struct ContractText {
  private(set) var lines: [String]
  private let path: String

  init(_ text: String, path: String) {
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    while lines.last == "" { lines.removeLast() }
    self.path = path
  }

  /// The beginning of a contract that claims nothing yet.
  static func beginning(of source: String) -> String {
    """
    # What \(source) may emit, as its samples showed it. {type} is a typed slot, [[…]] may be absent, {{ and }} are the braces
    # themselves. Proposed by `sigilo contract learn`: read every clause before it is put in force, and give it a title and an id
    # that say what it is for. What stands under `undecided` is not claimed.
    version: 1
    source: \(source)
    title: {en: \(Self.scalar(source)), pt-BR: \(Self.scalar(source))}
    versions: that of the samples
    facts: ['Samples of \(source), read by sigilo contract learn.']
    example_names: {model: [carcara-chat], weights: [/models/carcara-chat], hostname: [gpu-node1], gpu: [NVIDIA H100 80GB HBM3]}
    """
  }

  var text: String { lines.joined(separator: "\n") + "\n" }

  /// Adds elements at the end of the list under a key of the file; begins the list where there is none.
  ///
  /// - Parameter elements: each an element's lines, as they stand after `- `.
  /// - Throws: `usage` where the list is written in brackets.
  mutating func append(_ elements: [[String]], to key: String) throws(Fault) {
    guard !elements.isEmpty else { return }
    guard let start = lines.firstIndex(where: { $0.hasPrefix("\(key):") }) else {
      lines += ["", "\(key):"] + Self.listed(elements, indent: 2)
      return
    }
    let rest = lines[start].dropFirst(key.count + 1).drop { $0 == " " }
    guard rest.isEmpty || rest.hasPrefix("#") else {
      throw Fault(
        .usage, "the list is not written line by line", at: Location(path: path, line: start + 1),
        remedy: "Write each of its elements after `- ` in a line of its own.")
    }
    let isNext = { (line: String) in line.first.map { $0 != " " && $0 != "#" && $0 != "-" } ?? false }
    var end = lines[(start + 1)...].firstIndex(where: isNext) ?? lines.count
    // A comment before the next key is the next key's.
    while end > start + 1, end < lines.count, lines[end - 1].hasPrefix("#") || lines[end - 1].isEmpty { end -= 1 }
    let indent = lines[(start + 1)..<end].first { $0.drop { $0 == " " }.hasPrefix("-") }?.prefix { $0 == " " }.count
    lines.insert(contentsOf: (key == "undecided" ? [] : [""]) + Self.listed(elements, indent: indent ?? 2), at: end)
  }

  private static func listed(_ elements: [[String]], indent: Int) -> [String] {
    let space = String(repeating: " ", count: indent)
    var lines: [String] = []
    for element in elements {
      if element.count > 1, !lines.isEmpty { lines.append("") }
      for (index, line) in element.enumerated() { lines.append(space + (index == 0 ? "- " : "  ") + line) }
    }
    return lines
  }

  /// A text as YAML takes it: in single quotes, or in double ones where it holds what must be escaped.
  static func scalar(_ text: String) -> String {
    let isPlain = text.unicodeScalars.allSatisfy { scalar in
      (0x20..<0x7F).contains(scalar.value)
        || (0xA0..<0xD800).contains(scalar.value) && scalar.value != 0x2028
          && scalar.value != 0x2029
    }
    guard !isPlain else { return Quoting.yaml(text) }
    let escaped = text.unicodeScalars.map { scalar -> String in
      switch scalar.value {
      case 0x22: return "\\\""
      case 0x5C: return "\\\\"
      case 0x0A: return "\\n"
      case 0x1B: return "\\e"
      case 0x20..<0x7F, 0xA0..<0x2028: return String(scalar)
      case 0x2500..<0x2600: return String(scalar)
      default:
        let digits = String(scalar.value, radix: 16)
        return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
      }
    }
    return "\"\(escaped.joined())\""
  }
}
