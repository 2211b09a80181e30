import Expressions
import Syntax

/// `template/template.go` of Prometheus 3.14.
extension TemplateFunctions {
  static let prometheus: [String: TemplateFunction] = [
    "query": TemplateFunction(.text) { (run, values) throws(TemplateError) in try query(values[0].bytes ?? [], run) },
    "first": TemplateFunction(.samples) { (_, values) throws(TemplateError) in
      guard case .list(let list) = values[0], let first = list.elements.first else {
        throw TemplateError("first is called on a vector without elements")
      }
      return first
    },
    "label": TemplateFunction(.text, .sample) { (_, values) throws(TemplateError) in
      try label(String(decoding: values[0].bytes ?? [], as: UTF8.self), of: values[1])
    },
    "value": TemplateFunction(.sample) { (_, values) throws(TemplateError) in
      guard case .object(let sample) = values[0], let value = sample["Value"] else { throw noSample }
      return value
    },
    "strvalue": TemplateFunction(.sample) { (_, values) throws(TemplateError) in try label("__value__", of: values[0])
    },
    "sortByLabel": TemplateFunction(.text, .samples) { (_, values) throws(TemplateError) in
      guard case .list(let list) = values[1] else { return values[1] }
      let name = String(decoding: values[0].bytes ?? [], as: UTF8.self)
      let keyed = try list.elements.enumerated().map { (item) throws(TemplateError) in
        (key: try label(name, of: item.element).bytes ?? [], place: item.offset, element: item.element)
      }
      let sorted = keyed.sorted {
        $0.key == $1.key ? $0.place < $1.place : $0.key.lexicographicallyPrecedes($1.key)
      }
      return .list(TemplateValue.List(sorted.map(\.element), .samples))
    },
    "args": TemplateFunction(rest: .any) { _, values in
      let named = values.enumerated().map { ("arg\($0.offset)", $0.element) }
      return .map(TemplateValue.Map(Dictionary(uniqueKeysWithValues: named), .values))
    },
    "safeHtml": markup, "match": match, "reReplaceAll": replace,
    "title": TemplateFunction(.text) { run, values in
      .text(GoTitle.title(values[0].bytes ?? [], wordsOfSpace: !run.environment.isSince(3, 2), lowersRest: false))
    },
    "toUpper": .texts(1) { GoText.uppered($0[0]) }, "toLower": .texts(1) { GoText.lowered($0[0]) },
    "graphLink": .texts(1) { Array("/graph?g0.expr=".utf8) + GoEscapes.query($0[0]) + Array("&g0.tab=0".utf8) },
    "tableLink": .texts(1) { Array("/graph?g0.expr=".utf8) + GoEscapes.query($0[0]) + Array("&g0.tab=1".utf8) },
    "stripPort": .texts(1) { HostPort($0[0])?.host ?? $0[0] },
    "stripDomain": .texts(1) { HostPort.withoutDomain($0[0]) },
    "humanize": humanized(Humanize.number), "humanize1024": humanized(Humanize.binary),
    "humanizeDuration": humanized(Humanize.duration), "humanizePercentage": humanized(Humanize.percentage),
    "humanizeTimestamp": TemplateFunction(.any) { (_, values) throws(TemplateError) in
      let value = try Humanize.float(values[0])
      guard let time = try Humanize.time(value) else {
        return .string(GoFloat.text(value, UInt8(ascii: "g"), precision: 4))
      }
      return .string(time.description)
    },
    "toTime": TemplateFunction(.any) { (_, values) throws(TemplateError) in
      guard let time = try Humanize.time(try Humanize.float(values[0])) else {
        throw TemplateError("a number is no time")
      }
      return .time(time)
    },
    "toDuration": TemplateFunction(.any) { (_, values) throws(TemplateError) in
      let nanoseconds = try Humanize.float(values[0]) * 1e9
      return .duration(Int64(exactly: nanoseconds.rounded(.towardZero)) ?? .min)
    },
    "now": TemplateFunction { run, _ in
      .float(Double(run.environment.now.seconds) + Double(run.environment.now.nanoseconds / 1_000_000) / 1000)
    },
    "pathPrefix": TemplateFunction { run, _ in .string(path(run.environment.externalURL)) },
    "externalURL": TemplateFunction { run, _ in .string(run.environment.externalURL) },
    "parseDuration": TemplateFunction(.text) { (_, values) throws(TemplateError) in
      let bytes = values[0].bytes ?? []
      let isNegative = bytes.first == UInt8(ascii: "-")
      guard let milliseconds = PrometheusDuration.milliseconds(bytes.dropFirst(isNegative ? 1 : 0)) else {
        throw TemplateError("a text is no duration")
      }
      return .float(Double(isNegative ? -milliseconds : milliseconds) / 1000)
    },
    "urlQueryEscape": .texts(1) { GoEscapes.query($0[0]) },
  ]

