/// Methods of `time.Time` and `time.Duration` that templates use; local time is UTC.
enum TimeMethods {
  static func method(_ name: String, of time: TemplateTime) -> TemplateFunction? {
    func value(_ value: TemplateValue) -> TemplateFunction { TemplateFunction { _, _ in value } }
    let parts = GoTime.parts(time)
    switch name {
    case "String": return value(.string(time.description))
    case "Format":
      return TemplateFunction(.text) { _, values in
        .string(time.format(String(decoding: values[0].bytes ?? [], as: UTF8.self)))
      }
    case "UTC", "Local": return value(.time(time.utc))
    case "Unix": return value(.long(Int(time.seconds)))
    case "UnixMilli": return value(.long(Int(time.seconds) &* 1000 &+ time.nanoseconds / 1_000_000))
    case "UnixMicro": return value(.long(Int(time.seconds) &* 1_000_000 &+ time.nanoseconds / 1000))
    case "UnixNano": return value(.long(Int(time.seconds) &* 1_000_000_000 &+ time.nanoseconds))
    case "Year": return value(.int(parts.year))
    case "Month": return value(.constant(GoTime.months[parts.month - 1], parts.month))
    case "Day": return value(.int(parts.day))
    case "Hour": return value(.int(parts.hour))
    case "Minute": return value(.int(parts.minute))
    case "Second": return value(.int(parts.second))
    case "Nanosecond": return value(.int(time.nanoseconds))
    case "Weekday": return value(.constant(GoTime.weekdays[parts.weekday], parts.weekday))
    case "YearDay": return value(.int(parts.dayOfYear))
    case "IsZero": return value(.bool(time.seconds == TemplateTime.zero.seconds && time.nanoseconds == 0))
    case "Sub": return compared(time) { .duration(time.since($0)) }
    case "After": return compared(time) { .bool(time.since($0) > 0) }
    case "Before": return compared(time) { .bool(time.since($0) < 0) }
    case "Equal": return compared(time) { .bool(time.since($0) == 0) }
    case "Add":
      return TemplateFunction(.any) { (_, values) throws(TemplateError) in
        switch values[0] {
        case .duration(let count): return .time(time.adding(nanoseconds: count))
        // A constant becomes a duration, in nanoseconds.
        case .int(let count): return .time(time.adding(nanoseconds: Int64(count)))
        default: throw TemplateError("an argument is of the wrong type")
        }
      }
    default: return nil
    }
  }

  private static func compared(
    _ time: TemplateTime, _ body: @escaping @Sendable (TemplateTime) -> TemplateValue
  ) -> TemplateFunction {
    TemplateFunction(.time) { _, values in
      guard case .time(let other) = values[0] else { return .none }
      return body(other)
    }
  }

  static func method(_ name: String, of nanoseconds: Int64) -> TemplateFunction? {
    func value(_ value: TemplateValue) -> TemplateFunction { TemplateFunction { _, _ in value } }
    func part(_ unit: Int64) -> TemplateFunction {
      value(.float(Double(nanoseconds / unit) + Double(nanoseconds % unit) / Double(unit)))
    }
    switch name {
    case "String": return value(.string(GoTime.text(nanoseconds: nanoseconds)))
    case "Seconds": return part(1_000_000_000)
    case "Minutes": return part(60_000_000_000)
    case "Hours": return part(3_600_000_000_000)
    case "Milliseconds": return value(.long(Int(nanoseconds / 1_000_000)))
    case "Microseconds": return value(.long(Int(nanoseconds / 1000)))
    case "Nanoseconds": return value(.long(Int(nanoseconds)))
    default: return nil
    }
  }
}
