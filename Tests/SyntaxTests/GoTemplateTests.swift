import Testing

@testable import Syntax

/// Go templates, read. What is valid and what not was held to Go's own parser.
struct GoTemplateTests {
  static let valid = [
    "", "text alone", "{{.}}", "{{ . }}", "{{.a.b.c}}", "{{$}}", "{{$.a}}", "{{$x := 1}}{{$x}}",
    "{{$x := 1}}{{$x = 2}}",
    "{{$x = 2}}", "{{/* a comment */}}", "a {{- /* b */ -}} c", "{{- 1 -}}", "{{-1}}", "{{1 -}}", "{{ 3\n | print\n}}",
    "{{\"a\\tb\"}}", "{{`raw \\ \n raw`}}", "{{'a'}}", "{{'\\''}}", "{{'\\x41'}}", "{{0x1F}}", "{{0b1_0}}", "{{0o17}}",
    "{{017}}",
    "{{1_000}}", "{{1e3}}", "{{.5}}", "{{5.}}", "{{0x1p4}}", "{{-7}}", "{{+7}}", "{{1+2i}}", "{{2i}}",
    "{{true}}{{false}}",
    "{{print nil}}", "{{if .a}}b{{else if .c}}d{{else}}e{{end}}", "{{with .a}}b{{else with .c}}d{{else}}e{{end}}",
    "{{with $x := .a}}{{$x}}{{end}}", "{{range .a}}{{.}}{{else}}none{{end}}", "{{range $v := .a}}{{$v}}{{end}}",
    "{{range $k, $v := .a}}{{$k}}{{$v}}{{end}}", "{{range .a}}{{if .b}}{{break}}{{end}}{{continue}}{{end}}",
    "{{define \"a\"}}b{{end}}{{template \"a\"}}", "{{template `a` .}}", "{{block \"a\" .}}b{{end}}",
    "{{define \"a\"}} {{end}}{{define \"a\"}}b{{end}}{{define \"a\"}}{{end}}", "{{(index .a 0).b.c}}", "{{(.a).b}}",
    "{{.a | printf \"%s\" | len}}", "{{ ( $x := 1 ) }}{{$x}}", "{{if and .a (or .b .c)}}{{end}}", "{{print}}",
    "{{len \"a\"}}",
    "{{.é}}", "{{$é := 1}}{{$é}}", "{{if .a}}{{$x := 1}}{{else}}{{$x}}{{end}}", "{{ .a.b 1 2 }}", "}} } {", "{",
  ]

  @Test(arguments: valid)
  func reads(_ text: String) throws { _ = try GoTemplate(text, dialect: .alertmanager) }

  /// What is wrong, and the offset at which that is said.
  @Test(arguments: [
    ("{{", 2), ("a {{ .x", 7), ("{{}}", 2), ("{{)}}", 2), ("{{(.a}}", 5), ("{{$x}}", 2),
    ("{{nosuch 1}}", 2),
    ("{{.a=1}}", 4), ("{{1.a}}", 2), ("{{\"a\".b}}", 5), ("{{nil.a}}", 5), ("{{.a | 1}}", 7), ("{{.a | \"b\"}}", 7),
    ("{{.a | .}}", 7), ("{{if .a}}b", 10), ("{{end}}", 0), ("{{else}}", 0), ("{{if .a}}{{else}}{{else}}{{end}}", 17),
    ("{{range .a}}{{else if .b}}{{end}}", 19), ("{{with .a}}{{else if .b}}{{end}}", 18),
    ("{{if .a}}{{else with .b}}{{end}}", 16), ("{{break}}", 2), ("{{range .a}}{{else}}{{continue}}{{end}}", 22),
    ("{{define a}}{{end}}", 9), ("{{define \"a\"}}b", 15), ("{{if .a}}{{define \"a\"}}{{end}}{{end}}", 11),
    ("{{define \"a\"}}b{{end}}{{define \"a\"}}c{{end}}", 22), ("{{template .a}}", 11), ("{{/* open", 0),
    ("{{/* a */ }}", 9),
    ("{{ /* a */}}", 3), ("{{\"open}}", 2), ("{{`open}}", 2), ("{{\"\\q\"}}", 3), ("{{'ab'}}", 2), ("{{''}}", 2),
    ("{{1x}}", 2),
    ("{{1__0}}", 2), ("{{0x}}", 2), ("{{99999999999999999999}}", 2), ("{{1+2}}", 2), ("{{:1}}", 2), ("{{#}}", 2),
    ("{{.a # .b}}", 5), ("{{$x, $y := .a}}", 2), ("{{range $x, := .a}}{{end}}", 12),
    ("{{range $x, $y, $z := .a}}{{end}}", 12),
    ("{{range $x, $y}}{{end}}", 12), ("{{if}}a{{end}}", 4), ("{{with $x := .a}}{{end}}{{$x}}", 26),
    ("{{define \"a\"}}{{$labels}}{{end}}", 16), ("{{.a-}}", 4),
  ])
  func refuses(_ text: String, at offset: Int) {
    let error = #expect(throws: QueryError.self) { try GoTemplate(text, dialect: .prometheus) }
    #expect(error?.offset == offset)
  }

