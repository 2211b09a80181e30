/// Recognises YAML documents by the keys at the left margin and a few below, without parsing: templated and broken files
/// must be recognised too.
enum YAMLShape {
  static func known(_ bytes: UnsafeRawBufferPointer) -> Format? {
    let outline = Outline(bytes)
    let top = outline.top
    func has(_ keys: String...) -> Bool { keys.contains { top.contains($0) } }
    if !outline.kinds.isDisjoint(with: ["PrometheusRule", "AlertingRule", "RecordingRule"]) {
      return .prometheusRuleResource
    }
    if outline.isOfGrafanasDashboards, !outline.kinds.isDisjoint(with: ["Dashboard", "LibraryPanel"]) {
      return .grafanaDashboard
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
    let outline = Outline(bytes)
    guard outline.marginLines > 0, outline.marginLines == outline.structuredLines, outline.lines > 1,
      let roots = try? YAMLDocument.parseAll(bytes)
    else { return false }
    return roots.contains { ($0.mapping?.count ?? 0) > 1 || ($0.array?.contains { $0.mapping != nil } ?? false) }
  }

  private struct Outline {
    /// Keys at the left margin.
    var top: Set<String> = []
    /// Keys further right, and those of elements at the margin.
    var nested: Set<String> = []
    /// Values of `kind` at the left margin.
    var kinds: Set<String> = []
    /// Whether the API's group is that of Grafana's dashboards, whatever its version.
    var isOfGrafanasDashboards = false
    var lines = 0
    /// Lines that begin at the margin, and how many of them look like a key, an element or a document mark.
    var marginLines = 0
    var structuredLines = 0

    /// An alert or recording rule stands somewhere, or there are none at all (`groups: []`).
    var holdsRules: Bool { nested.contains("alert") || nested.contains("record") || nested.contains("rules") }

    /// Every file that is read passes here, so this looks at bytes.
    init(_ bytes: UnsafeRawBufferPointer) {
      var start = 0
      while start < bytes.count {
        let end = bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.endIndex
        add(bytes[start..<end])
        start = end + 1
      }
    }

    private mutating func add(_ line: Slice<UnsafeRawBufferPointer>) {
      let body = line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
      guard let first = body.first, first != UInt8(ascii: "#") else { return }
      lines += 1
      let isMargin = body.startIndex == line.startIndex
      let isElement = body.starts(with: "- ".utf8) || body.elementsEqual("-".utf8)
      let entry = isElement ? body.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: " ") } : body
      let key = Self.key(entry)
      if isMargin {
        marginLines += 1
        if key != nil || isElement || ["---", "...", "%"].contains(where: { body.starts(with: $0.utf8) }) {
          structuredLines += 1
        }
        if let key, !isElement { top.insert(key) }
        if key == "apiVersion" {
          let group = entry.dropFirst("apiVersion:".utf8.count).drop { " \"'".utf8.contains($0) }
          isOfGrafanasDashboards = isOfGrafanasDashboards || group.starts(with: "dashboard.grafana.app/".utf8)
        }
        if key == "kind" { kinds.insert(String(decoding: entry.dropFirst(5).filter(Self.isLetter), as: UTF8.self)) }
        if isElement, let key { nested.insert(key) }
      } else if let key {
        nested.insert(key)
      }
    }

    /// The plain or quoted key that a line begins with.
    private static func key(_ line: Slice<UnsafeRawBufferPointer>) -> String? {
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
      let after = line.index(after: colon)
      guard after == line.endIndex || line[after] == UInt8(ascii: " ") || line[after] == UInt8(ascii: "\t") else {
        return nil
      }
      func isQuote(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") }
      let key = line[..<colon].drop(while: isQuote)
      let name = key.prefix {
        isLetter($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || "_-./".utf8.contains($0)
      }
      let rest = key[name.endIndex...]
      guard !name.isEmpty, rest.allSatisfy({ isQuote($0) || $0 == UInt8(ascii: " ") }) else { return nil }
      return String(decoding: name, as: UTF8.self)
    }

    /// Of ASCII, or any part of another character.
    private static func isLetter(_ byte: UInt8) -> Bool {
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte >= 0x80
    }
  }
}
