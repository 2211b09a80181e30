/// A rule for all years to come: `CET-1CEST,M3.5.0,M10.5.0/3` (POSIX's `TZ`, with RFC 9636's longer times).
struct TimeZoneRule: Sendable {
  private struct Change: Sendable {
    enum Day: Sendable {
      /// Week 1 to 5, the last, and day of the week.
      case month(Int, Int, Int)
      /// From 1, without 29 February.
      case julian(Int)
      /// From 0, with it.
      case ofYear(Int)
    }

    var day: Day
    /// Seconds since midnight.
    var time: Int
  }

  private var standard: (offset: Int, name: String)
  private var daylight: (offset: Int, name: String)?
  private var begin: Change?
  private var end: Change?

  /// Nil for what is no rule, or one without dates.
  init?(_ text: String) {
    var reader = Reader(rest: Array(text.utf8)[...])
    guard let name = reader.name(), let offset = reader.time() else { return nil }
    standard = (-offset, name)
    guard !reader.rest.isEmpty else { return }
    guard let name = reader.name() else { return nil }
    let later = reader.rest.first == UInt8(ascii: ",") ? nil : reader.time()
    daylight = (later.map { -$0 } ?? standard.offset + 3600, name)
    guard let begin = reader.change(), let end = reader.change(), reader.rest.isEmpty else { return nil }
    (self.begin, self.end) = (begin, end)
  }

  func zone(at seconds: Int64) -> (offset: Int, name: String) {
    guard let daylight, let begin, let end else { return standard }
    let year = GoTime.parts(TemplateTime(seconds: seconds, offset: standard.offset)).year
    let start = Self.seconds(begin, in: year) - Int64(standard.offset)
    let stop = Self.seconds(end, in: year) - Int64(daylight.offset)
    let isDaylight = start < stop ? start <= seconds && seconds < stop : seconds < stop || start <= seconds
    return isDaylight ? daylight : standard
  }

  /// As clocks show it.
  private static func seconds(_ change: Change, in year: Int) -> Int64 {
    let first = GoTime.daysSinceEpoch(year, 1, 1)
    let day: Int
    switch change.day {
    case .julian(let number):
      day = first + number - (number >= 60 && GoTime.days(in: 2, of: year) == 29 ? 0 : 1)
    case .ofYear(let number): day = first + number
    case .month(let month, let week, let weekday):
      let start = GoTime.daysSinceEpoch(year, month, 1)
      let ahead = (weekday - ((start + 4) % 7 + 7) % 7 + 7) % 7
      let last = GoTime.days(in: month, of: year)
      day = start + stride(from: ahead, to: last, by: 7).prefix(week).reduce(0) { $1 }
    }
    return Int64(day) * 86_400 + Int64(change.time)
  }

  private struct Reader {
    var rest: ArraySlice<UInt8>

    mutating func take(_ character: Unicode.Scalar) -> Bool {
      guard rest.first == UInt8(ascii: character) else { return false }
      rest.removeFirst()
      return true
    }

    mutating func name() -> String? {
      if take("<") {
        let name = rest.prefix { $0 != UInt8(ascii: ">") }
        rest = rest[name.endIndex...]
        return take(">") ? String(decoding: name, as: UTF8.self) : nil
      }
      let name = rest.prefix { (0x61...0x7A).contains($0 | 0x20) }
      rest = rest[name.endIndex...]
      return name.count >= 3 ? String(decoding: name, as: UTF8.self) : nil
    }

    mutating func number() -> Int? {
      let digits = rest.prefix(4).prefix { (0x30...0x39).contains($0) }
      rest = rest[digits.endIndex...]
      return Int(String(decoding: digits, as: UTF8.self))
    }

    /// `-3`, `5:30`, `2:00:00`
    mutating func time() -> Int? {
      let isNegative = take("-")
      if !isNegative { _ = take("+") }
      guard var seconds = number().map({ $0 * 3600 }) else { return nil }
      for unit in [60, 1] where take(":") {
        guard let part = number() else { return nil }
        seconds += part * unit
      }
      return isNegative ? -seconds : seconds
    }

    mutating func change() -> Change? {
      guard take(",") else { return nil }
      var day: Change.Day?
      if take("M") {
        guard let month = number(), take("."), let week = number(), take("."), let weekday = number(),
          (1...12).contains(month), (1...5).contains(week), weekday < 7
        else { return nil }
        day = .month(month, week, weekday)
      } else if take("J") {
        day = number().map(Change.Day.julian)
      } else {
        day = number().map(Change.Day.ofYear)
      }
      guard let day else { return nil }
      guard take("/") else { return Change(day: day, time: 7200) }
      return time().map { Change(day: day, time: $0) }
    }
  }
}
