import Crypto
public import Expressions
public import Syntax
import Templates
public import Vocabulary

/// One entry of `relabel_configs` or `metric_relabel_configs`.
///
/// As Prometheus' `model/relabel` has it, with its defaults (`(.*)`, `$1`, separator `;`).
public final class RelabelRule {
  public enum Action: String, Sendable, CaseIterable {
    case replace, keep, drop, keepequal, dropequal, hashmod, labelmap, labeldrop, labelkeep, lowercase, uppercase
  }

  public let action: Action
  /// Where it stands.
  public let line: Int
  let sourceLabels: [String]
  let separator: String
  let matcher: RE2Matcher
  let modulus: UInt64
  let target: String
  let targetTemplate: RE2.Template
  let replacement: RE2.Template
  let version: RE2.Anchoring

  private static let keys = [
    "source_labels", "separator", "regex", "modulus", "target_label", "replacement", "action",
  ]

  /// Reads and checks one entry.
  ///
  /// - Throws: a fault with line and column for whatever Prometheus refuses as well.
  public init(_ value: PositionedValue, path: String? = nil, version: RE2.Anchoring = .prometheus3) throws(Fault) {
    let fields = try Fields(value, path: path, known: Self.keys)
    line = value.line
    self.version = version
    let word = try fields.string("action") ?? "replace"
    guard let action = Action(rawValue: word.lowercased()) else {
      throw fields.fault(
        "an unknown action", "action", remedy: "use \(Action.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    self.action = action
    sourceLabels = try fields.strings("source_labels") ?? []
    separator = try fields.string("separator") ?? ";"
    modulus = try fields.unsigned("modulus") ?? 0
    target = try fields.string("target_label") ?? ""
    targetTemplate = RE2.Template(target)
    replacement = RE2.Template(try fields.string("replacement") ?? "$1")
    do {
      matcher = RE2Matcher(try RE2(try fields.string("regex") ?? "(.*)", anchored: version))
    } catch let error as ExpressionError {
      throw Fields.fault(error, at: fields["regex"] ?? value, path: path)
    } catch let fault as Fault {
      throw fault
    } catch {
      throw Fault(.internal, "an error of an unexpected type")
    }
    try check(fields)
  }

  /// What does not go together.
  private func check(_ fields: Fields) throws(Fault) {
    let name = action.rawValue
    func only(_ allowed: [String]) throws(Fault) {
      for key in Self.keys where key != "action" && !allowed.contains(key) && fields[key] != nil {
        throw fields.fault("'\(key)' has no place beside action \(name)", key, remedy: "take it out")
      }
    }
    switch action {
    case .keep, .drop: break
    case .labeldrop, .labelkeep: try only(["regex"])
    case .labelmap:
      if version == .prometheus2, !LabelName.isLegacyTemplate(try fields.string("replacement") ?? "$1") {
        throw fields.fault("the replacement makes no label name", "replacement")
      }
    case .replace, .hashmod, .lowercase, .uppercase, .keepequal, .dropequal:
      guard !target.isEmpty else { throw fields.fault("action \(name) needs 'target_label'", "target_label") }
      let isTemplate = action == .replace && target.contains("$")
      let isValid =
        isTemplate
        ? version == .prometheus3 || LabelName.isLegacyTemplate(target) : LabelName.isValid(target, version)
      guard isValid else { throw fields.fault("'target_label' is not a label name", "target_label") }
      if action == .hashmod, modulus == 0 { throw fields.fault("action hashmod needs a 'modulus' over 0", "modulus") }
      if action == .keepequal || action == .dropequal { try only(["source_labels", "target_label"]) }
      if action == .lowercase || action == .uppercase, fields["replacement"] != nil {
        throw fields.fault("'replacement' has no place beside action \(name)", "replacement", remedy: "take it out")
      }
    }
  }

  /// Changes labels as the rule says.
  ///
  /// - Returns: false where it drops the target or series.
  public func apply(to labels: inout [String: String]) -> Bool {
    let value = sourceLabels.map { labels[$0] ?? "" }.joined(separator: separator)
    func set(_ name: String, _ text: String) { labels[name] = text.isEmpty ? nil : text }
    switch action {
    case .keep: return matches(value)
    case .drop: return !matches(value)
    case .keepequal: return labels[target] ?? "" == value
    case .dropequal: return labels[target] ?? "" != value
    case .lowercase: set(target, GoText.lowered(value))
    case .uppercase: set(target, GoText.uppered(value))
    case .hashmod:
      let hash = Insecure.MD5.hash(data: Array(value.utf8)).suffix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      set(target, String(hash % modulus))
    case .replace:
      guard let (name, text) = expanded(value) else { break }
      if version == .prometheus3 {
        if LabelName.isValid(name, version) { set(name, text) }
      } else if LabelName.isValid(name, version), !text.isEmpty {
        labels[name] = text
      } else {
        // What 2.x deletes is the label of the template's own name.
        labels[target] = nil
      }
    case .labelmap:
      for (name, text) in labels.sorted(by: { $0.key < $1.key }) {
        let bytes = Array(name.utf8)
        guard let match = matcher.firstMatch(in: bytes) else { continue }
        set(expand(replacement, match, bytes), text)
      }
    case .labeldrop: labels = labels.filter { !matches($0.key) }
    case .labelkeep: labels = labels.filter { matches($0.key) }
    }
    return true
  }

  private func matches(_ text: String) -> Bool { matcher.matches(Array(text.utf8)) }

  private func expanded(_ value: String) -> (name: String, text: String)? {
    let bytes = Array(value.utf8)
    guard let match = matcher.firstMatch(in: bytes) else { return nil }
    return (expand(targetTemplate, match, bytes), expand(replacement, match, bytes))
  }

  private func expand(_ template: RE2.Template, _ match: [Range<Int>?], _ bytes: [UInt8]) -> String {
    let out = bytes.withUnsafeBytes { template.expanded(match, of: $0, names: matcher.expression.groupNames) }
    return String(decoding: out, as: UTF8.self)
  }
}
