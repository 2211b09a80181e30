import Syntax

/// Data sources that Grafana's provisioning in a tree sets up: what a uid, a name or nothing at all means in dashboards and alerts.
///
/// Sources: grafana/grafana pkg/services/provisioning/datasources/types.go, public/app/features/plugins/datasource_srv.ts
/// (`getInstanceSettings`: what is named by nothing or `default` is the default, else uids come before names).
struct GrafanaSources: Sendable {
  /// Plugins by uid, by name, and of what is the default; several where several Grafanas, or organisations, have such a source.
  private var byUID: [String: Set<String>] = [:]
  private var byName: [String: Set<String>] = [:]
  private var defaults: Set<String> = []

  /// Takes note of what a file of provisioning sets up.
  mutating func add(_ document: PositionedValue) {
    for (source, uid) in Self.all(in: document) {
      guard let plugin = source["type"]?.text else { continue }
      if let uid { byUID[uid, default: []].insert(plugin) }
      if let name = source["name"]?.text { byName[name, default: []].insert(plugin) }
      if source["isDefault"]?.isTrue == true { defaults.insert(plugin) }
    }
  }

  /// Sources of a file of Grafana's provisioning, or of resources of grafana-operator, with their uids.
  ///
  /// Source: grafana/grafana-operator api/v1beta1/grafanadatasource_types.go (`GrafanaDatasourceSpec`).
  static func all(in document: PositionedValue) -> [(source: PlacedValue, uid: String?)] {
    let provisioned = (PlacedValue(document)["datasources"]?.elements ?? []).map { ($0, $0["uid"]?.text) }
    let resources = Manifest.resources(in: document).filter { $0["kind"]?.string == "GrafanaDatasource" }
    return provisioned
      + resources.compactMap { $0["spec"] }.compactMap { spec in
        spec["datasource"].map { ($0, spec["uid"]?.text ?? $0["uid"]?.text) }
      }
  }

  /// The plugin behind a uid or a name, nil for none; nil where it is not known for sure.
  func plugin(of name: String?) -> String? {
    let plugins = name.map { $0 == "default" ? defaults : byUID[$0] ?? byName[$0] ?? [] } ?? defaults
    return plugins.count == 1 ? plugins.first : nil
  }
}
