import Syntax
public import Vocabulary

/// What an exceptions file says.
public struct ExceptionSet: Sendable, Hashable {
  /// Sorted by fingerprint.
  public var entries: [Exception]
  /// Entries that accept nothing, since they lack something or hold something unknown; in the file's order.
  public var unread: [UnreadException]

  public init(_ entries: [Exception] = [], unread: [UnreadException] = []) {
    self.entries = entries
    self.unread = unread
  }
}

/// An entry of the exceptions file that could not be read.
public struct UnreadException: Sendable, Hashable {
  /// What is wrong, one sentence without a full stop.
  public var problem: String
  public var place: Location?

  public init(problem: String, place: Location?) {
    self.problem = problem
    self.place = place
  }
}

/// The exceptions file: findings that someone accepts, each with owner, reason and last day.
enum ExceptionsFile {
  static let keys = ["version", "exceptions"]

  /// An entry that does not hold is kept as unread, so that a scan still says all the rest; it accepts nothing.
  static func read(_ file: Fields) throws(Fault) -> ExceptionSet {
    let list = try file.required("exceptions")
    guard let values = list.array else { throw file.fault("exceptions is not a list", at: list) }
    var set = ExceptionSet()
    var seen: Set<String> = []
    for value in values {
      do throws(Fault) {
        let exception = try read(value, path: file.path)
        guard seen.insert(exception.fingerprint).inserted else {
          throw file.fault("this fingerprint is accepted twice", at: value)
        }
        set.entries.append(exception)
      } catch {
        set.unread.append(UnreadException(problem: error.problem, place: error.place))
      }
    }
    set.entries.sort { $0.fingerprint < $1.fingerprint }
    return set
  }

  private static func read(_ value: PositionedValue, path: String) throws(Fault) -> Exception {
    let fields = try Fields(
      value, known: ["fingerprint", "rule", "sink", "owner", "reason", "until"], path: path)
    let fingerprint = try fields.text("fingerprint")
    guard fingerprint.utf8.count == 64, fingerprint.utf8.allSatisfy({ $0 &- 0x30 < 10 || $0 &- 0x61 < 6 }) else {
      throw fields.fault(
        "a fingerprint is 64 hexadecimal digits in small letters", at: try fields.required("fingerprint"))
    }
    let until = try fields.text("until")
    guard CalendarDay.isDay(until) else {
      throw fields.fault("until is not a day of the calendar as YYYY-MM-DD", at: try fields.required("until"))
    }
    return Exception(
      fingerprint: fingerprint, owner: try words("owner", fields), reason: try words("reason", fields), until: until,
      rule: fields.optional("rule") == nil ? nil : try fields.text("rule"), sink: try sink(fields),
      place: fields.place(of: value))
  }

  private static func words(_ key: String, _ fields: Fields) throws(Fault) -> String {
    let text = try fields.text(key)
    guard text.contains(where: { !$0.isWhitespace }) else {
      throw fields.fault("\(key) is empty", at: try fields.required(key))
    }
    return text
  }

  private static func sink(_ fields: Fields) throws(Fault) -> Sink? {
    guard let value = fields.optional("sink") else { return nil }
    let parts = try fields.text("sink").split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, let kind = Sink.Kind(rawValue: String(parts[0])), !parts[1].isEmpty else {
      throw fields.fault("a sink is its kind and its name, e.g. rules:configs/alerts.yaml", at: value)
    }
    return Sink(kind, String(parts[1]))
  }
}
