import Syntax
import TestSupport
import Testing

@testable import Templates

/// No text of the data comes out that was not foretold: templates made by chance are run on data in which every text bears its
/// own mark.
struct SoundnessTests {
  @Test(arguments: [TemplateDialect.prometheus, .alertmanager], UInt64(1)...4)
  func nothingComesUnforetold(_ dialect: TemplateDialect, seed: UInt64) throws {
    var random = SeededGenerator(seed)
    var count = 0
    for _ in 0..<80 {
      var writer = TemplateWriter(random, dialect)
      let text = writer.text()
      random = writer.random
      let template = try Template(text, dialect: dialect)
      let run = TemplateRun(template, Marks.environment)
      // What was written before an error counts, too.
      _ = try? run.run(dialect == .prometheus ? Marks.rule : Marks.notification.value())
      let found = Marks.found(in: run.out)
      let flow = template.flow()
      // Where anything is foretold nothing is shown.
      count += found.isEmpty || flow.output.contains { $0.source == .anything } ? 0 : 1
      expect(found, flow, text)
    }
    #expect(count > 8)
  }

  private func expect(_ found: Set<TemplateSource>, _ flow: TemplateFlow, _ text: String) {
    let foretold = Set(flow.output.map(\.source))
    for source in found {
      #expect(Marks.isIn(source, foretold), "\(source) of \(text)")
    }
  }
}

/// Data in which every text is a word of its own.
private enum Marks {
  static let words: [(word: String, source: TemplateSource)] = [
    ("qaa", .entry(.labels, "a")), ("qbb", .entry(.labels, "b")), ("qxa", .entry(.externalLabels, "a")),
    ("qur", .field("ExternalURL")),
    ("qsa", .queryLabel(0, "a")), ("qsb", .queryLabel(0, "b")), ("qna", .entry(.annotations, "a")),
    ("qga", .entry(.groupLabels, "a")),
    ("qca", .entry(.commonLabels, "a")), ("qcb", .entry(.commonLabels, "b")), ("qma", .entry(.commonAnnotations, "a")),
    ("qre", .field("Receiver")),
    ("qge", .field("GeneratorURL")), ("qfi", .field("Fingerprint")), ("qst", .field("Status")), ("876.5", .value),
    ("123.25", .queryValue(0)),
  ]

  static let rule = TemplateValue.rule(
    labels: ["a": "qaa", "b": "qbb"], value: 876.5, externalLabels: ["a": "qxa"], externalURL: "qur")

  static let notification: NotificationData = {
    var data = NotificationData()
    data.receiver = "qre"
    data.status = "qst"
    data.externalURL = "qur"
    data.groupLabels = ["a": "qga"]
    data.commonLabels = ["a": "qca", "b": "qcb"]
    data.commonAnnotations = ["a": "qma"]
    var alert = NotificationData.Alert()
    alert.labels = ["a": "qaa", "b": "qbb"]
    alert.annotations = ["a": "qna"]
    alert.generatorURL = "qge"
    alert.fingerprint = "qfi"
    data.alerts = [alert, alert]
    return data
  }()

  static let environment: TemplateEnvironment = {
    var environment = TemplateEnvironment()
    environment.externalURL = "qur"
    environment.query = { _ in [.init(labels: ["a": "qsa", "b": "qsb"], value: 123.25)] }
    return environment
  }()

  static func found(in output: [UInt8]) -> Set<TemplateSource> {
    let text = String(decoding: GoText.lowered(output), as: UTF8.self)
    return Set(words.filter { text.contains($0.word) }.map(\.source))
  }

  /// Whether a source is foretold, by itself or among others.
  static func isIn(_ source: TemplateSource, _ foretold: Set<TemplateSource>) -> Bool {
    if foretold.contains(source) || foretold.contains(.anything) { return true }
    switch source {
    case .entry(let map, _): return foretold.contains(.entries(map))
    case .queryLabel(_, let name):
      return foretold.contains {
        switch $0 {
        case .queryLabels: true
        case .queryLabel(_, let other): other == name
        default: false
        }
      }
    case .queryValue: return foretold.contains { if case .queryValue = $0 { true } else { false } }
    default: return false
    }
  }
}

/// Writes templates by chance.
private struct TemplateWriter {
  var random: SeededGenerator
  let dialect: TemplateDialect
  private var depth = 0
  private var variables: [String] = []
  private var count = 0

  init(_ random: SeededGenerator, _ dialect: TemplateDialect) {
    self.random = random
    self.dialect = dialect
  }

