/// Recognises YAML documents by the keys at the left margin and a few below, without parsing: templated and broken files
/// must be recognised too.
enum YAMLShape {
  static func known(_ bytes: UnsafeRawBufferPointer) -> Format? {
    let outline = Outline(bytes)
    let top = outline.top
    func has(_ keys: String...) -> Bool { keys.contains { top.contains($0[...]) } }
    if !outline.kinds.isDisjoint(with: ["PrometheusRule", "AlertingRule", "RecordingRule"]) {
      return .prometheusRuleResource
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
    if has("global"), has("rule_files", "alerting", "remote_write"), !has("kind") { return .prometheusConfig }
    return nil
  }

  /// True where the text parses as YAML to something with structure in it.
  static func isGeneric(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let outline = Outline(bytes)
    guard outline.marginLines > 0, outline.marginLines == outline.structuredLines, outline.lines > 1,
      let roots = try? YAMLDocument.parseAll(bytes)
    else { return false }
    return roots.contains { ($0.mapping?.count ?? 0) > 1 || ($0.array?.contains { $0.mapping != nil } ?? false) }
  }

  private struct Outline {
    /// Keys at the left margin.
    var top: Set<Substring> = []
    /// Keys further right, and those of elements at the margin.
    var nested: Set<Substring> = []
    /// Values of `kind` at the left margin.
    var kinds: Set<Substring> = []
    var lines = 0
    /// Lines that begin at the margin, and how many of them look like a key, an element or a document mark.
    var marginLines = 0
    var structuredLines = 0

    /// An alert or recording rule stands somewhere, or there are none at all (`groups: []`).
    var holdsRules: Bool { nested.contains("alert") || nested.contains("record") || nested.contains("rules") }

    init(_ bytes: UnsafeRawBufferPointer) {
      let text = String(decoding: bytes, as: UTF8.self)
      for line in text.split(whereSeparator: \.isNewline) {
        let body = line.drop { $0 == " " || $0 == "\t" }
        guard let first = body.first, first != "#" else { continue }
        lines += 1
        let isMargin = body.startIndex == line.startIndex
        let isElement = body.hasPrefix("- ") || body == "-"
        let entry = isElement ? body.drop { $0 == "-" || $0 == " " } : body
        let key = Self.key(entry)
        if isMargin {
          marginLines += 1
          if key != nil || isElement || body.hasPrefix("---") || body.hasPrefix("...") || body.hasPrefix("%") {
            structuredLines += 1
          }
          if let key, !isElement { top.insert(key) }
          if key == "kind" { kinds.insert(entry.dropFirst(5).filter { $0.isLetter }[...]) }
          if isElement, let key { nested.insert(key) }
        } else if let key {
          nested.insert(key)
        }
      }
    }

    /// The plain or quoted key that a line begins with.
    private static func key(_ line: Substring) -> Substring? {
      guard let colon = line.firstIndex(of: ":") else { return nil }
      let after = line.index(after: colon)
      guard after == line.endIndex || line[after] == " " || line[after] == "\t" else { return nil }
      let key = line[..<colon].drop { $0 == "\"" || $0 == "'" }
      let name = key.prefix { $0.isLetter || $0.isNumber || "_-./".contains($0) }
      let rest = key[name.endIndex...]
      return !name.isEmpty && rest.allSatisfy { $0 == "\"" || $0 == "'" || $0 == " " } ? name : nil
    }
  }
}
