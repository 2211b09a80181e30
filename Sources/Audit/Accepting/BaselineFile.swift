import Foundation
import Syntax
public import Vocabulary

/// A baseline as a file: JSON, sorted, so that its history reads well.
public enum BaselineFile {
  static let maximumBytes = 32 << 20
  static let schema = "sigilo/baseline/v1"

  /// - Parameters:
  ///   - path: as the user gave it.
  ///   - key: id of the key that this run makes fingerprints under.
  /// - Throws: a usage fault with line and column for anything that is unknown, missing or repeated, and for a baseline made under
  ///   another key: everything would look new.
  public static func read(_ bytes: [UInt8], path: String, key: String) throws(Fault) -> Baseline {
    guard bytes.count <= maximumBytes else {
      throw Fault(.usage, "a baseline is at most \(maximumBytes >> 20) MB", at: Location(path: path))
    }
    let root = try Fields(
      try JSONDocument.parse(bytes, path: path), known: ["schema", "key", "entries"], path: path)
    guard try root.text("schema") == schema else {
      throw root.fault("this is no baseline that this version knows", at: try root.required("schema"))
    }
    guard try root.text("key") == key else {
      throw root.fault(
        "the baseline was made under another key", at: try root.required("key"),
        remedy: "Use that key: --key-file FILE, or SIGILO_KEY_FILE. Its id is in every baseline.")
    }
    let list = try root.required("entries")
    guard let values = list.array else { throw root.fault("entries is not a list", at: list) }
    var entries: [Baseline.Entry] = []
    var seen: Set<Baseline.Entry.ID> = []
    for value in values {
      let entry = try read(try Fields(value, known: ["fingerprint", "rule", "sink", "severity", "count"], path: path))
      guard seen.insert(entry.id).inserted else { throw root.fault("this entry stands here twice", at: value) }
      entries.append(entry)
    }
    return Baseline(key: key, entries)
  }

  private static func read(_ fields: Fields) throws(Fault) -> Baseline.Entry {
    let severity: Severity = try fields.choice(try fields.required("severity"))
    guard severity <= Acceptance.Kind.baseline.gravest else {
      throw fields.fault(
        "a baseline holds no finding of content", at: try fields.required("severity"),
        remedy: "Mend it, or have it accepted in the exceptions file of the policy.")
    }
    return Baseline.Entry(
      fingerprint: try fields.text("fingerprint"), rule: try fields.text("rule"), sink: try fields.text("sink"),
      severity: severity, count: try fields.integer("count", in: 1...Int(Int32.max)))
  }

  private struct Document: Encodable {
    var schema = BaselineFile.schema
    var key: String
    var entries: [Baseline.Entry]
  }

  /// The same baseline gives the same bytes.
  public static func bytes(of baseline: Baseline) throws(Fault) -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      return Array(try encoder.encode(Document(key: baseline.key, entries: baseline.sorted))) + [0x0A]
    } catch {
      throw Fault(.internal, "the baseline could not be written as JSON", remedy: "Please report this as a defect.")
    }
  }
}
