import Engines
public import Flow
import Foundation
import Syntax
public import Vocabulary

/// What the real programs say of a configuration tree: `promtool check`, `amtool check-config`.
public enum EngineChecks {
  public struct Result: Sendable {
    /// One for each file that its program refuses.
    public var findings: [ConfigFinding]
    /// One for each file that was checked, or could not be, and why.
    public var checks: [Check]
  }

  /// Checks every Prometheus configuration, rule file and Alertmanager configuration of a tree.
  ///
  /// The tree is written to a work folder first, so that relative references between its files hold. Prometheus configurations
  /// are checked without what they refer to on the machine they are for (keys, discovery files); rule files are checked by
  /// themselves. Rules of Loki's ruler and Kubernetes resources are none of promtool's, and are listed as skipped.
  /// - Throws: `Fault(.incomplete)` where a program that is needed is missing or does not run.
  public static func run(on files: ConfigFiles) async throws(Fault) -> Result {
    let folder = try WorkFolder.create()
    defer { folder.remove() }
    for file in files.files { try folder.write(file.bytes, to: file.path) }
    var result = Result(findings: [], checks: [])
    let configs = files.files(with: .prometheusConfig)
    let rules = files.files(with: .rules)
    if !configs.isEmpty || !rules.isEmpty {
      let promtool = try Promtool.find().engine
      for file in configs {
        try await result.add(file, ["check", "config", "--syntax-only"], of: promtool, in: folder)
      }
      for file in rules {
        if let reason = reasonToSkip(file) {
          result.checks.append(
            Check(
              stage: "bundle", name: "promtool check rules \(SealedPath.printable(file.path))", outcome: .skipped,
              detail: reason))
        } else {
          try await result.add(file, ["check", "rules"], of: promtool, in: folder)
        }
      }
    }
    let routes = files.files(with: .alertmanagerConfig)
    if !routes.isEmpty {
      let amtool = try Amtool.find().engine
      for file in routes { try await result.add(file, ["check-config"], of: amtool, in: folder) }
    }
    return result
  }

  private static func reasonToSkip(_ file: ConfigFile) -> String? {
    switch RuleLanguage(of: file) {
    case .kubernetesResource: "a Kubernetes resource, not a rule file"
    case .logQL: "rules of Loki's ruler (LogQL)"
    case .promQL: nil
    }
  }
}

extension EngineChecks.Result {
  fileprivate mutating func add(
    _ file: ConfigFile, _ arguments: [String], of engine: Engine, in folder: WorkFolder
  ) async throws(Fault) {
    let program = engine.name.rawValue
    let outcome = try await Command(engine, arguments + [folder.file(file.path)]).run()
    let subject = try await engine.subject()
    let words = arguments.filter { !$0.hasPrefix("-") }.joined(separator: " ")
    checks.append(
      Check(
        stage: "bundle", name: "\(program) \(words) \(SealedPath.printable(file.path))",
        outcome: outcome.isSuccess ? .passed : .failed, subject: subject))
    guard !outcome.isSuccess else { return }
    let refusal = Refusal(outcome, folder: folder.path)
    findings.append(
      ConfigFinding(
        rule: "\(program)-refuses", severity: .exposure, surface: file.role == .rules ? .alert : .config,
        message: "\(program) refuses the file: \(refusal.message)",
        remedy: "correct it, then run \(program) \(words) on it", path: file.path, line: refusal.line,
        column: refusal.column))
  }
}

/// A program's complaint about a file, without the values that it quotes from there.
struct Refusal {
  var message: String
  var line: Int?
  var column: Int?

  private static let maximumLength = 300

  init(_ result: CommandResult, folder: String) {
    // amtool puts it on standard output, beside a line that says no more than that it failed.
    let lines = [result.stderrText, result.stdoutText].flatMap { $0.split(whereSeparator: \.isNewline) }
      .map { Self.cleaned(String($0), folder: folder) }
      .filter { !$0.isEmpty && !$0.hasPrefix("Checking") && !$0.hasPrefix("amtool: error") && !$0.hasPrefix("SUCCESS") }
    let text = Self.unquoted(lines.joined(separator: "; "))
    message = text.isEmpty ? "it says no more" : String(text.prefix(Self.maximumLength))
    // YAML's errors say `line 2:`, promtool's on rules `name:5:11:`.
    if let match = text.firstMatch(of: /(?:^|[ :;])line ([0-9]{1,9})\b/) {
      line = Int(match.1)
    } else if let match = text.firstMatch(of: /(?:^|[ :;])([0-9]{1,9}):([0-9]{1,9}):/) {
      (line, column) = (Int(match.1), Int(match.2))
    }
  }

  /// Without the work folder's name, the file's name in front and the word that it failed.
  private static func cleaned(_ line: String, folder: String) -> String {
    var text = line
    while let start = text.range(of: folder) {
      let end = text[start.upperBound...].firstIndex { $0 == ":" || $0 == " " || $0 == "'" || $0 == "\"" }
      text.removeSubrange(start.lowerBound..<(end ?? text.endIndex))
    }
    if let failed = text.range(of: "FAILED:") { text.removeSubrange(text.startIndex..<failed.upperBound) }
    return text.trimmingCharacters(in: CharacterSet(charactersIn: " \t:"))
  }

  /// Quoted values come from the file: each is replaced by an ellipsis. A quote that stays open hides the rest.
  private static func unquoted(_ text: String) -> String {
    var out = ""
    var quote: Character?
    var previous: Character = " "
    for character in text {
      if let open = quote {
        if character == open { quote = nil }
      } else if "\"`".contains(character) || (character == "'" && !previous.isLetter) {
        quote = character
        out += "…"
      } else {
        out.append(character.isASCII && character >= " " ? character : "?")
      }
      previous = character
    }
    return out
  }
}
