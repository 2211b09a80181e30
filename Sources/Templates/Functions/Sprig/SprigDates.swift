import Syntax

/// Sprig's functions of dates (`date.go`).
extension TemplateFunctions {
  static let sprigDates: [String: TemplateFunction] = [
    "now": TemplateFunction { run, _ in .time(run.environment.now) },
    "date": TemplateFunction(.text, .any) { (run, values) throws(TemplateError) in
      try formatted(values[0], values[1], .text([]), run)
    },
    "dateInZone": dateInZone, "date_in_zone": dateInZone,
    "htmlDate": TemplateFunction(.any) { (run, values) throws(TemplateError) in
      try formatted(.string("2006-01-02"), values[0], .text([]), run)
    },
    "htmlDateInZone": TemplateFunction(.any, .text) { (run, values) throws(TemplateError) in
      try formatted(.string("2006-01-02"), values[0], values[1], run)
    },
    "dateModify": dateModify, "date_modify": dateModify, "mustDateModify": mustDateModify,
    "must_date_modify": mustDateModify,
    "toDate": toDate, "mustToDate": mustToDate,
    "unixEpoch": TemplateFunction(.time) { _, values in
      guard case .time(let time) = values[0] else { return .none }
      return .string(String(time.seconds))
    },
    "ago": TemplateFunction(.any) { run, values in
      let past = run.environment.now.since(moment(values[0], run))
      // To the next second, halves away from zero.
      let (seconds, rest) = past.quotientAndRemainder(dividingBy: second)
      let rounded = seconds + (rest.magnitude >= UInt64(second / 2) ? past.signum() : 0)
      return .string(
        GoTime.text(nanoseconds: rounded.multipliedReportingOverflow(by: second).overflow ? past : rounded * second))
    },
    "duration": TemplateFunction(.any) { _, values in
      let seconds: Int64 =
        switch values[0] {
        case .text(let bytes): Int64(String(decoding: bytes, as: UTF8.self)) ?? 0
        case .long(let number): Int64(number)
        default: 0
        }
      return .string(GoTime.text(nanoseconds: seconds &* second))
    },
    "durationRound": TemplateFunction(.any) { run, values in
      let duration: Int64 =
        switch values[0] {
        case .text(let bytes): GoDuration.parse(String(decoding: bytes, as: UTF8.self)) ?? 0
        case .long(let number): Int64(number)
        case .time(let time): run.environment.now.since(time)
        default: 0
        }
      let units: [(UInt64, String)] = [
        (31_536_000, "y"), (2_592_000, "mo"), (86_400, "d"), (3600, "h"), (60, "m"), (1, "s"),
      ]
      let unit = units.first { duration.magnitude > $0.0 * UInt64(second) }
      return .string(unit.map { "\(duration.magnitude / ($0.0 * UInt64(second)))\($0.1)" } ?? "0s")
    },
  ]

  private static let second: Int64 = 1_000_000_000

  private static let dateInZone = TemplateFunction(.text, .any, .text) { (run, values) throws(TemplateError) in
    try formatted(values[0], values[1], values[2], run)
  }

  private static let dateModify = TemplateFunction(.text, .time) { _, values in
    (try? moved(values)) ?? values[1]
  }

  private static let mustDateModify = TemplateFunction(.text, .time) { (_, values) throws(TemplateError) in
    try moved(values)
  }

  private static func moved(_ values: [TemplateValue]) throws(TemplateError) -> TemplateValue {
    guard case .time(let time) = values[1],
      let duration = GoDuration.parse(String(decoding: values[0].bytes ?? [], as: UTF8.self))
    else { throw TemplateError("a text is no duration") }
    return .time(time.adding(nanoseconds: duration))
  }

  // MARK: Shared with Alertmanager

  /// What can't be read is the first moment of the year 1.
  static let toDate = TemplateFunction(.text, .text) { (_, values) throws(TemplateError) in
    .time(try parsed(values) ?? .zero)
  }

  static let mustToDate = TemplateFunction(.text, .text) { (_, values) throws(TemplateError) in
    guard let time = try parsed(values) else { throw TemplateError("a text is no time of that layout") }
    return .time(time)
  }

  private static func parsed(_ values: [TemplateValue]) throws(TemplateError) -> TemplateTime? {
    let texts = values.map { String(decoding: $0.bytes ?? [], as: UTF8.self) }
    return try TemplateTime(texts[1], layout: texts[0], in: .utc)
  }

  // MARK: Helpers

  private static func formatted(
    _ layout: TemplateValue, _ date: TemplateValue, _ zone: TemplateValue, _ run: TemplateRun
  ) throws(TemplateError) -> TemplateValue {
    // An unknown zone is UTC.
    let zone = try TimeZoneRules.named(String(decoding: zone.bytes ?? [], as: UTF8.self)) ?? .utc
    return .string(moment(date, run).in(zone).format(String(decoding: layout.bytes ?? [], as: UTF8.self)))
  }

  /// A time, a number of seconds since 1970, or else now.
  private static func moment(_ value: TemplateValue, _ run: TemplateRun) -> TemplateTime {
    switch value {
    case .time(let time): time
    case .int(let seconds), .long(let seconds): TemplateTime(seconds: Int64(seconds))
    default: run.environment.now
    }
  }
}