  mutating func text() -> String {
    let definitions =
      "{{ define \"t\" }}" + pick(["{{ . }}", "{{ .Labels.a }}", "{{ range . }}{{ . }}{{ end }}"]) + "{{ end }}"
    variables = dialect.variables
    return definitions + "{{ $v := \"\" }}{{ $w := . }}" + using(["$v", "$w"]) { $0.body(of: 3) } + "{{ $v }}"
  }

  private mutating func using(_ names: [String], _ write: (inout Self) -> String) -> String {
    let mark = variables.count
    variables += names
    defer { variables.removeLast(variables.count - mark) }
    return write(&self)
  }

  private mutating func body(of size: Int) -> String {
    depth += 1
    defer { depth -= 1 }
    return (0..<Int.random(in: 1...size, using: &random)).map { _ in node() }.joined()
  }

  private mutating func node() -> String {
    count += 1
    let name = "$n\(count)"
    switch depth > 3 ? 0 : Int.random(in: 0..<12, using: &random) {
    case 0, 1, 2, 3: return "{{ \(value(3)) }}"
    case 4: return "{{ if \(value(2)) }}\(body(of: 3)){{ else }}\(body(of: 2)){{ end }}"
    case 5: return "{{ with \(value(2)) }}\(body(of: 3)){{ else with \(value(2)) }}\(body(of: 2)){{ end }}"
    case 6: return "{{ range \(value(2)) }}\(body(of: 3)){{ end }}"
    case 7:
      return "{{ range $k\(count), \(name) := \(value(2)) }}" + using(["$k\(count)", name]) { $0.body(of: 3) }
        + "{{ end }}"
    case 8 where variables.contains("$v"): return "{{ $v = \(value(3)) }}"
    case 9 where variables.contains("$w"): return "{{ $w = \(value(2)) }}"
    case 10: return "{{ template \"t\" \(argument(2)) }}"
    default: return "{{ with \(name) := \(value(2)) }}" + using([name]) { $0.body(of: 3) } + "{{ end }}"
    }
  }

  private mutating func pick(_ texts: [String]) -> String { texts.randomElement(using: &random) ?? "." }

  private mutating func argument(_ depth: Int) -> String { "(\(value(depth - 1)))" }

  private mutating func value(_ depth: Int) -> String {
    let paths =
      dialect == .prometheus
      ? [
        ".Labels.a", ".Labels", ".Value", ".ExternalLabels.a", ".ExternalURL", "index .Labels \"b\"", "query \"x\"",
        "query \"x\" | first", "query \"x\" | first | label \"a\"", "query \"x\" | first | value", "externalURL",
      ]
      : [
        ".Receiver", ".Alerts", ".Alerts.Firing", ".CommonLabels", ".GroupLabels.a", ".CommonAnnotations.SortedPairs",
        "(index .Alerts 0).Labels", "(index .Alerts 0).Annotations.a", "(index .Alerts 0).GeneratorURL",
        ".CommonLabels.Values", ".GroupLabels.Names", ".CommonLabels.Remove .GroupLabels.Names", ".Status",
      ]
    // From within a loop or a definition the data is `$`, or is what the caller gave.
    let whole = paths.map { $0.replacing(" .", with: " $.").replacing("(index .", with: "(index $.") }
      .map { $0.hasPrefix(".") ? "$" + $0 : $0 }
    let inner = [".", ".", ".a", ".Name", ".Value", "$"] + variables + variables
    let roots = whole + whole + inner
    guard depth > 0 else { return pick(roots) }
    let one = argument(depth)
    let two = argument(depth)
    switch Int.random(in: 0..<14, using: &random) {
    case 0: return "printf \"%v-%s\" \(one) \(two)"
    case 1: return "print \(one) \(two)"
    case 2: return "or \(one) \(two)"
    case 3: return "and \(one) \(two)"
    case 4: return "index \(one) \(pick(["\"a\"", "\"b\"", "0", two]))"
    case 5: return "\(one) | printf \"%v\" | toUpper"
    case 6: return "slice \(one) 0"
    case 7: return dialect == .prometheus ? "args \(one) \(two)" : "dict \"a\" \(one) \"b\" \(two)"
    case 8: return "(\(dialect == .prometheus ? "args \(one) \(two)).arg1" : "dict \"a\" \(one)).a")"
    case 9: return "reReplaceAll \"x\" \"y\" (printf \"%v\" \(one))"
    case 10: return dialect == .prometheus ? "\(one) | humanize" : "list \(one) \(two)"
    case 11: return dialect == .prometheus ? "query (printf \"%v\" \(one)) | sortByLabel \"a\"" : "toJson \(one)"
    default: return pick(roots)
    }
  }
}
