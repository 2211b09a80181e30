import Syntax

/// Where a query goes.
struct DashboardSource: Hashable {
  enum Kind: Hashable {
    case prometheus, loki
    /// Each query names its own.
    case mixed
    /// A plugin by its id; also Grafana's own sources.
    case other(String)
    /// The default of the installation, or a name that says nothing.
    case unknown
  }

  var kind: Kind
  /// Its uid or name, perhaps a variable.
  var name: String?
}

/// What is told of a dashboard's sources: by itself, variables that choose one, and inputs of an export; by the tree, what names mean.
struct DashboardSources {
  /// Plugin ids by variable.
  private var plugins: [String: String] = [:]
  private let installed: GrafanaSources

  /// Nothing is told beside the queries and the tree.
  init(_ installed: GrafanaSources) { self.installed = installed }

  init(_ root: PlacedValue, _ installed: GrafanaSources) {
    self.installed = installed
    for input in root["__inputs"]?.elements ?? [] {
      if let name = input["name"]?.text, let plugin = input["pluginId"]?.text { plugins[name] = plugin }
    }
    for variable in root["templating"]?["list"]?.elements ?? [] where variable["type"]?.string == "datasource" {
      if let name = variable["name"]?.text, let plugin = variable["query"]?.text { plugins[name] = plugin }
    }
    for variable in root["variables"]?.elements ?? [] where variable["kind"]?.string == "DatasourceVariable" {
      let spec = variable["spec"]
      if let name = spec?["name"]?.text, let plugin = spec?["pluginId"]?.text { plugins[name] = plugin }
    }
  }

  /// - Parameters:
  ///   - query: of a dashboard resource; its plugin stands in `group`, before v2beta1 in `kind`.
  ///   - datasource: what stands beside the query before v2beta1.
  func source(ofResource query: PlacedValue?, beside datasource: PlacedValue?) -> DashboardSource {
    let name = query?["datasource"]?["name"]?.text ?? datasource?["uid"]?.text
    let plugin = query?["group"]?.text ?? query?["kind"]?.text
    if let plugin, plugin != "DataQuery", !GrafanaVariable.occurs(in: plugin) {
      return DashboardSource(kind: Self.kind(of: plugin), name: name)
    }
    return name.map { DashboardSource(kind: named($0), name: $0) } ?? standard
  }

  /// What is asked where nothing is named.
  private var standard: DashboardSource {
    DashboardSource(kind: installed.plugin(of: nil).map(Self.kind(of:)) ?? .unknown)
  }

  /// - Parameters:
  ///   - value: a `datasource`: a name, an object with uid and type, or nothing.
  ///   - outer: what holds where there is nothing.
  func source(_ value: PlacedValue?, outer: DashboardSource? = nil) -> DashboardSource {
    let inherited = outer.flatMap { $0.kind == .mixed ? nil : $0 } ?? standard
    guard let value else { return inherited }
    guard value.value.mapping != nil else {
      return value.text.map { DashboardSource(kind: named($0), name: $0) } ?? inherited
    }
    let name = value["uid"]?.text ?? value["name"]?.text
    if name == "-- Mixed --" { return DashboardSource(kind: .mixed, name: name) }
    guard let type = value["type"]?.text, !GrafanaVariable.occurs(in: type) else {
      return name.map { DashboardSource(kind: named($0), name: $0) } ?? inherited
    }
    return DashboardSource(kind: Self.kind(of: type), name: name)
  }

  private func named(_ name: String) -> DashboardSource.Kind {
    if name == "-- Mixed --" { return .mixed }
    if name.hasPrefix("-- ") || name == "__expr__" { return .other(name) }
    let variable = name.drop { $0 == "$" || $0 == "{" || $0 == "[" }.prefix { $0 == "_" || $0.isLetter || $0.isNumber }
    if GrafanaVariable.occurs(in: name) { return plugins[String(variable)].map(Self.kind(of:)) ?? .unknown }
    if let plugin = installed.plugin(of: name) { return Self.kind(of: plugin) }
    // Names are free, but most are the plugin's.
    return switch name.lowercased() {
    case "prometheus": .prometheus
    case "loki": .loki
    default: .unknown
    }
  }

  private static func kind(of plugin: String) -> DashboardSource.Kind {
    switch plugin.lowercased() {
    case "prometheus", "grafana-amazonprometheus-datasource", "grafana-azureprometheus-datasource": .prometheus
    case "loki": .loki
    default: .other(plugin)
    }
  }
}
