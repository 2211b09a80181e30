import Syntax

/// A document on its way into a live run, with the list of what was changed.
struct Rewriting {
  let path: String
  var document: PositionedValue
  private(set) var substitutions: [Substitution] = []

  init(_ file: ConfigTree.File, _ document: PositionedValue) {
    path = file.path
    self.document = document
  }

  mutating func note(_ pointer: String, _ what: String) {
    substitutions.append(Substitution(path: path, pointer: pointer, what: what))
  }

  /// Removes keys from a mapping, each with a note.
  mutating func remove(_ keys: [String], from value: inout PositionedValue, at pointer: String) {
    for key in keys where value.remove(key) { note("\(pointer)/\(JSONPointer.escaped(key))", "removed") }
  }

  /// Keeps only the keys of a mapping that are listed.
  mutating func keepOnly(_ keys: Set<String>, of value: inout PositionedValue, at pointer: String) {
    remove(value.keys.filter { !keys.contains($0) }, from: &value, at: pointer)
  }

  /// Divides a duration under a key; nothing where there is none.
  mutating func compress(
    _ key: String, of value: inout PositionedValue, at pointer: String,
    by change: (PrometheusDuration) -> PrometheusDuration
  ) {
    guard let text = value[key]?.string, let duration = PrometheusDuration(text) else { return }
    let shorter = change(duration)
    guard shorter != duration else { return }
    value.set(key, to: .text(shorter.text))
    note("\(pointer)/\(key)", "\(duration.text) became \(shorter.text)")
  }
}
