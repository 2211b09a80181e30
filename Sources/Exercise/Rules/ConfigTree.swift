/// The part of a configuration tree that exercises read; bytes as they stand in the bundle.
public struct ConfigTree: Sendable {
  public struct File: Sendable, Hashable {
    /// Relative to the tree's root, as reports print it.
    public var path: String
    public var bytes: [UInt8]

    public init(path: String, bytes: [UInt8]) {
      self.path = path
      self.bytes = bytes
    }
  }

  public var prometheus: File?
  /// Prometheus's rule files (not those of Loki's ruler).
  public var rules: [File]
  public var alertmanager: File?
  public var dashboards: [File]

  public init(prometheus: File? = nil, rules: [File] = [], alertmanager: File? = nil, dashboards: [File] = []) {
    self.prometheus = prometheus
    self.rules = rules
    self.alertmanager = alertmanager
    self.dashboards = dashboards
  }
}
