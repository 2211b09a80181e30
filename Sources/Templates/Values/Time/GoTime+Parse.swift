/// Times read by a layout, as Go's `time.ParseInLocation` reads them (`format.go`).
extension TemplateTime {
  /// - Returns: nil for a text that does not fit the layout.
  /// - Throws: where a zone's short name would have to be looked up.
  init?(_ text: String, layout: String, in zone: TimeZoneRules) throws(TemplateError) {
    var reader = TimeReader(text)
    guard try reader.read(layout), let time = try reader.time(in: zone) else { return nil }
    self = time
  }
}

/// The parts of a time as they are found in a text.
private struct TimeReader {
  private var rest: ArraySlice<UInt8>
  private var year = 0, hour = 0, minute = 0, second = 0, nanoseconds = 0
  private var month: Int?
  private var day: Int?
  private var dayOfYear: Int?
  private var isAfternoon: Bool?
  private var isUTC = false
  private var offset: Int?
  private var zoneName: String?

  init(_ text: String) { rest = Array(text.utf8)[...] }

  // MARK: Reading

  mutating func read(_ layout: String) throws(TemplateError) -> Bool {
    let bytes = Array(layout.utf8)
    var index = 0
    while index < bytes.count {
      if let size = GoTime.fractionSize(bytes, index) {
        guard readFraction(size - 1, isOptional: bytes[index + 1] == UInt8(ascii: "9")) else { return false }
        index += size
      } else if let piece = GoTime.piece(of: bytes, at: index) {
        index += piece.count
        guard try read(piece: String(decoding: piece, as: UTF8.self)) else { return false }
        if piece.last == UInt8(ascii: "5"), GoTime.fractionSize(bytes, index) == nil { takeFraction() }
      } else {
        let literal = bytes[index...].prefix { $0 == UInt8(ascii: " ") }
        guard literal.isEmpty ? take(bytes[index]) : takeSpace() else { return false }
        index += max(1, literal.count)
      }
    }
    return rest.isEmpty
  }

  private mutating func read(piece: String) throws(TemplateError) -> Bool {
    switch piece {
    case "2006", "_2006":
      guard piece == "2006" || take(UInt8(ascii: "_")), let number = number(4, 4) else { return false }
      year = number
    case "06":
      guard let number = number(2, 2) else { return false }
      year = number >= 69 ? number + 1900 : number + 2000
    case "January": return set(&month, name(GoTime.months))
    case "Jan": return set(&month, name(GoTime.months.map { String($0.prefix(3)) }))
    case "1", "01":
      guard set(&month, number(piece.count, 2)), let month, (1...12).contains(month) else { return false }
    case "Monday": return name(GoTime.weekdays) != nil
    case "Mon": return name(GoTime.weekdays.map { String($0.prefix(3)) }) != nil
    case "2", "_2", "02":
      if piece == "_2", rest.first == UInt8(ascii: " ") { rest.removeFirst() }
      return set(&day, number(piece == "02" ? 2 : 1, 2))
    case "__2", "002":
      while piece == "__2", rest.first == UInt8(ascii: " ") { rest.removeFirst() }
      return set(&dayOfYear, number(piece == "002" ? 3 : 1, 3))
    case "15": return set(&hour, number(1, 2), below: 24)
    case "3", "03": return set(&hour, number(piece.count, 2), below: 13)
    case "4", "04": return set(&minute, number(piece.count, 2), below: 60)
    case "5", "05": return set(&second, number(piece.count, 2), below: 60)
    case "PM", "pm":
      let word = String(decoding: rest.prefix(2), as: UTF8.self)
      guard ["AM", "PM"].contains(piece == "PM" ? word : word.lowercased() == word ? word.uppercased() : "") else {
        return false
      }
      isAfternoon = word.uppercased() == "PM"
      rest = rest.dropFirst(2)
    case "MST": return try readZoneName()
    default: return readOffset(piece)
    }
    return true
  }

  private mutating func readOffset(_ piece: String) -> Bool {
    if piece.hasPrefix("Z"), rest.first == UInt8(ascii: "Z") {
      rest.removeFirst()
      isUTC = true
      return true
    }
    guard let sign = rest.first, "+-".utf8.contains(sign) else { return false }
    rest.removeFirst()
    var parts: [Int] = []
    for place in 0..<(piece.filter(\.isNumber).count / 2) {
      guard place == 0 || !piece.contains(":") || take(UInt8(ascii: ":")), let number = number(2, 2) else {
        return false
      }
      parts.append(number)
    }
    guard parts[0] <= 24, parts.dropFirst().allSatisfy({ $0 <= 60 }) else { return false }
    let seconds = zip(parts, [3600, 60, 1]).reduce(0) { $0 + $1.0 * $1.1 }
    offset = sign == UInt8(ascii: "-") ? -seconds : seconds
    return true
  }

