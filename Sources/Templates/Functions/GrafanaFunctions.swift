import Expressions
import Syntax

/// `pkg/services/ngalert/state/template/funcs.go` of Grafana 12, and `templates/gomplate` of grafana/alerting.
extension TemplateFunctions {
  static let grafanaRules: [String: TemplateFunction] = [
    "filterLabels": TemplateFunction(.labels, .text) { (run, values) throws(TemplateError) in
      filtered(values) { $0 == values[1].bytes }
    },
    "removeLabels": TemplateFunction(.labels, .text) { (run, values) throws(TemplateError) in
      filtered(values) { $0 != values[1].bytes }
    },
    "filterLabelsRe": TemplateFunction(.labels, .text) { (run, values) throws(TemplateError) in
      let matcher = RE2Matcher(try run.expression(values[1].bytes ?? []))
      return filtered(values) { matcher.firstMatch(in: $0) != nil }
    },
    "removeLabelsRe": TemplateFunction(.labels, .text) { (run, values) throws(TemplateError) in
      let matcher = RE2Matcher(try run.expression(values[1].bytes ?? []))
      return filtered(values) { matcher.firstMatch(in: $0) == nil }
    },
    "mergeLabelValues": TemplateFunction(.grafanaValues) { _, values in
      guard case .map(let map) = values[0] else { return .map(TemplateValue.Map([:], .labels)) }
      var merged: [String: Set<[UInt8]>] = [:]
      for case .object(let value) in map.entries.values {
        guard case .map(let labels)? = value["Labels"] else { continue }
        for (name, text) in labels.entries { merged[name, default: []].insert(text.bytes ?? []) }
      }
      return .map(
        TemplateValue.Map(
          merged.mapValues { texts in
            let sorted = texts.sorted { $0.lexicographicallyPrecedes($1) }
            return .text(Array(sorted.joined(separator: Array(", ".utf8))))
          }, .labels))
    },
    "graphLink": link(isInstant: false), "tableLink": link(isInstant: true),
  ]

  /// To Grafana's explorer; nothing where the text is not JSON of a data source and an expression.
  private static func link(isInstant: Bool) -> TemplateFunction {
    TemplateFunction(.text) { _, values in
      guard let query = try? JSONDocument.parse(values[0].bytes ?? []) else { return .text([]) }
      let parts = ["datasource", "expr"].map { query[$0] }
      guard case .mapping = query.content, parts.allSatisfy({ $0 == nil || $0?.string != nil }) else {
        return .text([])
      }
      let (source, expression) = (quoted(parts[0]), quoted(parts[1]))
      return .string(
        "/explore?left={\"datasource\":\(source),\"queries\":[{\"datasource\":\(source),\"expr\":\(expression),"
          + "\"instant\":\(isInstant),\"range\":\(!isInstant),\"refId\":\"A\"}],"
          + "\"range\":{\"from\":\"now-1h\",\"to\":\"now\"}}")
    }
  }

  private static func quoted(_ value: PositionedValue?) -> String {
    let escaped = GoEscapes.query(Array((value?.string ?? "").utf8))
    return String(decoding: GoText.quoted(escaped, isRaw: false, isASCII: false), as: UTF8.self)
  }

  static let grafanaNotifications: [String: TemplateFunction] = Dictionary(
    uniqueKeysWithValues: ["coll", "data", "tmpl", "time"].map { name in
      (name, TemplateFunction { _, _ in .object(TemplateValue.Object(.namespace(name), [])) })
    })

  static let namespaced: [String: TemplateFunction] = [
    "coll.Dict": TemplateFunction(rest: .any) { (run, values) throws(TemplateError) in
      var entries: [String: TemplateValue] = [:]
      for index in stride(from: 0, to: values.count, by: 2) {
        // `toString` of gomplate says it of nothing.
        let name = if case .none = values[index] { Array("nil".utf8) } else { try printed(values[index], run) }
        entries[String(decoding: name, as: UTF8.self)] = index + 1 < values.count ? values[index + 1] : .text([])
      }
      return .map(TemplateValue.Map(entries, .values))
    },
    "coll.Slice": TemplateFunction(rest: .any) { _, values in .list(TemplateValue.List(values, .values)) },
    "coll.Append": TemplateFunction(.any, .any) { (_, values) throws(TemplateError) in
      guard case .list(let list) = values[1] else { throw TemplateError("coll.Append needs a list") }
      return .list(TemplateValue.List(list.elements + [values[0]], .values))
    },
    "data.ToJSON": TemplateFunction(.any) { (_, values) throws(TemplateError) in .text(try GoJSON.text(values[0])) },
    "data.ToJSONPretty": TemplateFunction(.text, .any) { (_, values) throws(TemplateError) in
      .text(try GoJSON.text(values[1], indent: String(decoding: values[0].bytes ?? [], as: UTF8.self)))
    },
    "tmpl.Exec": TemplateFunction(.text, rest: .any) { (run, values) throws(TemplateError) in
      let dot = values.count == 2 ? values[1] : .none
      return .text(try run.captured(String(decoding: values[0].bytes ?? [], as: UTF8.self), dot: dot))
    },
    "time.Now": TemplateFunction { run, _ in .time(run.environment.now) },
  ]

  private static func filtered(_ values: [TemplateValue], _ isKept: ([UInt8]) -> Bool) -> TemplateValue {
    guard case .map(let map) = values[0] else { return .map(TemplateValue.Map([:], .labels)) }
    return .map(TemplateValue.Map(map.entries.filter { isKept(Array($0.key.utf8)) }, .labels))
  }
}
