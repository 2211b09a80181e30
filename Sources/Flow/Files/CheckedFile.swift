import Syntax
import Vocabulary

/// A file as checks see it: its text and, where it is YAML or JSON that parses, its documents.
struct CheckedFile {
  var path: String
  var role: FileRole
  var bytes: [UInt8]
  var documents: [PositionedValue]
  let isJSON: Bool
  /// Of a rule file, or of Grafana's provisioning.
  let rules: [Rule]
  let dashboards: [Dashboard]

  /// - Parameter sources: of Grafana, as far as the tree tells of them.
  init(_ file: ConfigFile, sources: GrafanaSources = GrafanaSources()) {
    path = file.path
    role = file.role
    bytes = file.bytes
    let first = file.bytes.first { $0 > 0x20 }
    isJSON = file.path.hasSuffix(".json") || first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
    switch file.role {
    case .template, .dcgmCounters, .vllmArguments, .alloyConfig, .other: documents = []
    case .grafanaConfig: documents = [INIDocument.parse(file.bytes)]
    default:
      let all =
        (isJSON ? (try? [JSONDocument.parse(file.bytes)]) : nil) ?? (try? YAMLDocument.parseAll(file.bytes)) ?? []
      documents = Manifest.documents(all, as: file.role)
    }
    rules = [.rules, .grafanaProvisioning].contains(file.role) ? Rule.all(in: documents, sources) : []
    dashboards = file.role == .dashboard ? documents.compactMap { Dashboard($0, sources) } : []
  }

  /// An entry of a mapping, as the file's language writes it.
  func entry(_ key: String, code: String) -> PasteLine {
    isJSON ? PasteLine(member: key, code: code) : PasteLine(key: key, code: code)
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

  /// A finding about what a way ends in.
  ///
  /// - Parameters:
  ///   - steps: the way, up to the value.
  ///   - arrival: what the value is, as the last step.
  func finding(
    _ rule: String, _ severity: Severity, _ surface: Surface, at place: (pointer: String, value: PositionedValue),
    _ message: String, remedy: String, after steps: [FlowStep], arrival: [FlowStep.Word]
  ) -> ConfigFinding {
    var finding = finding(rule, severity, surface, at: place, message, remedy: remedy)
    finding.flow = steps + [FlowStep(arrival, path: path, line: place.value.line, column: place.value.column)]
    return finding
  }
}
