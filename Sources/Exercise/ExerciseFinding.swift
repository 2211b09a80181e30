public import Platform
public import Vocabulary

/// Something wrong with the alert rules, shown by playing a fault; whoever reports it makes a `Finding` of it.
public struct ExerciseFinding: Sendable, Hashable {
  public enum Rule: String, Sendable, CaseIterable {
    case faultUnnoticed = "fault-unnoticed"
    case neverFires = "alert-never-fires"
    case firesWhenHealthy = "alert-fires-when-healthy"
    case evaluationFails = "alert-evaluation-fails"
  }

  /// Id of the rule.
  public var rule: String
  public var severity: Severity
  public var message: String
  public var remedy: String
  /// The alert's name where it consists of letters, digits, `_`, `:` and `-`, at most 64; else nil, as it may be free text.
  public var alert: String?
  /// The course whose fault it is about, where no alert is.
  public var course: Course?
  public var path: String?
  /// Line, from 1.
  public var line: Int?

  init(_ rule: Rule, _ message: String, remedy: String, alert: RuleSet.Alert? = nil, course: Course? = nil) {
    self.course = course
    self.rule = rule.rawValue
    severity = .exposure
    self.message = message
    self.remedy = remedy
    self.alert = alert.flatMap { AlertName.printable($0.name) }
    path = alert?.path
    line = alert?.line
  }
}

/// Names of alerts in reports.
enum AlertName {
  static func printable(_ name: String) -> String? {
    let isPlain = name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "-"):
        true
      default: false
      }
    }
    return isPlain && (1...64).contains(name.utf8.count) ? name : nil
  }
}
