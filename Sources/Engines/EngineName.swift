/// A real program that Sigilo drives.
///
/// Binary and package names: Debian 12 (`prometheus` 2.42 carries promtool; `prometheus-alertmanager` 0.25 carries amtool and
/// names its server after the package). Loki and Promtail have no Debian package.
public enum EngineName: String, Sendable, Hashable, CaseIterable {
  case promtool, prometheus, alertmanager, amtool, loki, promtail

  /// What the program may be called on PATH, in the order in which it is looked for.
  public var binaries: [String] {
    switch self {
    case .alertmanager: ["prometheus-alertmanager", "alertmanager"]
    case .promtool, .prometheus, .amtool, .loki, .promtail: [rawValue]
    }
  }

  /// The environment variable that names the program's file, e.g. `SIGILO_PROMTOOL`.
  public var variable: String { "SIGILO_\(rawValue.uppercased())" }

  /// The Debian package that carries it; nil where there is none.
  public var package: String? {
    switch self {
    case .promtool, .prometheus: "prometheus"
    case .alertmanager, .amtool: "prometheus-alertmanager"
    case .loki, .promtail: nil
    }
  }
}
