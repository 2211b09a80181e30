/// Recognises YAML documents by the keys at the left margin and a few below, without parsing: templated and broken files
/// must be recognised too.
enum YAMLShape {
  /// - Parameter isWhole: whether nothing follows these bytes.
  static func known(_ bytes: UnsafeRawBufferPointer, isWhole: Bool) -> Format? {
    let outline = YAMLOutline(bytes)
    if outline.beginsInFlow, isWhole, let documents = try? YAMLDocument.parseAll(bytes) {
      return known(YAMLOutline(documents))
    }
    return known(outline)
  }

  private static func known(_ outline: YAMLOutline) -> Format? {
    let top = outline.top
    func has(_ keys: String...) -> Bool { keys.contains { top.contains($0) } }
    let kinds = outline.kinds
    if let format = ResourceShape.format(of: kinds, isOfGrafanasDashboards: outline.isOfGrafanasDashboards) {
      return format
    }
    if top.contains("groups"), outline.holdsRules {
      return outline.nested.contains("folder") || has("contactPoints", "policies")
        ? .grafanaProvisioning : .prometheusRules
    }
    if has("apiVersion"), !has("kind"),
      has("contactPoints", "policies", "templates", "muteTimes", "groups", "datasources", "providers")
    {
      return .grafanaProvisioning
    }
    if top.contains("scrape_configs") {
      return has("clients", "positions") || (has("server") && !has("global")) ? .promtailConfig : .prometheusConfig
    }
    if has("clients"), has("positions") { return .promtailConfig }
    if has("route"), has("receivers") { return .alertmanagerConfig }
    if has("model_list", "litellm_settings") { return .litellmConfig }
    if has("schema_config", "auth_enabled", "storage_config"),
      has("schema_config", "common", "limits_config", "ingester", "server", "ruler")
    {
      return .lokiConfig
    }
    if has("services"), outline.nested.contains("image") || outline.nested.contains("build") { return .yaml }
    if has("global"), has("rule_files", "alerting", "remote_write"), !has("kind") { return .prometheusConfig }
    return nil
  }

  /// True where the text parses as YAML to something with structure in it.
  static func isGeneric(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let outline = YAMLOutline(bytes)
    guard outline.marginLines > 0, outline.marginLines == outline.structuredLines, outline.lines > 1,
      let roots = try? YAMLDocument.parseAll(bytes)
    else { return false }
    return roots.contains { ($0.mapping?.count ?? 0) > 1 || ($0.array?.contains { $0.mapping != nil } ?? false) }
  }
}
