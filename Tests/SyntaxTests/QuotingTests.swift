import Syntax
import Testing

@Suite struct QuotingTests {
  @Test(arguments: ["", "it's", "a: b # c", "{{ x }}", "\\r?$", "'", "é"])
  func yamlReadsTheTextAgain(_ text: String) throws {
    #expect(try YAMLDocument.parse(Array("a: \(Quoting.yaml(text))\n".utf8))["a"]?.string == text)
  }

  @Test func expressionsTakeTheTextAlone() {
    #expect(Quoting.expression("a.b|c(d)[e]{f}*+?^$\\") == #"a\.b\|c\(d\)\[e\]\{f\}\*\+\?\^\$\\"#)
    #expect(Quoting.expression("\u{1B}[1m\u{7F}é") == #"\x{1b}\[1m\x{7f}é"#)
  }
}
