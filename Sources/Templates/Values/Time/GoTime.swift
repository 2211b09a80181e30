/// The calendar and the layouts of Go's package `time` (`time.go`, `format.go`).
enum GoTime {
  static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]
  static let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]

  /// A moment taken apart, in its own zone.
  struct Parts {
    var year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0
    /// From 0, Sunday; from 1.
    var weekday = 0, dayOfYear = 0
  }

  static func parts(_ time: TemplateTime) -> Parts {
    let local = time.seconds + Int64(time.offset)
    let days = Int((local - (((local % 86_400) + 86_400) % 86_400)) / 86_400)
    let rest = Int(((local % 86_400) + 86_400) % 86_400)
    // Days of the era of 400 years that begins with March.
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return Parts(
      year: year, month: month, day: dayOfYear - (153 * marchMonth + 2) / 5 + 1, hour: rest / 3600,
      minute: rest / 60 % 60, second: rest % 60, weekday: ((days + 4) % 7 + 7) % 7,
      dayOfYear: days - daysSinceEpoch(year, 1, 1) + 1)
  }

  static func daysSinceEpoch(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  static func days(in month: Int, of year: Int) -> Int {
    daysSinceEpoch(month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, 1) - daysSinceEpoch(year, month, 1)
  }

  // MARK: Durations

  /// `Duration.String`: `1h2m3.5s`
  static func text(nanoseconds: Int64) -> String {
    let size = nanoseconds.magnitude
    let sign = nanoseconds < 0 ? "-" : ""
    if size == 0 { return "0s" }
    if size < 1_000_000_000 {
      let (unit, name): (UInt64, String) = size < 1000 ? (1, "ns") : size < 1_000_000 ? (1000, "µs") : (1_000_000, "ms")
      return sign + fraction(size, unit) + name
    }
    let seconds = size / 1_000_000_000
    var text = fraction(size % 60_000_000_000, 1_000_000_000) + "s"
    if seconds >= 60 { text = "\(seconds / 60 % 60)m" + text }
    if seconds >= 3600 { text = "\(seconds / 3600)h" + text }
    return sign + text
  }

  private static func fraction(_ value: UInt64, _ unit: UInt64) -> String {
    let rest = value % unit
    guard rest > 0 else { return String(value / unit) }
    let size = String(unit).utf8.count - 1
    var digits = String(rest)
    digits = String(repeating: "0", count: size - digits.utf8.count) + digits
    while digits.hasSuffix("0") { digits.removeLast() }
    return "\(value / unit).\(digits)"
  }

  // MARK: Layouts

  /// The pieces of a layout, the longer ones first where one begins another.
  private static let pieces = [
    "January", "Jan", "Monday", "Mon", "MST", "2006", "_2006", "__2", "_2", "002", "01", "02", "03", "04", "05", "06",
    "15", "PM",
    "pm", "-07:00:00", "-070000", "-07:00", "-0700", "-07", "Z07:00:00", "Z070000", "Z07:00", "Z0700", "Z07", "1", "2",
    "3", "4",
    "5",
  ].map { Array($0.utf8) }

  static func format(_ time: TemplateTime, _ layout: String) -> String {
    let parts = parts(time)
    let bytes = Array(layout.utf8)
    var out: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if let (text, size) = fraction(time, bytes, index) {
        out += text.utf8
        index += size
        continue
      }
      guard let piece = piece(of: bytes, at: index) else {
        out.append(bytes[index])
        index += 1
        continue
      }
      out += text(piece, time, parts).utf8
      index += piece.count
    }
    return String(decoding: out, as: UTF8.self)
  }

  /// The piece that begins at a place of a layout.
  static func piece(of bytes: [UInt8], at index: Int) -> [UInt8]? {
    pieces.first { bytes[index...].starts(with: $0) && fits($0, bytes, index) }
  }

  /// `Jan` is none where a small letter follows it, and `_2006` an underscore and a year.
  private static func fits(_ piece: [UInt8], _ bytes: [UInt8], _ index: Int) -> Bool {
    let name = String(decoding: piece, as: UTF8.self)
    guard name == "Jan" || name == "Mon", index + 3 < bytes.count else { return true }
    return !(0x61...0x7A).contains(bytes[index + 3])
  }

  /// `.000`, `.999` and the same with a comma: parts of the second, of which nines leave out zeros at the end.
  private static func fraction(_ time: TemplateTime, _ bytes: [UInt8], _ index: Int) -> (String, size: Int)? {
    guard let size = fractionSize(bytes, index) else { return nil }
    let (digit, count) = (bytes[index + 1], size - 1)
    var digits = String(time.nanoseconds)
    digits = String(repeating: "0", count: 9 - digits.utf8.count) + digits
    digits = String((digits + String(repeating: "0", count: max(0, count - 9))).prefix(count))
    if digit == UInt8(ascii: "9") {
      while digits.hasSuffix("0") { digits.removeLast() }
      if digits.isEmpty { return ("", size) }
    }
    return (String(UnicodeScalar(bytes[index])) + digits, size)
  }

  /// With its point or comma; nil where there is none at that place of a layout.
  static func fractionSize(_ bytes: [UInt8], _ index: Int) -> Int? {
    guard index + 1 < bytes.count, ".,".utf8.contains(bytes[index]), "09".utf8.contains(bytes[index + 1]) else {
      return nil
    }
    let run = bytes[(index + 1)...].prefix { $0 == bytes[index + 1] }
    return run.endIndex < bytes.count && (0x30...0x39).contains(bytes[run.endIndex]) ? nil : 1 + run.count
  }

  private static func text(_ piece: [UInt8], _ time: TemplateTime, _ parts: Parts) -> String {
    func padded(_ number: Int, _ size: Int = 2, _ filling: String = "0") -> String {
      let digits = String(number.magnitude)
      return (number < 0 ? "-" : "") + String(repeating: filling, count: max(0, size - digits.utf8.count)) + digits
    }
    let hour = parts.hour % 12 == 0 ? 12 : parts.hour % 12
    switch String(decoding: piece, as: UTF8.self) {
    case "January": return months[parts.month - 1]
    case "Jan": return String(months[parts.month - 1].prefix(3))
    case "Monday": return weekdays[parts.weekday]
    case "Mon": return String(weekdays[parts.weekday].prefix(3))
    case "MST": return time.zone.isEmpty ? zone("-0700", time.offset) : time.zone
    case "2006": return padded(parts.year, 4)
    case "_2006": return "_" + padded(parts.year, 4)
    case "06": return padded(parts.year % 100)
    case "01": return padded(parts.month)
    case "1": return String(parts.month)
    case "02": return padded(parts.day)
    case "_2": return padded(parts.day, 2, " ")
    case "2": return String(parts.day)
    case "002": return padded(parts.dayOfYear, 3)
    case "__2": return padded(parts.dayOfYear, 3, " ")
    case "15": return padded(parts.hour)
    case "03": return padded(hour)
    case "3": return String(hour)
    case "04": return padded(parts.minute)
    case "4": return String(parts.minute)
    case "05": return padded(parts.second)
    case "5": return String(parts.second)
    case "PM": return parts.hour >= 12 ? "PM" : "AM"
    case "pm": return parts.hour >= 12 ? "pm" : "am"
    case let layout:
      if layout.hasPrefix("Z") {
        return time.offset == 0 ? "Z" : zone("-" + layout.dropFirst(), time.offset)
      }
      return zone(layout, time.offset)
    }
  }

  private static func zone(_ layout: String, _ offset: Int) -> String {
    func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
    let minutes = offset.magnitude / 60
    let colon = layout.contains(":") ? ":" : ""
    var text = (offset < 0 ? "-" : "+") + two(Int(minutes / 60))
    if layout.utf8.count > 3 { text += colon + two(Int(minutes % 60)) }
    if layout.utf8.count > 6 || layout == "-070000" { text += colon + two(Int(offset.magnitude % 60)) }
    return text
  }
}
