import EngineSupport
import Foundation
import Syntax
import TestSupport
import Testing

@testable import Templates

/// Held to the real Promtail: a dry run with one pipeline for each template.
@Suite(.enabled(if: Promtail.isWanted, "promtail is not on PATH"))
struct PromtailRenderingTests {
  @Test func equalPromtail() throws {
    let texts = PromtailTemplates.good + PromtailTemplates.failing
    let answers = try Self.answers(texts, PromtailTemplates.fields)
    for (text, answer) in zip(texts, answers) {
      let ours = Self.ours(text).map { String(decoding: $0, as: UTF8.self) }
      #expect(ours == answer.map { String(decoding: $0, as: UTF8.self) }, "\(text)")
      #expect((answer == nil) == PromtailTemplates.failing.contains(text), "\(text)")
    }
    #expect(PromtailTemplates.good.count >= 60 && PromtailTemplates.failing.count >= 30)
  }

  /// Of functions that are not evaluated here, too, nothing comes out that was not foretold.
  @Test func nothingComesUnforetold() throws {
    // Keys and passwords are slow by design.
    let slow: Set<String> = ["bcrypt", "htpasswd", "derivePassword", "getHostByName"]
    let names = TemplateDialect.promtail.functions.map(\.name).filter { !slow.contains($0) && !$0.hasPrefix("gen") }
    let grammar = Grammar(.promtail, functions: names)
    var writer = TemplateWriter(SeededGenerator(7), .promtail, grammar)
    let texts = grammar.ways.flatMap { way in (0..<4).map { _ in writer.text(around: way) } }
    var shown = 0
    for (text, answer) in zip(texts, try Self.answers(texts, Marks.fields)) {
      guard let answer else { continue }
      let foretold = Set(try Template(text, dialect: .promtail).flow().output.map(\.source))
      shown += foretold.contains(.anything) ? 0 : 1
      for source in Marks.found(in: answer, .promtail) { #expect(Marks.isIn(source, foretold), "\(source) of \(text)") }
    }
    #expect(shown > 100)
  }

  // MARK: Ours

  /// Nil where it fails.
  private static func ours(_ text: String) -> [UInt8]? {
    var fields = PromtailTemplates.fields
    fields["job"] = "j"
    var environment = TemplateEnvironment()
    environment.now = TemplateTime(seconds: Int64(Date().timeIntervalSince1970))
    do {
      return try Template(text, dialect: .promtail)
        .render(.extracted(fields.mapValues { Array($0.utf8) }), in: environment)
    } catch {
      return (error as? TemplateError)?.isUnsupported == false ? nil : Array("\(error)".utf8)
    }
  }

  // MARK: Promtail

  /// What it makes of each template; nil where that fails.
  private static func answers(_ texts: [String], _ fields: [String: String]) throws -> [[UInt8]?] {
    let names = fields.keys.sorted().map { "'\($0)': " }.joined(separator: ", ")
    let pipelines = try texts.enumerated().map { number, text in
      // In brackets, since an empty result is none. What comes out is written so that no line end breaks the line.
      """
        - match:
            selector: '{job="j"} |= "#\(number)#"'
            stages:
              - json: {expressions: {\(names)}}
              - output: {source: Entry}
              - template: {source: result, template: \(try quoted("<\(text)>"))}
              - template: {source: out, template: '#\(number)#{{ if hasKey . "result" }}+{{ b64enc .result }}{{ else }}-{{ end }}'}
              - output: {source: out}
      """
    }
    let lines = try texts.indices.map { number in
      var fields = fields
      fields["id"] = "#\(number)#"
      return String(decoding: try JSONEncoder().encode(fields), as: UTF8.self)
    }
    let entries = try Promtail.send(
      lines, ["job": "j"], "pipeline_stages:\n" + pipelines.joined(separator: "\n"), until: lines.count)
    var answers = [[UInt8]?](repeating: nil, count: texts.count)
    var seen: Set<Int> = []
    for entry in entries {
      guard let parts = entry.line.wholeMatch(of: /#([0-9]+)#([-+])(.*)/), let number = Int(parts.output.1) else {
        continue
      }
      seen.insert(number)
      guard parts.output.2 == "+", let bytes = Data(base64Encoded: String(parts.output.3)) else { continue }
      answers[number] = Array(bytes.dropFirst().dropLast())
    }
    let lost = texts.indices.filter { !seen.contains($0) }.map { texts[$0] }
    try #require(lost.isEmpty, "\(lost.joined(separator: "\n"))")
    return answers
  }

  private static func quoted(_ text: String) throws -> String {
    String(decoding: try JSONEncoder().encode(text), as: UTF8.self).replacing("\\/", with: "/")
  }
}
