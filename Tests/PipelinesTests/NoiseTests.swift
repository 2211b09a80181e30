import Pipelines
import Syntax
import TestSupport
import Testing
import Vocabulary

/// Whatever stands in a configuration or a line, there is one error or an outcome.
struct NoiseTests {
  @Test(arguments: UInt64(1)...4) func nothingCrashes(seed: UInt64) throws {
    var random = SeededGenerator(seed)
    var accepted = 0
    for _ in 0..<1_500 {
      let stages = "[{regex: {expression: '(?P<a>.+?)(?P<b>[ab\\d]*)$'}}, \(random.stage())]"
      guard let root = try? YAMLDocument.parse(Array(stages.utf8)), let pipeline = try? Pipeline(root) else { continue }
      accepted += 1
      var numbers: [Int] = []
      func count(_ outcomes: [PipelineOutcome]) {
        for outcome in outcomes {
          switch outcome {
          case .kept(let entry): numbers += entry.origins
          case .dropped(let origins, _, _): numbers += origins
          }
        }
      }
      for number in 1...8 {
        count(try pipeline.process(PipelineEntry(line: random.line(), labels: ["job": "j"], number: number)))
      }
      count(try pipeline.finish())
      // Every line has one fate.
      #expect(numbers.sorted() == Array(1...8), "\(stages)")
    }
    #expect(accepted > 100)
  }
}

extension SeededGenerator {
  private mutating func joined(_ pieces: [String], upTo count: Int) -> String {
    (0..<Int.random(in: 1...count, using: &self)).map { _ in pieces[Int.random(in: 0..<pieces.count, using: &self)] }
      .joined()
  }

  fileprivate mutating func line() -> [UInt8] {
    let text = joined(
      [
        "a", "b=1", " ", "\"", "\\", "{\"a\":", "[1,{}]", "}", "t stdout P ", "t stdout F ", "\u{1B}[0m", "é", ":",
        "\r", "",
      ], upTo: 6)
    return Array(text.utf8) + (Bool.random(using: &self) ? [0xFF] : [])
  }

  fileprivate mutating func stage() -> String {
    let template = joined(
      [
        "{{ ", " }}", "{{- ", " -}}", ".a", ".none ", "if ", "else ", "end", "| ToUpper", " len ", "\"x\" ", "(", ")",
        " 1 ", "eq ",
        "Replace ", "trunc ", "regexReplaceAll ", "/* */", "{", "}", "{{ .a }}",
        "{{ if .b }}y{{ else if .a }}z{{ end }}",
      ], upTo: 6)
    let selector = joined(
      ["{", "}", "job", "=", "!=", "=~", "\"j\"", "`.`", ",", " |= ", "!~", "{job=\"j\"}", "{a=~\".*\"}"], upTo: 5)
    let path = joined(["a", ".", "\"a\"", "[0]", "[-1]", "[", "*", "b", " "], upTo: 4)
    let quoted = { (text: String) in "'\(text.replacing("'", with: "''"))'" }
    switch Int.random(in: 0..<9, using: &self) {
    case 0...1: return "{template: {source: c, template: \(quoted(template))}}, {output: {source: c}}"
    case 2: return "{replace: {expression: '(a|b*)+?', replace: \(quoted(template))}}"
    case 3: return "{match: {selector: \(quoted(selector)), action: drop}}"
    case 4: return "{json: {expressions: {c: \(quoted(path))}}}, {labels: {c: }}, {pack: {labels: [c]}}"
    case 5: return "{logfmt: {mapping: {b: , a: }}}, {structured_metadata: {b: }}"
    case 6: return "{cri: {max_partial_lines: 1}}, {decolorize: }"
    case 7: return "{multiline: {firstline: '^[at]', max_lines: 2}}, {drop: {source: [a, job], expression: 'b'}}"
    default: return "{eventlogmessage: {source: a, overwrite_existing: true}}, {docker: {}}"
    }
  }
}
