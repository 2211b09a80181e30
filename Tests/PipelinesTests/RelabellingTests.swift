import Expressions
import Pipelines
import Syntax
import Testing
import Vocabulary

struct RelabellingTests {
  private func outcome(_ yaml: String, _ labels: [String: String], _ version: RE2.Anchoring = .prometheus3) throws
    -> Relabelling.Outcome
  {
    try Relabelling(YAMLDocument.parse(Array(yaml.utf8)), version: version).apply(to: labels)
  }

  private static let series = ["__name__": "m", "a": "one", "b": "two", "c": "Three"]

  @Test(arguments: [
    ("{source_labels: [a, b], target_label: d}", ["d": "one;two"]),
    (
      "{source_labels: [a, b], separator: '', regex: '(o.)(?P<rest>.*)', target_label: d, replacement: '${rest}-$1'}",
      ["d": "etwo-on"]
    ),
    ("{source_labels: [a], regex: 'on', target_label: d, replacement: x}", [:]),
    ("{source_labels: [a], regex: (.*), target_label: a, replacement: ''}", ["a": ""]),
    ("{target_label: d, replacement: constant}", ["d": "constant"]),
    ("{source_labels: [missing], target_label: a}", ["a": ""]),
    ("{source_labels: [a, b], regex: '(.*);(.*)', target_label: 'x_${2}', replacement: '$1'}", ["x_two": "one"]),
    ("{source_labels: [a], regex: '(.*)', target_label: d, replacement: '$1x${1}'}", ["d": "one"]),
    ("{source_labels: [a], modulus: 1000, target_label: d, action: hashmod}", ["d": "426"]),
    ("{regex: '(.)', replacement: 'x_$1', action: labelmap}", ["x_a": "one", "x_b": "two", "x_c": "Three"]),
    ("{regex: 'a|b', action: LabelDrop}", ["a": "", "b": ""]),
    ("{regex: '__name__|a', action: labelkeep}", ["b": "", "c": ""]),
    ("{source_labels: [c], target_label: c, action: lowercase}", ["c": "three"]),
    ("{source_labels: [c], target_label: c, action: uppercase}", ["c": "THREE"]),
    ("{source_labels: [a], regex: one, action: keep}", [:]),
    ("{source_labels: [a], regex: on, action: drop}", [:]),
    ("{source_labels: [a], target_label: a, action: keepequal}", [:]),
    ("{source_labels: [a], target_label: b, action: dropequal}", [:]),
  ])
  func changes(rule: String, difference: [String: String]) throws {
    var expected = Self.series.merging(difference) { $1 }
    expected = expected.filter { !$0.value.isEmpty }
    #expect(try outcome("- \(rule)", Self.series) == .kept(expected))
  }

  @Test(arguments: [
    "{source_labels: [a], regex: on, action: keep}", "{source_labels: [a, b], regex: 'one;.*', action: drop}",
    "{source_labels: [a], target_label: b, action: keepequal}",
    "{source_labels: [missing], target_label: gone, action: dropequal}",
  ])
  func drops(rule: String) throws {
    #expect(try outcome("- {target_label: z, replacement: z}\n- \(rule)", Self.series) == .dropped(rule: 1))
  }

  /// What a newline in a value does changed with Prometheus 3.0; so did which label names there are.
  @Test func versionsDiffer() throws {
    let rule = "[{source_labels: [a], regex: 'x.*', action: drop}]"
    #expect(try outcome(rule, ["a": "x\ny"], .prometheus3) == .dropped(rule: 0))
    #expect(try outcome(rule, ["a": "x\ny"], .prometheus2) == .kept(["a": "x\ny"]))
    let dotted = "[{target_label: a.b, replacement: x}]"
    #expect(try outcome(dotted, [:], .prometheus3) == .kept(["a.b": "x"]))
    #expect(throws: Fault.self) { try outcome(dotted, [:], .prometheus2) }
  }

  @Test(arguments: [
    ("- {action: foo}", 1, 12), ("- action: keep\n  regexp: x", 2, 3), ("- action: keep\n  regex: 'a(?=b)'", 2, 10),
    ("- action: replace", 1, 3), ("- {action: hashmod, target_label: a}", 1, 3),
    ("- {action: labeldrop, source_labels: [a]}", 1, 38),
    ("- {action: lowercase, target_label: a, replacement: b}", 1, 53),
    ("- {action: keepequal, target_label: a, regex: b}", 1, 47),
    ("- {target_label: '', replacement: x}", 1, 18), ("- 3", 1, 3), ("a: b", 1, 1), ("- {modulus: -1}", 1, 13),
  ])
  func refusesWithPlace(yaml: String, line: Int, column: Int) throws {
    let fault = #expect(throws: Fault.self) { try outcome(yaml, [:]) }
    #expect(fault?.place?.line == line)
    #expect(fault?.place?.column == column)
  }

  /// Before 3.0 a replacement that came out empty took away the label of the template's own name.
  @Test func templatedTargets() throws {
    let rule = "[{source_labels: [a], regex: '(.*)', target_label: '${1}', replacement: ''}]"
    #expect(try outcome(rule, ["a": "b", "b": "x"], .prometheus3) == .kept(["a": "b"]))
    #expect(try outcome(rule, ["a": "b", "b": "x"], .prometheus2) == .kept(["a": "b", "b": "x"]))
  }

  /// Go maps one code point to one.
  @Test func lettersWithoutASimpleCapital() throws {
    let rule =
      "[{source_labels: [a], target_label: a, action: uppercase}, {source_labels: [b], target_label: b, action: lowercase}]"
    #expect(try outcome(rule, ["a": "ßᾳé", "b": "İΣ"]) == .kept(["a": "ßᾼÉ", "b": "iσ"]))
  }
}
