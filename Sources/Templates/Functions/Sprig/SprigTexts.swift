import Crypto
import Expressions

/// Sprig's functions of texts (`functions.go`, `strings.go`, `crypto.go`, `regex.go` of Sprig 3.3).
extension TemplateFunctions {
  static let sprigTexts = shapes.merging(words) { $1 }.merging(encodings) { $1 }.merging(expressions) { $1 }

  private static let shapes: [String: TemplateFunction] = [
    "lower": .texts(1) { GoText.lowered($0[0]) }, "upper": .texts(1) { GoText.uppered($0[0]) },
    "title": .texts(1) { GoTitle.title($0[0], wordsOfSpace: true, lowersRest: false) },
    "trim": .texts(1) { GoText.trimmed($0[0]) },
    "trimAll": .texts(2) { GoText.trimmed($0[1], of: $0[0], left: true, right: true) },
    "trimall": .texts(2) { GoText.trimmed($0[1], of: $0[0], left: true, right: true) },
    "trimPrefix": .texts(2) { withoutPrefix($0[1], $0[0]) }, "trimSuffix": .texts(2) { withoutSuffix($0[1], $0[0]) },
    "replace": .texts(3) { GoText.replaced($0[2], $0[0], $0[1], -1) },
    "contains": TemplateFunction(.text, .text) { _, values in
      .bool(GoText.firstIndex(of: values[0].bytes ?? [], in: (values[1].bytes ?? [])[...]) != nil)
    },
    "hasPrefix": TemplateFunction(.text, .text) { _, values in
      .bool((values[1].bytes ?? []).starts(with: values[0].bytes ?? []))
    },
    "hasSuffix": TemplateFunction(.text, .text) { _, values in
      .bool(GoText.hasSuffix(values[1].bytes ?? [], values[0].bytes ?? []))
    },
    "trunc": TemplateFunction(.int, .text) { _, values in
      guard case .int(let count) = values[0], let text = values[1].bytes else { return .none }
      // Bytes, not characters.
      if count < 0 { return .text(text.count + count > 0 ? Array(text.suffix(-count)) : text) }
      return .text(Array(text.prefix(count)))
    },
    "substr": TemplateFunction(.int, .int, .text) { (_, values) throws(TemplateError) in
      guard case .int(let start) = values[0], case .int(let end) = values[1], let text = values[2].bytes else {
        return .none
      }
      let lower = start < 0 ? 0 : start
      let upper = start < 0 || end >= 0 && end <= text.count ? end : text.count
      guard lower <= upper, upper <= text.count else {
        throw TemplateError("a part is asked for that a text does not have")
      }
      return .text(Array(text[lower..<upper]))
    },
    "repeat": TemplateFunction(.int, .text) { (run, values) throws(TemplateError) in
      guard case .int(let count) = values[0], let text = values[1].bytes else { return .none }
      guard count >= 0 else { throw TemplateError("a text is repeated less than never") }
      try run.check(
        count.multipliedReportingOverflow(by: max(1, text.count)).overflow ? .max : count * max(1, text.count))
      return .text(Array(repeatElement(text, count: count).joined()))
    },
    "indent": TemplateFunction(.int, .text) { (run, values) throws(TemplateError) in try indented(values, "", run) },
    "nindent": TemplateFunction(.int, .text) { (run, values) throws(TemplateError) in try indented(values, "\n", run) },
    "quote": TemplateFunction(rest: .any) { (run, values) throws(TemplateError) in
      var texts: [[UInt8]] = []
      for value in values {
        if case .none = value { continue }
        texts.append(GoText.quoted(try printed(value, run), isRaw: false, isASCII: false))
      }
      return .text(Array(texts.joined(separator: Array(" ".utf8))))
    },
    "squote": TemplateFunction(rest: .any) { (run, values) throws(TemplateError) in
      .text(
        Array(
          try strings(.list(.init(values, .values)), run).map { Array("'".utf8) + $0 + Array("'".utf8) }
            .joined(separator: Array(" ".utf8))))
    },
    "cat": TemplateFunction(rest: .any) { (run, values) throws(TemplateError) in
      .text(Array(try strings(.list(.init(values, .values)), run).joined(separator: Array(" ".utf8))))
    },
    "toString": TemplateFunction(.any) { (run, values) throws(TemplateError) in .text(try printed(values[0], run)) },
    "plural": TemplateFunction(.text, .text, .int) { _, values in
      guard case .int(let count) = values[2] else { return .none }
      return count == 1 ? values[0] : values[1]
    },
    "hello": TemplateFunction { _, _ in .string("Hello!") },
    "fail": TemplateFunction(.text) { (_, _) throws(TemplateError) in throw TemplateError("the template calls fail") },
  ]

