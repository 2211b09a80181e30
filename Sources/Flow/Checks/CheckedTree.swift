import Syntax
import Vocabulary

/// A file as checks see it: its text and, where it is YAML or JSON that parses, its documents.
struct CheckedFile {
  var path: String
  var role: FileRole
  var bytes: [UInt8]
  var documents: [PositionedValue]

  init(_ file: ConfigFile) {
    path = file.path
    role = file.role
    bytes = file.bytes
    let isJSON = file.path.hasSuffix(".json") || file.bytes.first { $0 > 0x20 } == UInt8(ascii: "{")
    switch file.role {
    case .template, .dcgmCounters, .vllmArguments, .other: documents = []
    case .dashboard: documents = (try? [JSONDocument.parse(file.bytes)]) ?? []
    default:
      documents =
        (isJSON ? (try? [JSONDocument.parse(file.bytes)]) : nil) ?? (try? YAMLDocument.parseAll(file.bytes)) ?? []
    }
  }

  /// A finding at a value of one of the documents.
  func finding(
    _ rule: String, _ severity: Severity, _ surface: Surface, at place: (pointer: String, value: PositionedValue),
    _ message: String, remedy: String
  ) -> ConfigFinding {
    ConfigFinding(
      rule: rule, severity: severity, surface: surface, message: message, remedy: remedy, path: path,
      line: place.value.line, column: place.value.column, pointer: place.pointer)
  }
}

/// What the files of a tree say about one another, gathered file by file, so that a large tree need not be held in memory:
/// first every file is added, then each is checked.
public struct CheckedTree: Sendable {
  /// Names that recording rules of the tree make.
  private(set) var recorded: Set<String> = []
  /// Fields that the tree's DCGM counters files export; nil where it has no such file.
  private(set) var dcgmFields: Set<String>?
  let facts: ContractFacts
  private var settings: SettingsCheck

  public init(_ facts: ContractFacts) {
    self.facts = facts
    settings = SettingsCheck(facts.settings)
  }

  /// Takes note of what one file says about the others.
  public mutating func add(_ file: ConfigFile) {
    settings.add(file)
    switch file.role {
    case .dcgmCounters: dcgmFields = (dcgmFields ?? []).union(Self.fields(of: file.bytes))
    case .rules, .grafanaProvisioning:
      for rule in Rule.all(in: CheckedFile(file)) {
        if let name = rule.value["record"]?.string { recorded.insert(name) }
      }
    default: break
    }
  }

  /// The findings of one of the files, in order of line, column and rule; none where it does not parse.
  public func findings(in file: ConfigFile) -> [ConfigFinding] {
    let checked = CheckedFile(file)
    return (ConfigChecks.all.flatMap { $0.findings(in: checked, of: self) } + settings.findings(in: checked))
      .sorted { ($0.line ?? 0, $0.column ?? 0, $0.rule) < ($1.line ?? 0, $1.column ?? 0, $1.rule) }
  }

  /// First fields of the lines that are no comments and whose type makes a metric.
  private static func fields(of csv: [UInt8]) -> [String] {
    String(decoding: csv, as: UTF8.self).split(whereSeparator: \.isNewline).compactMap { line in
      let parts = line.split(separator: ",", maxSplits: 2).map { $0.filter { !$0.isWhitespace } }
      guard parts.count == 3, !parts[0].hasPrefix("#"), parts[1] == "gauge" || parts[1] == "counter" else { return nil }
      return String(parts[0])
    }
  }
}
