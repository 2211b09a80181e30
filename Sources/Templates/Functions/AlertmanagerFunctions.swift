/// `template/template.go` of Alertmanager 0.34.
extension TemplateFunctions {
  static let alertmanager: [String: TemplateFunction] = [
    "toUpper": .texts(1) { GoText.uppered($0[0]) }, "toLower": .texts(1) { GoText.lowered($0[0]) },
    "title": .texts(1) { GoTitle.title($0[0], wordsOfSpace: false, lowersRest: true) },
    "trimSpace": .texts(1) { GoText.trimmed($0[0]) },
    "join": TemplateFunction(.text, .texts) { _, values in
      guard case .list(let list) = values[1] else { return .text([]) }
      return .text(Array(list.elements.map { $0.bytes ?? [] }.joined(separator: values[0].bytes ?? [])))
    },
    "match": match, "safeHtml": markup, "safeUrl": markup, "reReplaceAll": replace,
    "urlUnescape": .texts(1) { (texts) throws(TemplateError) in
      guard let text = GoEscapes.unescapedQuery(texts[0]) else { throw TemplateError("a text is no query of a URL") }
      return text
    },
    "stringSlice": TemplateFunction(rest: .text) { _, values in .list(TemplateValue.List(values, .texts)) },
    "date": TemplateFunction(.text, .time) { _, values in
      guard case .time(let time) = values[1] else { return .none }
      return .string(time.format(String(decoding: values[0].bytes ?? [], as: UTF8.self)))
    },
    "tz": TemplateFunction(.text, .time) { (_, values) throws(TemplateError) in
      guard case .time(let time) = values[1] else { return .none }
      guard let zone = try TimeZoneRules.named(String(decoding: values[0].bytes ?? [], as: UTF8.self)) else {
        throw TemplateError("a time zone that there is not")
      }
      return .time(time.in(zone))
    },
    "toDate": toDate, "mustToDate": mustToDate, "now": TemplateFunction { run, _ in .time(run.environment.now) },
    "since": TemplateFunction(.time) { run, values in
      guard case .time(let time) = values[0] else { return .none }
      return .duration(run.environment.now.since(time))
    },
    "humanizeDuration": TemplateFunction(.any) { (_, values) throws(TemplateError) in
      .string(Humanize.duration(try Humanize.float(values[0])))
    },
    "toJson": TemplateFunction(.any) { (_, values) throws(TemplateError) in .text(try GoJSON.text(values[0])) },
    "base64encode": .texts(1) { Base64.encoded($0[0], isForURLs: true) },
    "base64decode": .texts(1) { (texts) throws(TemplateError) in
      guard let bytes = Base64.decoded(texts[0], isForURLs: true) else { throw TemplateError("a text is no base64") }
      return bytes
    },
    "list": TemplateFunction(rest: .any) { _, values in .list(TemplateValue.List(values, .values)) },
    "append": TemplateFunction(.values, rest: .any) { _, values in
      guard case .list(let list) = values[0] else {
        return .list(TemplateValue.List(Array(values.dropFirst()), .values))
      }
      return .list(TemplateValue.List(list.elements + values.dropFirst(), .values))
    },
    "dict": TemplateFunction(rest: .any) { (_, values) throws(TemplateError) in
      guard values.count.isMultiple(of: 2) else { throw TemplateError("dict is given a key without a value") }
      var entries: [String: TemplateValue] = [:]
      for index in stride(from: 0, to: values.count, by: 2) {
        guard case .text(let name) = values[index] else { throw TemplateError("dict is given a key that is no text") }
        entries[String(decoding: name, as: UTF8.self)] = values[index + 1]
      }
      return .map(TemplateValue.Map(entries, .values))
    },
  ]
}