  /// `goutils` 1.1
  private static let words: [String: TemplateFunction] = [
    "nospace": .texts(1) { GoWords.withoutSpace($0[0]) }, "initials": .texts(1) { GoWords.initials($0[0]) },
    "untitle": .texts(1) { GoWords.uncapitalized($0[0]) }, "swapcase": .texts(1) { GoWords.swapped($0[0]) },
    "abbrev": TemplateFunction(.int, .text) { _, values in
      guard case .int(let width) = values[0], let text = values[1].bytes else { return .none }
      return .text(width < 4 ? text : GoWords.abbreviated(text, from: 0, to: width))
    },
    "abbrevboth": TemplateFunction(.int, .int, .text) { _, values in
      guard case .int(let left) = values[0], case .int(let right) = values[1], let text = values[2].bytes else {
        return .none
      }
      return .text(right < 4 || left > 0 && right < 7 ? text : GoWords.abbreviated(text, from: left, to: right))
    },
    "wrap": TemplateFunction(.int, .text) { _, values in
      guard case .int(let width) = values[0] else { return .none }
      return .text(GoWords.wrapped(values[1].bytes ?? [], to: width, breaksWords: false))
    },
    "wrapWith": TemplateFunction(.int, .text, .text) { (run, values) throws(TemplateError) in
      guard case .int(let width) = values[0], let line = values[1].bytes, let text = values[2].bytes else {
        return .none
      }
      let lines = text.count / max(1, width) + 1
      try run.check(lines.multipliedReportingOverflow(by: line.count + 1).overflow ? .max : lines * (line.count + 1))
      return .text(GoWords.wrapped(text, to: width, with: line, breaksWords: true))
    },
    "base": .texts(1) { GoPath.base($0[0]) }, "osBase": .texts(1) { GoPath.base($0[0]) },
    "dir": .texts(1) { GoPath.folder($0[0]) }, "osDir": .texts(1) { GoPath.folder($0[0]) },
    "clean": .texts(1) { GoPath.clean($0[0]) }, "osClean": .texts(1) { GoPath.clean($0[0]) },
    "ext": .texts(1) { GoPath.suffix($0[0]) }, "osExt": .texts(1) { GoPath.suffix($0[0]) },
    "isAbs": isAbsolute, "osIsAbs": isAbsolute,
  ]

  private static let isAbsolute = TemplateFunction(.text) { _, values in
    .bool(values[0].bytes?.first == UInt8(ascii: "/"))
  }

  private static let encodings: [String: TemplateFunction] = [
    "b64enc": .texts(1) { Base64.encoded($0[0]) },
    "b64dec": .texts(1) { (texts) throws(TemplateError) in
      guard let bytes = Base64.decoded(texts[0]) else { throw .unsupported("what is no base64") }
      return bytes
    },
    "b32enc": .texts(1) { Base32.encoded($0[0]) },
    "b32dec": .texts(1) { (texts) throws(TemplateError) in
      guard let bytes = Base32.decoded(texts[0]) else { throw .unsupported("what is no base32") }
      return bytes
    },
    "sha1sum": .texts(1) { hexadecimal(Insecure.SHA1.hash(data: $0[0])) },
    "sha256sum": .texts(1) { hexadecimal(SHA256.hash(data: $0[0])) },
    "sha512sum": .texts(1) { hexadecimal(SHA512.hash(data: $0[0])) },
    "adler32sum": .texts(1) { texts in
      let (one, two) = texts[0].reduce((1, 0)) { sums, byte in
        let one = (sums.0 + Int(byte)) % 65_521
        return (one, (sums.1 + one) % 65_521)
      }
      return Array(String(two << 16 | one).utf8)
    },
  ]