  /// `parseTimeZone`: three to five capitals.
  private mutating func readZoneName() throws(TemplateError) -> Bool {
    if rest.starts(with: "UTC".utf8) {
      rest = rest.dropFirst(3)
      isUTC = true
      return true
    }
    let name = String(decoding: rest.prefix { (0x41...0x5A).contains($0) }, as: UTF8.self)
    let next = rest.dropFirst(name.utf8.count).first
    if "+-".utf8.contains(rest.first ?? 0) || name == "GMT" && "+-".utf8.contains(next ?? 0)
      || ["ChST", "MeST"].contains(String(decoding: rest.prefix(4), as: UTF8.self))
    {
      throw .unsupported("a time zone of this form")
    }
    let isZone = name.count == 3 || name.count == 4 && name.hasSuffix("T") || name.count == 5 && name.hasSuffix("T")
    guard isZone || name == "WITA" else { return false }
    rest = rest.dropFirst(name.utf8.count)
    zoneName = name
    return true
  }

  // MARK: Pieces

  private mutating func take(_ byte: UInt8) -> Bool {
    guard rest.first == byte else { return false }
    rest.removeFirst()
    return true
  }

  /// Any space, or the end of the text.
  private mutating func takeSpace() -> Bool {
    guard rest.isEmpty || rest.first == UInt8(ascii: " ") else { return false }
    rest = rest.drop { $0 == UInt8(ascii: " ") }
    return true
  }

  private mutating func number(_ least: Int, _ most: Int) -> Int? {
    let digits = rest.prefix(most).prefix { (0x30...0x39).contains($0) }
    guard digits.count >= least else { return nil }
    rest = rest.dropFirst(digits.count)
    return Int(String(decoding: digits, as: UTF8.self))
  }

  /// Its number from 1; letters may be small or capital.
  private mutating func name(_ names: [String]) -> Int? {
    let text = String(decoding: rest.prefix(9), as: UTF8.self).lowercased()
    guard let index = names.firstIndex(where: { text.hasPrefix($0.lowercased()) }) else { return nil }
    rest = rest.dropFirst(names[index].utf8.count)
    return index + 1
  }

  private func set(_ place: inout Int?, _ number: Int?) -> Bool {
    place = number
    return number != nil
  }

  private func set(_ place: inout Int, _ number: Int?, below limit: Int) -> Bool {
    guard let number, number < limit else { return false }
    place = number
    return true
  }

  private mutating func readFraction(_ count: Int, isOptional: Bool) -> Bool {
    guard isOptional else {
      let digits = rest.dropFirst().prefix(count).prefix { (0x30...0x39).contains($0) }
      guard let first = rest.first, ".,".utf8.contains(first), digits.count == count else { return false }
      setFraction(digits)
      return true
    }
    takeFraction()
    return true
  }

  /// A fraction of the second may stand in a text where the layout has none.
  private mutating func takeFraction() {
    let digits = rest.dropFirst().prefix { (0x30...0x39).contains($0) }
    guard let first = rest.first, ".,".utf8.contains(first), !digits.isEmpty else { return }
    setFraction(digits)
  }

  private mutating func setFraction(_ digits: ArraySlice<UInt8>) {
    let nine = String(decoding: digits.prefix(9), as: UTF8.self)
    nanoseconds = Int(nine + String(repeating: "0", count: 9 - nine.utf8.count)) ?? 0
    rest = rest.dropFirst(1 + digits.count)
  }

  // MARK: Result

  func time(in zone: TimeZoneRules) throws(TemplateError) -> TemplateTime? {
    var hour = hour
    if isAfternoon == true, hour < 12 { hour += 12 }
    if isAfternoon == false, hour == 12 { hour = 0 }
    let days: Int
    if let dayOfYear {
      let first = GoTime.daysSinceEpoch(year, 1, 1)
      guard (1...(GoTime.daysSinceEpoch(year + 1, 1, 1) - first)).contains(dayOfYear) else { return nil }
      days = first + dayOfYear - 1
      let parts = GoTime.parts(TemplateTime(seconds: Int64(days) * 86_400))
      guard month ?? parts.month == parts.month, day ?? parts.day == parts.day else { return nil }
    } else {
      let (month, day) = (month ?? 1, day ?? 1)
      guard (1...GoTime.days(in: month, of: year)).contains(day) else { return nil }
      days = GoTime.daysSinceEpoch(year, month, day)
    }
    let seconds = Int64(days) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
    if isUTC { return TemplateTime(seconds: seconds, nanoseconds: nanoseconds) }
    if let offset {
      let time = TemplateTime(seconds: seconds - Int64(offset), nanoseconds: nanoseconds)
      let local = time.in(zone)
      if local.offset == offset, zoneName ?? local.zone == local.zone { return local }
      return TemplateTime(seconds: time.seconds, nanoseconds: nanoseconds, offset: offset, zone: zoneName ?? "")
    }
    if let zoneName {
      guard zone == .utc else { throw .unsupported("the short name of a time zone") }
      // A name that UTC does not know is made up, without an offset.
      return TemplateTime(seconds: seconds, nanoseconds: nanoseconds, zone: zoneName)
    }
    return TemplateTime(seconds: seconds - Int64(zone.offset(ofLocal: seconds)), nanoseconds: nanoseconds).in(zone)
  }
}
