import Vocabulary

/// Recognises JSON documents by their keys.
struct JSONShape: JSONVisitor {
  /// Paths of keys down to depth 4, array elements written as `[]`, e.g. `data.result.[].stream`.
  private var paths: Set<String> = []
  /// Text of a few short values by path, e.g. `kind`.
  private var values: [String: String] = [:]
  /// Values of `kind` of the elements of `items`.
  private var itemKinds: Set<String> = []
  private var trail: [String] = []
  private var pending = ""
  private let bytes: UnsafeRawBufferPointer
  private var isArray = false
  private static let maximumPaths = 4096

  private init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// - Parameter isWhole: whether the document may end where the bytes end.
  /// - Returns: nil where this is no JSON.
  static func recognise(_ bytes: UnsafeRawBufferPointer, isWhole: Bool, hint: String) -> Format? {
    var shape = JSONShape(bytes)
    var scanner = JSONScanner(bytes)
    let end: Int
    do {
      end = try scanner.scanValue(&shape)
    } catch {
      // Cut off by us, or broken: a few keys or the extension tell that it was meant as JSON.
      guard hint == "json" || shape.paths.count > (isWhole ? 3 : 0) else { return nil }
      // What is no JSON may still be YAML that looks like it, with comments.
      return shape.format ?? (isWhole && (hint == "yaml" || hint == "yml") ? nil : .json)
    }
    let rest = bytes[end...].drop { $0 <= 0x20 }
    guard let next = rest.first else { return shape.format ?? .json }
    // Text after the value: JSON lines where each value stands on its own line.
    let isOneLine = !bytes[..<end].drop { $0 <= 0x20 }.contains(0x0A)
    guard isOneLine, bytes[end..<rest.startIndex].contains(0x0A) else { return hint == "json" ? .json : nil }
    guard next == UInt8(ascii: "{") || next == UInt8(ascii: "[") else { return hint == "jsonl" ? .jsonLines : nil }
    return shape.format == .alertmanagerWebhook || shape.format == .alertmanagerAlerts ? shape.format : .jsonLines
  }

  private var format: Format? {
    func has(_ path: String) -> Bool { paths.contains(path) }
    let prefix = isArray ? "[]." : ""
    if has(prefix + "labels"), has(prefix + "annotations"), isArray, has("[].startsAt") || has("[].generatorURL") {
      return .alertmanagerAlerts
    }
    if has("alerts"), has("groupLabels") || has("groupKey") || has("commonLabels") { return .alertmanagerWebhook }
    if has("streams.[].values") || has("streams.[].entries") { return .lokiPush }
    if has("data.resultType") || has("data.result") {
      return has("data.result.[].stream") || has("data.stats.summary") ? .lokiQuery : .prometheusAPI
    }
    if has("status"), has("data"), values["status"] == "success" || values["status"] == "error" {
      return .prometheusAPI
    }
    if isDashboard("") || isDashboard("dashboard.") || isDashboard("spec.") || isLibrary { return .grafanaDashboard }
    if has("groups.[].rules") { return has("groups.[].folder") ? .grafanaProvisioning : .prometheusRules }
    if let format = ResourceShape.format(of: kinds, isOfGrafanasDashboards: false) { return format }
    if isOfGrafanasAlerting { return .grafanaProvisioning }
    if has("apiVersion"), !has("kind"), has("contactPoints") || has("policies") || has("datasources") {
      return .grafanaProvisioning
    }
    if has("scrape_configs") { return has("clients") || has("positions") ? .promtailConfig : .prometheusConfig }
    if has("route"), has("receivers") { return .alertmanagerConfig }
    if has("model_list") || has("litellm_settings") { return .litellmConfig }
    return nil
  }

  private func isDashboard(_ prefix: String) -> Bool {
    func has(_ key: String) -> Bool { paths.contains(prefix + key) }
    if has("elements"), has("layout") { return true }
    return (has("panels") || has("rows")) && (has("schemaVersion") || has("templating") || has("title"))
  }

  /// Panels of Grafana's library, as its API answers and as resources; they are read as a dashboard of these panels.
  private var isLibrary: Bool {
    if values["kind"] == "LibraryPanel", paths.contains("spec.type") { return true }
    let lists = "result.elements.[]."
    return ["", "result.", "[].", lists].contains { prefix in
      // Deeper than that, paths are not kept.
      ["uid", "name", "kind", prefix == lists ? "model" : "model.type"].allSatisfy { paths.contains(prefix + $0) }
    }
  }

  /// Kubernetes' names for what this is, or for the items of a list.
  private var kinds: Set<String> {
    guard let kind = values["kind"], kind.hasSuffix("List") else { return values["kind"].map { [$0] } ?? itemKinds }
    return itemKinds.union([String(kind.dropLast("List".count))])
  }

  /// Alert rules as Grafana's API gives them: all, one, or those of a group.
  ///
  /// Source: grafana/grafana pkg/services/ngalert/api/tooling/definitions/provisioning_alert_rules.go (`ProvisionedAlertRule`,
  /// `AlertRuleGroup`).
  private var isOfGrafanasAlerting: Bool {
    if paths.contains("folderUid"), paths.contains("rules.[].condition") { return paths.contains("rules.[].data") }
    let prefix = isArray ? "[]." : ""
    return ["title", "condition", "data.[].refId", "data.[].model"].allSatisfy { paths.contains(prefix + $0) }
  }

  mutating func beginObject(at offset: Int) { enter() }
  mutating func endObject(at end: Int) { leave() }

  mutating func beginArray(at offset: Int) {
    if trail.isEmpty { isArray = true }
    enter()
    pending = "[]"
  }

  mutating func endArray(at end: Int) { leave() }

  mutating func key(_ range: Range<Int>, isEscaped: Bool) {
    pending = range.count < 64 ? JSONText.string(bytes, range, isEscaped: isEscaped) : "?"
    if trail.count <= 4, paths.count < Self.maximumPaths { paths.insert(path(pending)) }
  }

  mutating func string(_ range: Range<Int>, isEscaped: Bool) {
    if trail.count == 3, pending == "kind", range.count < 64, path(pending) == "items.[].kind" {
      itemKinds.insert(JSONText.string(bytes, range, isEscaped: isEscaped))
    }
    if trail.count == 1, range.count < 64, pending == "kind" || pending == "status" {
      values[pending] = JSONText.string(bytes, range, isEscaped: isEscaped)
    }
  }

  private func path(_ last: String) -> String { (trail.dropFirst() + [last]).joined(separator: ".") }

  private mutating func enter() {
    trail.append(pending)
    pending = ""
  }

  private mutating func leave() {
    // Back in an array, the next element has the same place.
    pending = trail.removeLast()
  }
}
