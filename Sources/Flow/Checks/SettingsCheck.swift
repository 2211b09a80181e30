import Contracts
import Syntax
import Vocabulary

/// The clauses on settings of all contracts, held against the files of a tree.
struct SettingsCheck {
  /// Largest file that others may refer to, and all of them together.
  static let maximumNeighbour = 64 << 10
  static let maximumNeighbours = 4 << 20

  let judge: SettingsJudge
  /// Files that others may take variables or options from, by path.
  private var neighbours: [String: [UInt8]] = [:]
  private var neighbourBytes = 0

  init(_ judge: SettingsJudge) { self.judge = judge }

  /// Keeps a file that others may name.
  mutating func add(_ file: ConfigFile) {
    guard file.role == .other || file.role == .vllmArguments, file.bytes.count <= Self.maximumNeighbour,
      neighbourBytes + file.bytes.count <= Self.maximumNeighbours
    else { return }
    neighbours[file.path] = file.bytes
    neighbourBytes += file.bytes.count
  }

  func findings(in file: CheckedFile) -> [ConfigFinding] {
    guard var subject = Self.subject(file) else { return [] }
    if subject.format == .systemdUnit { subject.companions = companions(of: file.path) }
    return judge.findings(in: subject, beside: { neighbour($0, of: file.path) }).map { found in
      var finding = ConfigFinding(
        rule: found.rule, severity: found.severity, surface: .config, message: found.message, remedy: found.remedy,
        path: file.path, line: found.line, column: found.column, pointer: found.pointer)
      finding.paste = found.paste.map { PasteLine([.words($0)]) }
      return finding
    }
  }

  /// The other files of a unit, in the order in which they are read (systemd.unit(5): itself, then `NAME.d/*.conf` in order of
  /// their names).
  private func companions(of path: String) -> [(bytes: [UInt8], isAfter: Bool)] {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    var unit = path
    if path.hasSuffix(".conf"), let folder = parts.dropLast().last, folder.hasSuffix(".d") {
      unit = (parts.dropLast(2) + [folder.dropLast(2)]).joined(separator: "/")
    }
    let dropIns = neighbours.keys.filter { $0.hasPrefix(unit + ".d/") && $0.hasSuffix(".conf") }.sorted()
    return ([unit] + dropIns).filter { $0 != path }.compactMap { other in
      neighbours[other].map { ($0, path == unit || other > path && other != unit) }
    }
  }

  /// The file that another names: beside it, or, since what is deployed lies elsewhere, the only one of its name.
  private func neighbour(_ name: String, of path: String) -> [UInt8]? {
    let folder = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    var parts = name.hasPrefix("/") ? [] : Array(folder)
    for part in name.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    if let file = neighbours[parts.joined(separator: "/")] { return file }
    // Compose takes its variables from no other folder than the one that the file lies in.
    if name == ".env" { return nil }
    let last = name.split(separator: "/").last ?? ""
    let named = neighbours.keys.filter { $0.split(separator: "/").last == last && $0 != path }
    return named.count == 1 ? named.first.flatMap { neighbours[$0] } : nil
  }

  private static func subject(_ file: CheckedFile) -> SettingsFile? {
    func configuration(_ format: Format) -> SettingsFile {
      SettingsFile(path: file.path, bytes: file.bytes, format: format, documents: file.documents)
    }
    switch file.role {
    case .litellmConfig: return configuration(.litellmConfig)
    case .promtailConfig: return configuration(.promtailConfig)
    case .lokiConfig: return configuration(.lokiConfig)
    case .prometheusConfig: return configuration(.prometheusConfig)
    case .alertmanagerConfig: return configuration(.alertmanagerConfig)
    case .grafanaConfig: return configuration(.grafanaConfig)
    case .alloyConfig: return configuration(.alloyConfig)
    case .dcgmCounters: return configuration(.csv)
    case .vllmArguments, .other:
      var subject = SettingsFile(path: file.path, bytes: file.bytes)
      // A table that is not the DCGM exporter's.
      if subject.format == .csv { subject.format = nil }
      return subject
    case .rules, .dashboard, .grafanaProvisioning, .template: return nil
    }
  }
}
