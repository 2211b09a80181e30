import EngineSupport
import Engines
import Foundation
import TestSupport
import Testing

@testable import Syntax

@Suite struct AlertMatchersTests {
  private func parsed(_ text: String, _ mode: AlertMatchers.Mode) -> [String]? {
    AlertMatchers.parse(text, mode: mode)?.map { "\($0.name)\($0.op.rawValue)\($0.value)" }
  }

  @Test(arguments: [
    (#"severity="critical""#, ["severity=critical"]), (#"{a=~"x|y", b != z}"#, ["a=~x|y", "b!=z"]),
    (#"a = b,"#, ["a=b"]), ("{ a!~b , }", ["a!~b"]), ("", []), ("{}", []), (" ", []), (#"a="""#, ["a="]),
    (#"a="one, \"two\"", b!~"^c.*""#, [#"a=one, "two""#, "b!~^c.*"]), (#"a="b\nc""#, ["a=b\nc"]), ("a=é", ["a=é"]),
  ])
  func bothReadThese(text: String, matchers: [String]) {
    for mode in AlertMatchers.Mode.allCases { #expect(parsed(text, mode) == matchers) }
  }

  /// Values without quotes that hold what the grammar is made of, escapes that are none, and braces at one end.
  @Test(arguments: [
    ("a=", ["a="]), ("}", []), ("a=b c", ["a=b c"]), ("a==b", ["a==b"]), ("a=~[0-9]{2}.", ["a=~[0-9]{2}."]),
    ("a=b}", ["a=b"]),
    ("{a=b", ["a=b"]), (#"a="\d""#, [#"a=\d"#]), (#"a=b\"#, [#"a=b\"#]), ("a=it's", ["a=it's"]), ("a='b'", ["a='b'"]),
    (#"a=~"\w+""#, [#"a=~\w+"#]), ("a=\"b\nc\"", ["a=b\nc"]),
  ])
  func onlyTheClassicReadingTakesThese(text: String, matchers: [String]) {
    #expect(parsed(text, .classic) == matchers && parsed(text, .utf8) == nil && parsed(text, .fallback) == matchers)
  }

  @Test(arguments: [
    ("Ω=\"x\"", ["Ω=x"]), (#""foo bar"=baz"#, ["foo bar=baz"]), ("0a=b", ["0a=b"]), ("a.b-c=d/e", ["a.b-c=d/e"]),
    (#""a\u00e9"!~"b""#, ["aé!~b"]), ("\u{A0}🙂=x", ["🙂=x"]), (#"{"a,b"="c}"}"#, ["a,b=c}"]),
  ])
  func onlyTheNewReadingTakesThese(text: String, matchers: [String]) {
    #expect(parsed(text, .classic) == nil && parsed(text, .utf8) == matchers && parsed(text, .fallback) == matchers)
  }

  /// Both read them and differ: the classic reading counts.
  @Test(arguments: [
    (#"a="\t""#, [#"a=\t"#], ["a=\t"]), (#"a="\x41""#, [#"a=\x41"#], ["a=A"]),
  ])
  func whereTheyDisagreeTheClassicReadingCounts(text: String, classic: [String], utf8: [String]) {
    #expect(parsed(text, .classic) == classic && parsed(text, .utf8) == utf8 && parsed(text, .fallback) == classic)
  }

  @Test(arguments: [
    "a", "=b", "a<b", #"a="b" c="d""#, "a=b,,c=d", ",", "{,}", "a!b", #"a="b"#, #"a=b"c""#, "a=~(", #"a=~"*""#,
    "\"\"", "a b=c",
  ])
  func nobodyReadsThese(_ text: String) {
    for mode in AlertMatchers.Mode.allCases { #expect(parsed(text, mode) == nil) }
  }

  @Test func anyTextIsReadOrRefused() {
    var random = SeededGenerator(3)
    for _ in 0..<20_000 {
      for mode in AlertMatchers.Mode.allCases { _ = AlertMatchers.parse(Self.text(&random), mode: mode) }
    }
    let long = String(repeating: "a=\"\\\\\",", count: 20_000)
    #expect(AlertMatchers.parse(long, mode: .utf8)?.count == 20_000 && AlertMatchers.parse(long)?.count == 20_000)
  }

  /// amtool 0.25, which knows the classic reading alone, routes alerts to a receiver for each text that is read here, and refuses
  /// every other.
  @Test(.enabled(if: Program.isWanted(.amtool), "amtool is not installed")) func amtoolReadsTheSame() async throws {
    let amtool = try Engine.find(.amtool)
    try #require(try await amtool.version().hasPrefix("0.25"), "another version reads otherwise")
    let folder = try WorkFolder.create()
    defer { folder.remove() }
    var random = SeededGenerator(5)
    let texts = Set((0..<2000).map { _ in Self.text(&random) }).sorted()
    let read = texts.compactMap { text in AlertMatchers.parse(text, mode: .classic).map { (text: text, matchers: $0) } }
    try #require(read.count > 200)
    let all = try folder.write(Self.configuration(read.map(\.text)), to: "all.yml")
    for labels in [["a": "b"], ["a": "x y", "b": "1"], ["b": ""], ["_c": "~b", "a": "\"b"]] {
      let arguments = ["config", "routes", "test", "--config.file=\(all)"] + labels.map { "\($0)=\(Self.quoted($1))" }
      let result = try await Command(amtool, arguments).run()
      try #require(result.exit == 0, "amtool refuses what is read here")
      let expected = read.indices.filter { index in
        read[index].matchers.allSatisfy { $0.accepts(labels[$0.name] ?? "") }
      }
      #expect(
        result.stdoutText.split(whereSeparator: \.isWhitespace).joined()
          == expected.map { "r\($0)" }.joined(separator: ","))
    }
    for text in texts.filter({ AlertMatchers.parse($0, mode: .classic) == nil }).prefix(60) {
      let one = try folder.write(Self.configuration([text]), to: "one.yml")
      #expect(try await Command(amtool, ["check-config", one]).run().exit != 0)
    }
  }

  /// A matcher or two, put together from parts that fit and parts that do not.
  private static func text(_ random: inout SeededGenerator) -> String {
    let names = ["a", "b", "_c", "é", "1", ""]
    let operators = ["=", "!=", "=~", "!~", "=", "<"]
    let values = [
      "b", "\"b\"", "x y", "\"x y\"", "", "\"\"", "~b", "\\\"b", "\"\\\"b\"", "\"\\d\"", "b\\", ".*", "\"b", "(", "1|b",
      "{1}", "'b'", "\"a,b\"",
    ]
    let ends = ["", "", "", ",", "}", " ", ", "]
    var text = ["", "", "", "{", " "].randomElement(using: &random) ?? ""
    for _ in 0..<Int.random(in: 1...2, using: &random) {
      for part in [names, ["", " "], operators, ["", " "], values, ends] {
        text += part.randomElement(using: &random) ?? ""
      }
    }
    return text
  }

  private static func configuration(_ texts: [String]) throws -> [UInt8] {
    let routes = texts.enumerated().map { index, text in
      ["receiver": "r\(index)", "continue": true, "matchers": [text]] as [String: Any]
    }
    let receivers = ["none"] + texts.indices.map { "r\($0)" }
    // JSON, which YAML's readers take.
    return Array(
      try JSONSerialization.data(withJSONObject: [
        "route": ["receiver": "none", "routes": routes], "receivers": receivers.map { ["name": $0] },
      ]))
  }

  private static func quoted(_ value: String) -> String {
    "\"" + value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
