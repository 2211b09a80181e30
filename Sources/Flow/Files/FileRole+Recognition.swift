import Syntax

extension FileRole {
  /// The role of a file, told by its content; the path decides only between roles that the content leaves open.
  public static func recognise(path: String, bytes: [UInt8]) -> FileRole {
    if let role = FileRole(bytes.withUnsafeBytes { Format.recognise(path: path, bytes: $0) }) { return role }
    if isDCGMCounters(bytes) { return .dcgmCounters }
    return path.hasSuffix(".args") ? .vllmArguments : .other
  }

  /// - Returns: nil where a file of this format may be anything.
  init?(_ format: Format) {
    switch format {
    case .prometheusRules, .prometheusRuleResource: self = .rules
    case .prometheusConfig: self = .prometheusConfig
    case .alertmanagerConfig: self = .alertmanagerConfig
    case .promtailConfig: self = .promtailConfig
    case .lokiConfig: self = .lokiConfig
    case .litellmConfig: self = .litellmConfig
    case .alloyConfig: self = .alloyConfig
    case .grafanaConfig: self = .grafanaConfig
    case .grafanaDashboard: self = .dashboard
    case .grafanaProvisioning: self = .grafanaProvisioning
    case .goTemplate: self = .template
    default: return nil
    }
  }

  /// Every line that is neither empty nor a comment begins with a DCGM field and has a second part that is a type.
  private static func isDCGMCounters(_ bytes: [UInt8]) -> Bool {
    guard bytes.count <= 1 << 20, let text = String(validating: bytes, as: UTF8.self) else { return false }
    let lines = text.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("#") && !$0.allSatisfy(\.isWhitespace) }
    return !lines.isEmpty
      && lines.allSatisfy { line in
        let parts = line.split(separator: ",", maxSplits: 2).map { $0.filter { !$0.isWhitespace } }
        return parts.count == 3 && parts[0].hasPrefix("DCGM_") && ["gauge", "counter", "label"].contains(parts[1])
      }
  }
}