  @Test func errorsHaveLinesAndColumns() {
    let error = #expect(throws: QueryError.self) { try GoTemplate("é\né {{ nosuch }}", dialect: .loki) }
    #expect(error?.line == 2 && error?.column == 6)
  }

  /// Every program has functions of its own, and a rule's text variables of its own.
  @Test func functionsAndVariablesAreOfTheProgram() throws {
    for (text, dialects) in [
      ("{{ query \"up\" }}", [.prometheus, .grafanaRules]), ("{{ __line__ }}", [.loki]),
      ("{{ toJson . }}", [.alertmanager, .promtail, .grafanaNotifications]),
      ("{{ Hash \"a\" \"b\" }}", [.promtail]), ("{{ coll.Dict }}", [.grafanaNotifications]),
      ("{{ removeLabels .Labels \"a\" }}", [.grafanaRules]),
      ("{{ tmpl \"a\" . }}", []), ("{{ $labels }}", [.prometheus, .grafanaRules]),
      ("{{ $externalURL }}", [.prometheus]),
    ] as [(String, Set<TemplateDialect>)] {
      let readers = TemplateDialect.allCases.filter { (try? GoTemplate(text, dialect: $0)) != nil }
      // `tmpl` alone is a name of Grafana's, which takes no arguments; that shows when it runs.
      #expect(Set(readers).subtracting(text.contains("tmpl") ? [.grafanaNotifications] : []) == dialects)
    }
    #expect(TemplateDialect.prometheus.function("toDuration")?.since == "3.6")
  }

  @Test func trimsAndKeepsPlaces() throws {
    let text = "a \n{{- .b -}} \t c {{/* d */}}{{define \"e\"}}f{{end}}"
    let template = try GoTemplate(text, dialect: .prometheus)
    guard case .text(let first) = template.root[0], case .action(let action) = template.root[1],
      case .text(let second) = template.root[2]
    else {
      Issue.record("expected text, action, text")
      return
    }
    #expect(first.bytes == Array("a".utf8) && first.range == 0..<1)
    #expect(action.range == 3..<13 && action.pipeline.commands[0].range == 7..<9)
    #expect(second.bytes == Array("c ".utf8) && second.range == 16..<18)
    #expect(template.comments == [18..<29])
    #expect(template.definitions["e"]?.range == 29..<43 && template.root.count == 3)
  }

  @Test func readsOperands() throws {
    func operand(_ text: String) throws -> GoTemplate.Operand.Kind? {
      guard case .action(let action) = try GoTemplate("{{ \(text) }}", dialect: .prometheus).root.first else {
        return nil
      }
      return action.pipeline.commands.first?.operands.first?.kind
    }
    #expect(try operand("$labels.a.b") == .variable("$labels", ["a", "b"]))
    #expect(try operand(".a.b") == .field(["a", "b"]))
    #expect(try operand("`a\rb`") == .text(Array("ab".utf8)))
    guard case .chain(let inner, ["b"])? = try operand("(index .a 0).b"), case .pipeline = inner.kind else {
      Issue.record("expected a chain")
      return
    }
    for (text, int, float, isFloat) in [
      ("'a'", 97, 97, false), ("0x1F", 31, 31, false), ("1e3", 1000, 1000, true), ("0x1p4", 16, 16, true),
      ("017", 15, 15, false),
      ("1_0", 10, 10, false), (".5", nil, 0.5, true), ("0xe", 14, 14, false), ("-0b11", -3, -3, false),
    ] as [(String, Int64?, Double, Bool)] {
      guard case .number(let number)? = try operand(text) else {
        Issue.record("expected a number")
        return
      }
      #expect(number.int == int && number.float == float && number.isFloat == isFloat)
    }
    guard case .number(let complex)? = try operand("1e+2-3i") else {
      Issue.record("expected a number")
      return
    }
    #expect(complex.real == 100 && complex.imaginary == -3 && complex.float == nil)
  }

  /// Depth is bounded, length is not.
  @Test func isTotal() throws {
    let deep = String(repeating: "{{if .a}}", count: 5000) + String(repeating: "{{end}}", count: 5000)
    #expect(throws: QueryError.self) { try GoTemplate(deep, dialect: .prometheus) }
    #expect(throws: QueryError.self) {
      try GoTemplate("{{" + String(repeating: "(", count: 5000) + "1", dialect: .prometheus)
    }
    let chain = "{{if .a}}" + String(repeating: "{{else if .b}}", count: 5000) + "{{end}}"
    #expect(try GoTemplate(chain, dialect: .prometheus).root.count == 1)
    let long = String(repeating: "{{ $x := .a }}{{ if $x }}b{{ end }}", count: 5000)
    #expect(try GoTemplate(long, dialect: .prometheus).root.count == 10_000)
    for byte in UInt8.min...UInt8.max {
      for text in [
        [0x7B, 0x7B, byte], [0x7B, 0x7B, 0x22, byte, 0x22, 0x7D, 0x7D], [byte, 0x7B, 0x7B, 0x2D, byte, 0x7D, 0x7D],
      ] {
        _ = try? GoTemplate(text as [UInt8], dialect: .loki)
      }
    }
  }
}
