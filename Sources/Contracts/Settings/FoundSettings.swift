import Syntax
import Vocabulary

/// Gathers the findings of one file, each place and clause once.
struct FoundSettings {
  private struct Key: Hashable {
    var clause: String
    var offset: Int
  }

  private let file: SettingsFile
  private var seen: Set<Key> = []
  private var findings: [(offset: Int, finding: SettingFinding)] = []

  init(_ file: SettingsFile) { self.file = file }

  var sorted: [SettingFinding] {
    var counter = PositionCounter()
    var placed: [SettingFinding] = []
    for (offset, finding) in findings.sorted(by: { ($0.offset, $0.finding.rule) < ($1.offset, $1.finding.rule) }) {
      var finding = finding
      if finding.line == 0 {
        file.bytes.withUnsafeBytes { counter.move(to: offset, in: $0) }
        (finding.line, finding.column) = (counter.line, counter.column)
      }
      placed.append(finding)
    }
    return placed.sorted { ($0.line, $0.column, $0.rule) < ($1.line, $1.column, $1.rule) }
  }

  private mutating func add(_ finding: SettingFinding, clause: String, at offset: Int) {
    guard seen.insert(Key(clause: clause, offset: offset)).inserted else { return }
    findings.append((offset, finding))
  }

  /// At an entry of a document; what is about the whole document stands at its beginning.
  private mutating func add(_ finding: SettingFinding, clause: String, at entry: DocumentPath.Entry) {
    var finding = finding
    let isWhole = entry.pointer.isEmpty
    (finding.line, finding.column) = isWhole ? (1, 1) : (entry.place.line, entry.place.column)
    finding.pointer = isWhole ? nil : entry.pointer
    add(finding, clause: clause, at: entry.place.offset)
  }

  /// The clause is broken there.
  mutating func add(_ clause: SettingClause, at offset: Int) {
    add(
      SettingFinding(
        rule: clause.rule, severity: clause.severity, message: clause.why.english, remedy: clause.remedy.english,
        line: 0, column: 0), clause: clause.id, at: offset)
  }

  mutating func add(_ clause: SettingClause, at entry: DocumentPath.Entry) {
    var finding = SettingFinding(
      rule: clause.rule, severity: clause.severity, message: clause.why.english, remedy: clause.remedy.english,
      line: 0, column: 0)
    finding.paste = clause.lines(inPlaceOf: entry.pointer)
    add(finding, clause: clause.id, at: entry)
  }

  /// Whatever comes of holding a value to the clause.
  mutating func add(_ clause: SettingClause, _ value: SettingValue, at offset: Int) {
    switch clause.condition.verdict(of: value) {
    case .holds: break
    case .broken: add(clause, at: offset)
    case .unknown: add(Self.unknown(clause), clause: "unknown", at: offset)
    }
  }

  mutating func add(_ clause: SettingClause, _ value: SettingValue, at entry: DocumentPath.Entry) {
    switch clause.condition.verdict(of: value) {
    case .holds: break
    case .broken: add(clause, at: entry)
    case .unknown: add(Self.unknown(clause), clause: "unknown", at: entry)
    }
  }

  private static func unknown(_ clause: SettingClause) -> SettingFinding {
    SettingFinding(
      rule: SettingFinding.unknownRule, severity: .hygiene,
      message: "what \(clause.carriers.names[0]) is set to depends on something that the file does not tell",
      remedy: "write the value down, or see to it that only what \(clause.id) allows gets there", line: 0, column: 0)
  }

  private static func missing(_ clause: SettingClause) -> String {
    "\(clause.vetted ?? clause.carriers.names[0]) is not set: \(clause.why.english)"
  }

  mutating func addMissing(_ clause: SettingClause, at offset: Int) {
    guard let severity = clause.missing else { return }
    add(
      SettingFinding(
        rule: clause.missingRule, severity: severity, message: Self.missing(clause), remedy: clause.remedy.english,
        line: 0, column: 0), clause: "missing \(clause.id)", at: offset)
  }

  mutating func addMissing(_ clause: SettingClause, at entry: DocumentPath.Entry) {
    guard let severity = clause.missing else { return }
    var finding = SettingFinding(
      rule: clause.missingRule, severity: severity,
      message: "\(clause.carriers.names[0]) is not set: \(clause.why.english)", remedy: clause.remedy.english,
      line: 0, column: 0)
    finding.paste = clause.missingLines
    add(finding, clause: "missing \(clause.id)", at: entry)
  }

  /// Arguments, or a file of them, that the file does not tell.
  mutating func addUnknown(of contract: Contract, at offset: Int) {
    add(
      SettingFinding(
        rule: SettingFinding.unknownRule, severity: .hygiene,
        message: "settings of the \(contract.title.english) come from something that the file does not tell",
        remedy: "write them down here, or scan the file that they come from together with this one", line: 0,
        column: 0), clause: "unknown", at: offset)
  }
}
