import Vocabulary

/// A command-line option or environment variable to look for in the texts that start programs: argument files, unit files,
/// compose files, job scripts.
struct Switch: Sendable {
  enum Trigger: Sendable {
    /// The option's presence.
    case present
    /// A value that follows, in any case.
    case values(Set<String>)
    /// Any value but these, in any case.
    case anyValue(except: Set<String>)
  }

  /// `--option` or `VARIABLE`.
  var name: String
  var trigger: Trigger
  var message: String
  var remedy: String

  static let truths: Set<String> = ["1", "true", "yes", "on"]

  /// A finding for each line where one of the switches is set. Comments and prose are no such places.
  static func findings(_ switches: [Switch], rule: String, in file: CheckedFile) -> [ConfigFinding] {
    guard [.vllmArguments, .other].contains(file.role), !isProse(file.path),
      let text = String(validating: file.bytes, as: UTF8.self)
    else { return [] }
    // Cheap for the many files that mention none of them.
    let folded = text.replacing("_", with: "-")
    guard switches.contains(where: { folded.contains($0.name.replacing("_", with: "-")) }) else { return [] }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var findings: [ConfigFinding] = []
    for (index, line) in lines.enumerated() {
      let code = Array(withoutComment(line).utf8)
      let next = index + 1 < lines.count ? Array(withoutComment(lines[index + 1]).utf8) : []
      for entry in switches {
        guard let offset = entry.place(in: code, next: next) else { continue }
        findings.append(
          ConfigFinding(
            rule: rule, severity: .exposure, surface: .config, message: entry.message, remedy: entry.remedy,
            path: file.path, line: index + 1,
            column: String(decoding: code[..<offset], as: UTF8.self).unicodeScalars.count + 1))
      }
    }
    return findings
  }

  private static func isProse(_ path: String) -> Bool {
    [".md", ".rst", ".adoc", ".html", ".log"].contains { path.lowercased().hasSuffix($0) }
  }

  /// Slurm's directives look like comments and are none.
  private static func withoutComment(_ line: Substring) -> Substring {
    let code = line.drop { $0 == " " || $0 == "\t" }
    if code.hasPrefix("#"), !code.hasPrefix("#SBATCH") { return "" }
    let start = code.hasPrefix("#SBATCH") ? line.index(after: code.startIndex) : line.startIndex
    return line[start...].firstRange(of: " #").map { line[..<$0.lowerBound] } ?? line
  }

  /// The first byte of the first such place.
  private func place(in line: [UInt8], next: [UInt8]) -> Int? {
    let needle = Array(name.utf8)
    guard line.count >= needle.count else { return nil }
    return (0...(line.count - needle.count)).first { start in
      let end = start + needle.count
      // vLLM's parser takes `_` for `-` in options.
      return zip(line[start..<end], needle).allSatisfy {
        $0 == $1 || ($1 == UInt8(ascii: "-") && $0 == UInt8(ascii: "_"))
      }
        && (start == 0 || !Self.isWord(line[start - 1])) && (end == line.count || !Self.isWord(line[end]))
        && isTriggered(after: line[end...], next: next[...])
    }
  }

  private func isTriggered(after rest: ArraySlice<UInt8>, next: ArraySlice<UInt8>) -> Bool {
    switch trigger {
    case .present: return true
    case .values(let values): return Self.value(after: rest, next: next).map(values.contains) == true
    case .anyValue(let except): return Self.value(after: rest, next: next).map { !except.contains($0) } == true
    }
  }

  /// The word that follows, in lower case: `=value`, ` value`, `: value`, quoted or not; or on the next line as Kubernetes
  /// (`value: …`) and lists of arguments (`- …`) write it.
  private static func value(after rest: ArraySlice<UInt8>, next: ArraySlice<UInt8>) -> String? {
    func word(_ bytes: ArraySlice<UInt8>) -> String {
      let separators = Set("=: \t\"',[]\r".utf8)
      return String(decoding: bytes.drop { separators.contains($0) }.prefix { !separators.contains($0) }, as: UTF8.self)
        .lowercased()
    }
    let here = word(rest)
    if !here.isEmpty { return here }
    let indented = next.drop { " \t-".utf8.contains($0) }
    let there = word(indented.starts(with: "value:".utf8) ? indented.dropFirst(6) : indented)
    return there.isEmpty ? nil : there
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
