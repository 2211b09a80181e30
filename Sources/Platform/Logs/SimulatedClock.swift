import Foundation

/// Simulated time as the programs print it (UTC).
struct SimulatedClock {
  private let seconds: Int

  /// - Parameter time: seconds since the course began.
  init(_ time: Double) { seconds = Int((PlatformModel.epoch + time).rounded(.down)) }

  /// `HH:MM:SS`, as LiteLLM prints it.
  var time: String {
    let day = seconds % 86_400
    return [day / 3600, day / 60 % 60, day % 60].map(Self.twoDigits).joined(separator: ":")
  }

  /// `MM-DD HH:MM:SS`, as vLLM prints it.
  var dateAndTime: String {
    // Days to civil date, after Howard Hinnant's `civil_from_days`.
    let days = seconds / 86_400 + 719_468
    let dayOfEra = days % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shifted + 2) / 5 + 1
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return "\(Self.twoDigits(month))-\(Self.twoDigits(day)) \(time)"
  }

  private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

/// A number with one decimal, rounded.
func oneDecimal(_ value: Double) -> String {
  let tenths = Int((value * 10).rounded())
  return "\(tenths / 10).\(tenths % 10)"
}

/// A number with a comma at each thousand.
func grouped(_ number: Int) -> String {
  var text = ""
  for (offset, digit) in String(number).reversed().enumerated() {
    if offset > 0, offset % 3 == 0 { text.append(",") }
    text.append(digit)
  }
  return String(text.reversed())
}
