import Crypto
import Expressions
import Syntax

/// What Loki and Promtail have beside Sprig (`pkg/logql/log/fmt.go`, `clients/pkg/logentry/stages/template.go`).
extension TemplateFunctions {
  static let promtail = texts.merging([
    "Hash": .texts(2) { hexadecimal(SHA3_256.hash(data: $0[0] + $0[1])) },
    "Sha2Hash": .texts(2) { hexadecimal(SHA256.hash(data: $0[0] + $0[1])) },
  ]) { $1 }

  static let loki = texts.merging([
    "__line__": TemplateFunction { run, _ in .text(run.environment.line) },
    "__timestamp__": TemplateFunction { run, _ in .time(run.environment.timestamp) },
    "count": TemplateFunction(.text, .text) { (run, values) throws(TemplateError) in
      .int(RE2Matcher(try run.expression(values[0].bytes ?? [])).allMatches(in: values[1].bytes ?? []).count)
    },
    "urldecode": .texts(1) { (texts) throws(TemplateError) in
      guard let text = GoEscapes.unescapedQuery(texts[0]) else { throw TemplateError("a text is no query of a URL") }
      return text
    },
    "urlencode": .texts(1) { GoEscapes.query($0[0]) }, "bytes": size, "duration": seconds, "duration_seconds": seconds,
    "unixEpochMillis": TemplateFunction(.time) { _, values in
      guard case .time(let time) = values[0] else { return .none }
      return .string(String(time.seconds * 1000 + Int64(time.nanoseconds / 1_000_000)))
    },
    "unixEpochNanos": TemplateFunction(.time) { _, values in
      guard case .time(let time) = values[0] else { return .none }
      return .string(String(time.since(TemplateTime(seconds: 0))))
    },
    "unixToTime": TemplateFunction(.text) { (_, values) throws(TemplateError) in
      let text = String(decoding: values[0].bytes ?? [], as: UTF8.self)
      guard let number = Int64(text) else { throw TemplateError("a text is no time") }
      let scales: [Int: Int64] = [13: 1_000_000, 16: 1000, 19: 1]
      switch text.utf8.count {
      case 5: return .time(TemplateTime(seconds: number * 86_400))
      case 10: return .time(TemplateTime(seconds: number))
      case let count:
        guard let scale = scales[count] else { throw TemplateError("a text is no time") }
        return .time(TemplateTime(seconds: 0).adding(nanoseconds: number &* scale))
      }
    },
    "alignLeft": TemplateFunction(.int, .text) { (run, values) throws(TemplateError) in
      try aligned(values, toLeft: true, run)
    },
    "alignRight": TemplateFunction(.int, .text) { (run, values) throws(TemplateError) in
      try aligned(values, toLeft: false, run)
    },
    // Until 3.7 it is Sprig's, which needs the padding.
    "b64dec": TemplateFunction(.text) { (run, values) throws(TemplateError) in
      let text = values[0].bytes ?? []
      let missing = run.environment.isSince(3, 8) ? text.count % 4 : 0
      let padding = [UInt8](repeating: UInt8(ascii: "="), count: missing > 1 ? 4 - missing : 0)
      guard let bytes = Base64.decoded(text + padding) else { throw .unsupported("what is no base64") }
      return .text(bytes)
    },
    "toDateInZone": TemplateFunction(.text, .text, .text) { (_, values) throws(TemplateError) in
      let names = values.map { String(decoding: $0.bytes ?? [], as: UTF8.self) }
      let zone = try TimeZoneRules.named(names[1]) ?? .utc
      return .time(try TemplateTime(names[2], layout: names[0], in: zone) ?? .zero)
    },
  ]) { $1 }

  private static let texts: [String: TemplateFunction] = [
    "ToLower": .texts(1) { GoText.lowered($0[0]) }, "ToUpper": .texts(1) { GoText.uppered($0[0]) },
    "Replace": TemplateFunction(.text, .text, .text, .int) { _, values in
      guard case .int(let count) = values[3] else { return .none }
      return .text(GoText.replaced(values[0].bytes ?? [], values[1].bytes ?? [], values[2].bytes ?? [], count))
    },
    "Trim": .texts(2) { GoText.trimmed($0[0], of: $0[1], left: true, right: true) },
    "TrimLeft": .texts(2) { GoText.trimmed($0[0], of: $0[1], left: true, right: false) },
    "TrimRight": .texts(2) { GoText.trimmed($0[0], of: $0[1], left: false, right: true) },
    "TrimPrefix": .texts(2) { withoutPrefix($0[0], $0[1]) }, "TrimSuffix": .texts(2) { withoutSuffix($0[0], $0[1]) },
    "TrimSpace": .texts(1) { GoText.trimmed($0[0]) },
    "regexReplaceAll": substituting(isLiteral: false), "regexReplaceAllLiteral": substituting(isLiteral: true),
  ]

  private static let size = TemplateFunction(.text) { (_, values) throws(TemplateError) in
    let text = String(decoding: GoText.trimmed(values[0].bytes ?? []), as: UTF8.self).filter { $0 != " " && $0 != "," }
    guard let size = ByteSize.parse(text) else { throw TemplateError("a text is no size") }
    return .float(Double(size))
  }

  private static let seconds = TemplateFunction(.text) { (_, values) throws(TemplateError) in
    guard let nanoseconds = GoDuration.parse(String(decoding: values[0].bytes ?? [], as: UTF8.self)) else {
      throw TemplateError("a text is no duration")
    }
    let unit: Int64 = 1_000_000_000
    return .float(Double(nanoseconds / unit) + Double(nanoseconds % unit) / Double(unit))
  }

  /// Characters; what is too long is cut.
  private static func aligned(
    _ values: [TemplateValue], toLeft: Bool, _ run: TemplateRun
  ) throws(TemplateError) -> TemplateValue {
    guard case .int(let count) = values[0], let text = values[1].bytes else { return .none }
    let scalars = GoText.scalars(text)
    guard count >= 0, count != scalars.count else { return values[1] }
    guard count < scalars.count else {
      try run.check(count)
      let space = [UInt8](repeating: 0x20, count: count - scalars.count)
      return .text(toLeft ? text + space : space + text)
    }
    let part = toLeft ? scalars.prefix(count) : scalars.suffix(count)
    return .text(part.flatMap { GoText.encoded($0.scalar) })
  }
}
