import Expressions
import Syntax
import Vocabulary

/// The keys of one mapping of a configuration; every error says where.
struct Fields {
  let value: PositionedValue
  let path: String?

  /// - Parameter known: every key that there is; another one is an error. Nil where the program skips what it does not know.
  init(_ value: PositionedValue, path: String?, known: [String]?, unknown: String = "an unknown key") throws(Fault) {
    self.value = value
    self.path = path
    guard let entries = value.mapping ?? (value.isNull ? [] : nil) else {
      throw Self.fault("expected a mapping", at: value, path: path)
    }
    guard let known else { return }
    for entry in entries {
      guard let key = entry.key.string, known.contains(key) else {
        throw Self.fault(
          unknown, at: entry.key, path: path, remedy: "the keys here are \(known.joined(separator: ", "))")
      }
    }
  }

  /// Nil where it is absent or null.
  subscript(key: String) -> PositionedValue? {
    guard let found = value[key], !found.isNull else { return nil }
    return found
  }

  func string(_ key: String) throws(Fault) -> String? {
    guard let found = self[key] else { return nil }
    guard let text = found.string else { throw Self.fault("expected a text", at: found, path: path) }
    return text
  }

  func required(_ key: String, of what: String) throws(Fault) -> String {
    guard let text = try string(key), !text.isEmpty else {
      throw Self.fault("\(what) needs '\(key)'", at: self[key] ?? value, path: path)
    }
    return text
  }

  func bool(_ key: String) throws(Fault) -> Bool {
    guard let found = self[key] else { return false }
    guard let flag = found.bool else { throw Self.fault("expected true or false", at: found, path: path) }
    return flag
  }

  func unsigned(_ key: String) throws(Fault) -> UInt64? {
    guard let text = try string(key) else { return nil }
    guard let number = UInt64(text) else { throw fault("expected a whole number from 0 on", key) }
    return number
  }

  func number(_ key: String) throws(Fault) -> Double? {
    guard let text = try string(key) else { return nil }
    guard let number = Double(text), number.isFinite else { throw fault("expected a number", key) }
    return number
  }

  func strings(_ key: String) throws(Fault) -> [String]? {
    guard let found = self[key] else { return nil }
    guard let elements = found.array else { throw Self.fault("expected a list", at: found, path: path) }
    return try elements.map { (element) throws(Fault) -> String in
      guard let text = element.string else { throw Self.fault("expected a text", at: element, path: path) }
      return text
    }
  }

  /// An expression that need not match all.
  func expression(_ key: String) throws(Fault) -> RE2? {
    guard let text = try string(key), let place = self[key] else { return nil }
    do {
      return try RE2(text)
    } catch {
      throw Self.fault(error, at: place, path: path)
    }
  }

  func fault(_ problem: String, _ key: String, remedy: String? = nil) -> Fault {
    Self.fault(problem, at: self[key] ?? value, path: path, remedy: remedy)
  }

  static func fault(_ problem: String, at value: PositionedValue, path: String?, remedy: String? = nil) -> Fault {
    Fault(.usage, problem, at: Location(path: path, line: value.line, column: value.column), remedy: remedy)
  }

  static func fault(_ error: ExpressionError, at value: PositionedValue, path: String?) -> Fault {
    fault(
      "not an expression of RE2, at its byte \(error.offset): \(error.problem)", at: value, path: path,
      remedy: error.remedy)
  }
}
