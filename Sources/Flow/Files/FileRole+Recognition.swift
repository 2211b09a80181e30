import Syntax

extension FileRole {
  /// The role of a file, told by its content; the path decides only between roles that the content leaves open.
  public static func recognise(path: String, bytes: [UInt8]) -> FileRole {
    switch bytes.withUnsafeBytes({ Format.recognise(path: path, bytes: $0) }) {
    case .prometheusRules, .prometheusRuleResource: return .rules
    case .prometheusConfig: return .prometheusConfig
    case .alertmanagerConfig: return .alertmanagerConfig
    case .promtailConfig: return .promtailConfig
    case .lokiConfig: return .lokiConfig
    case .litellmConfig: return .litellmConfig
    case .alloyConfig: return .alloyConfig
    case .grafanaConfig: return .grafanaConfig
    case .grafanaDashboard: return .dashboard
    case .grafanaProvisioning: return .grafanaProvisioning
    case .goTemplate: return .template
    default:
      if isDCGMCounters(bytes) { return .dcgmCounters }
      return path.hasSuffix(".args") ? .vllmArguments : .other
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