  private static let expressions: [String: TemplateFunction] = [
    // An expression that is wrong matches nothing.
    "regexMatch": TemplateFunction(.text, .text) { run, values in
      .bool((try? matches(values, run))?.isEmpty == false)
    },
    "mustRegexMatch": TemplateFunction(.text, .text) { (run, values) throws(TemplateError) in
      .bool(try !matches(values, run).isEmpty)
    },
    "regexFind": found, "mustRegexFind": found, "regexFindAll": allFound, "mustRegexFindAll": allFound,
    "regexSplit": split, "mustRegexSplit": split,
    "mustRegexReplaceAll": substituting(isLiteral: false), "mustRegexReplaceAllLiteral": substituting(isLiteral: true),
    "regexQuoteMeta": .texts(1) { texts in
      texts[0].flatMap { "\\.+*?()|[]{}^$".utf8.contains($0) ? [UInt8(ascii: "\\"), $0] : [$0] }
    },
  ]

  private static let found = TemplateFunction(.text, .text) { (run, values) throws(TemplateError) in
    .text((try matches(values, run).first).map { Array((values[1].bytes ?? [])[$0]) } ?? [])
  }

  private static let allFound = TemplateFunction(.text, .text, .int) { (run, values) throws(TemplateError) in
    guard case .int(let count) = values[2], let text = values[1].bytes else { return .none }
    return texts(try matches(values, run).prefix(count < 0 ? .max : count).map { Array(text[$0]) })
  }

  /// `Regexp.Split`
  private static let split = TemplateFunction(.text, .text, .int) { (run, values) throws(TemplateError) in
    guard case .int(let count) = values[2], let text = values[1].bytes else { return .none }
    let matches = try matches(values, run)
    if count == 0 { return texts([]) }
    if text.isEmpty, values[0].bytes?.isEmpty == false { return texts([[]]) }
    var parts: [[UInt8]] = []
    var (start, end) = (0, 0)
    for match in matches.prefix(count < 0 ? .max : count) {
      if count > 0, parts.count == count - 1 { break }
      end = match.lowerBound
      if match.upperBound != 0 { parts.append(Array(text[start..<end])) }
      start = match.upperBound
    }
    if end != text.count { parts.append(Array(text[start...])) }
    return texts(parts)
  }

  private static func matches(_ values: [TemplateValue], _ run: TemplateRun) throws(TemplateError) -> [Range<Int>] {
    let expression = try run.expression(values[0].bytes ?? [])
    return RE2Matcher(expression).allMatches(in: values[1].bytes ?? []).compactMap { $0[0] }
  }

  // MARK: Helpers

  static func withoutPrefix(_ text: [UInt8], _ prefix: [UInt8]) -> [UInt8] {
    text.starts(with: prefix) ? Array(text.dropFirst(prefix.count)) : text
  }

  static func withoutSuffix(_ text: [UInt8], _ suffix: [UInt8]) -> [UInt8] {
    GoText.hasSuffix(text, suffix) ? Array(text.dropLast(suffix.count)) : text
  }

  static func hexadecimal(_ digest: some Sequence<UInt8>) -> [UInt8] {
    digest.flatMap { GoText.hexadecimal(UInt32($0), 2) }
  }

  private static func indented(
    _ values: [TemplateValue], _ head: String, _ run: TemplateRun
  ) throws(TemplateError) -> TemplateValue {
    guard case .int(let count) = values[0], let text = values[1].bytes else { return .none }
    guard count >= 0 else { throw TemplateError("a text is indented by less than nothing") }
    let lines = text.count { $0 == 0x0A } + 1
    try run.check(count.multipliedReportingOverflow(by: lines).overflow ? .max : count * lines + text.count)
    let space = [UInt8](repeating: 0x20, count: count)
    return .text(Array(head.utf8) + space + GoText.replaced(text, [0x0A], [0x0A] + space, -1))
  }

  /// `strval`
  static func printed(_ value: TemplateValue, _ run: TemplateRun) throws(TemplateError) -> [UInt8] {
    var printer = run.printer
    try printer.printAll([value])
    return printer.out
  }
}
