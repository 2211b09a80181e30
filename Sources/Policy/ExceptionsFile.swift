import Syntax
import Vocabulary

/// The exceptions file: findings that someone accepts, each with owner, reason and last day.
enum ExceptionsFile {
  static let keys = ["version", "exceptions"]

  static func read(_ file: Fields) throws(Fault) -> [Exception] {
    let list = try file.required("exceptions")
    guard let values = list.array else { throw file.fault("exceptions is not a list", at: list) }
    var exceptions: [Exception] = []
    var seen: Set<String> = []
    for value in values {
      let fields = try Fields(value, known: ["fingerprint", "owner", "reason", "until"], path: file.path)
      let fingerprint = try fields.text("fingerprint")
      guard fingerprint.utf8.count == 64, fingerprint.utf8.allSatisfy({ $0 &- 0x30 < 10 || $0 &- 0x61 < 6 }) else {
        throw fields.fault(
          "a fingerprint is 64 hexadecimal digits in small letters", at: try fields.required("fingerprint"))
      }
      guard seen.insert(fingerprint).inserted else {
        throw fields.fault("this fingerprint is accepted twice", at: try fields.required("fingerprint"))
      }
      let until = try fields.text("until")
      guard isDate(until) else {
        throw fields.fault("until is not a day of the calendar as YYYY-MM-DD", at: try fields.required("until"))
      }
      exceptions.append(
        Exception(
          fingerprint: fingerprint, owner: try fields.text("owner"), reason: try fields.text("reason"), until: until))
    }
    return exceptions.sorted { $0.fingerprint < $1.fingerprint }
  }

  static func isDate(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard text.utf8.count == 10, parts.count == 3, parts[0].count == 4, parts[1].count == 2, parts[2].count == 2,
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]), (1...12).contains(month)
    else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...days[month - 1]).contains(day)
  }
}