  private static let noSample = TemplateError("there is no sample")

  private static func label(_ name: String, of value: TemplateValue) throws(TemplateError) -> TemplateValue {
    guard case .object(let sample) = value, case .map(let labels)? = sample["Labels"] else { throw noSample }
    return labels[name] ?? .text([])
  }

  private static func query(_ expression: [UInt8], _ run: TemplateRun) throws(TemplateError) -> TemplateValue {
    // Grafana's rules have the function, and it finds nothing.
    guard run.dialect == .prometheus else { return .list(TemplateValue.List([], .samples)) }
    guard let query = run.environment.query else { throw .unsupported("a query") }
    let samples: [TemplateEnvironment.Sample]
    do {
      samples = try query(String(decoding: expression, as: UTF8.self))
    } catch {
      throw TemplateError("a query failed")
    }
    return .list(
      TemplateValue.List(
        samples.map { sample in
          let labels = TemplateValue.Map(texts: sample.labels)
          return .object(
            TemplateValue.Object(
              .sample, [("Labels", .map(labels)), ("Value", .float(sample.value))], isPointer: true))
        }, .samples))
  }

  private static func humanized(_ body: @escaping @Sendable (Double) -> String) -> TemplateFunction {
    TemplateFunction(.any) { (_, values) throws(TemplateError) in .string(body(try Humanize.float(values[0]))) }
  }

  /// `url.URL.Path`
  private static func path(_ url: String) -> String {
    let bytes = Array(url.utf8)
    guard let scheme = GoText.firstIndex(of: Array("://".utf8), in: bytes[...]) else { return url }
    let rest = bytes[(scheme + 3)...].prefix { !"?#".utf8.contains($0) }
    return rest.firstIndex(of: UInt8(ascii: "/")).map { String(decoding: rest[$0...], as: UTF8.self) } ?? ""
  }

  // MARK: Shared with Alertmanager

  static let markup = TemplateFunction(.text) { _, values in .markup(values[0].bytes ?? []) }

  static let match = TemplateFunction(.text, .text) { (run, values) throws(TemplateError) in
    let expression = try run.expression(values[0].bytes ?? [])
    return .bool(RE2Matcher(expression).firstMatch(in: values[1].bytes ?? []) != nil)
  }

  /// The same, or the new text as it stands, with the arguments in the order of Loki, Promtail and Sprig.
  static func substituting(isLiteral: Bool) -> TemplateFunction {
    TemplateFunction(.text, .text, .text) { (run, values) throws(TemplateError) in
      .text(
        try substituted(
          values[1].bytes ?? [], values[0].bytes ?? [], values[2].bytes ?? [], isLiteral: isLiteral, run))
    }
  }

  static let replace = TemplateFunction(.text, .text, .text) { (run, values) throws(TemplateError) in
    .text(try substituted(values[2].bytes ?? [], values[0].bytes ?? [], values[1].bytes ?? [], isLiteral: false, run))
  }

  /// `Regexp.ReplaceAllString` and `ReplaceAllLiteralString`.
  static func substituted(
    _ text: [UInt8], _ expression: [UInt8], _ new: [UInt8], isLiteral: Bool, _ run: TemplateRun
  ) throws(TemplateError) -> [UInt8] {
    let expression = try run.expression(expression)
    let template = RE2.Template(String(decoding: new, as: UTF8.self))
    var out: [UInt8] = []
    var position = 0
    for match in RE2Matcher(expression).allMatches(in: text) {
      guard let whole = match[0] else { continue }
      out += text[position..<whole.lowerBound]
      out += isLiteral ? new : text.withUnsafeBytes { template.expanded(match, of: $0, names: expression.groupNames) }
      try run.check(out.count)
      position = whole.upperBound
    }
    return out + text[position...]
  }
}

extension TemplateRun {
  /// An expression; those that stand in the template are read once.
  func expression(_ source: [UInt8]) throws(TemplateError) -> RE2 {
    if let known = template.expressions[source] { return known }
    do {
      return try RE2(String(decoding: source, as: UTF8.self))
    } catch {
      throw TemplateError("a regular expression is wrong")
    }
  }
}
