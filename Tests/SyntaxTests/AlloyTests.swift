import TestSupport
import Testing

@testable import Syntax

@Suite struct AlloyTests {
  private func described(_ block: AlloyBlock) -> String {
    let texts = block.texts.map { "\($0.name)=\($0.value.string ?? "")@\($0.value.line):\($0.value.column)" }
    let inner = (texts + block.blocks.map(described)).joined(separator: " ")
    return "\(block.name)\(block.label.map { "(\($0))" } ?? ""){\(inner)}"
  }

  @Test(arguments: [
    ("logging {\n  level = \"warn\"\n}", "logging{level=warn@2:11}"),
    ("a.b \"é\" { c { d = `x\\n` } }\ne {}", "a.b(é){c{d=x\\n@1:19}} e{}"),
    // Values that are computed, over several lines too, and what follows them.
    ("a {\n b = \"x\" +\n \"y\"\n c = [\"z\", {q = \"}\"}]\n d = \"w\" // why\n}", "a{d=w@5:6}"),
    ("a {\n b = false\n c = true // d\n e = trueish\n f = false || g\n}", "a{b=false@2:6 c=true@3:6}"),
    ("a {\n b = f(\"x\",\n \"y\").z\n c = \"v\"\n}", "a{c=v@4:6}"), ("a {\n b =\n \"x\"\n}", "a{b=x@3:2}"),
    ("/* a { */ b { // c {\n} /* d", "b{}"), ("a { b = \"x\\q\"\n c = \"y\" }", "a{c=y@2:6}"),
    ("a { b { c = \"x\"", "a{b{c=x@1:13}}"), ("} a { } } b { }", "a{} b{}"), ("a = \"x\"", ""), ("a \"b\" = \"c\"", ""),
  ])
  func blocksAndTextsAreRead(text: String, expected: String) {
    #expect(AlloyBlock.all(in: Array(text.utf8)).map(described).joined(separator: " ") == expected)
  }

  @Test func blocksInTooManyOthersAreLeftOut() {
    let text =
      String(repeating: "a {\n", count: 100_000) + "b = \"x\"\n" + String(repeating: "}\n", count: 100_000) + "c {}\n"
    let blocks = AlloyBlock.all(in: Array(text.utf8))
    #expect(blocks.map(\.name) == ["a", "c"] && blocks[0].everyBlock.count == 64)
    #expect(!blocks[0].everyBlock.contains { !$0.texts.isEmpty })
  }

  @Test func anyBytesAreRead() {
    var random = SeededGenerator(7)
    let parts = [
      "a", "b.c", "true", " ", "\n", "{", "}", "=", "\"", "`", "\"x\"", "//", "/*", "*/", "[", ")", "+", "\\", "\u{FF}",
      "é",
    ]
    for _ in 0..<5000 {
      let text = (0..<20).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
      _ = AlloyBlock.all(in: Array(text.utf8) + [0xFF])
    }
    for part in parts { _ = AlloyBlock.all(in: Array(String(repeating: part, count: 50_000).utf8)) }
  }
}
