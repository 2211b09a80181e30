import Testing
import Vocabulary

@testable import Syntax

@Suite struct YAMLTests {
  @Test func positionsOfKeysAndScalars() throws {
    let source = "# título\ngrupo:\n  - nome: \"ação\"\n    ação: { a: 'x' }\n"
    let root = try YAMLDocument.parse(source.bytes)
    let first = try #require(root["grupo"]?[0])
    #expect(first.mapping?.map { [$0.key.line, $0.key.column] } == [[3, 5], [4, 5]])
    let inner = try #require(first["ação"]?["a"])
    #expect([inner.line, inner.column] == [4, 16])
    #expect(inner.style == .singleQuoted)
    #expect(first["nome"]?.style == .doubleQuoted)
  }

  @Test func mergeKeysAreFollowedWhereTheirMappingsStand() throws {
    let source =
      "x: &x {a: 1, b: 2}\ny: &y {b: 3, c: 4, <<: {d: 5, a: 6}}\nz: {<<: [*x, *y], c: 7}\nw: {'<<': *x}\nv: {<<: 8}\n"
    let root = try YAMLDocument.parse(source.bytes)
    let entries = DocumentPath("z.*").entries(in: root)
    #expect(entries.map { "\($0.pointer)=\($0.value.string ?? "")" } == ["/z/c=7", "/z/a=1", "/z/b=2", "/z/d=5"])
    #expect(entries.map(\.place.line) == [3, 1, 1, 2])
    #expect(["a", "b", "c", "d", "e"].map { root["z"]?[$0]?.string } == ["1", "2", "7", "5", nil])
    // Between quotes it is a key like any other, and a scalar brings nothing in.
    #expect(root["w"]?["a"] == nil && root["w"]?["<<"]?["a"] != nil && root["v"]?.merged?.isEmpty == true)
    #expect(try JSONDocument.parse("{\"<<\": {\"a\": 1}}".bytes)["a"] == nil)
  }

  @Test func positionsCountLinesAsEditorsDo() throws {
    // libyaml ends lines at U+2028 and at a lone carriage return too.
    let source = "a: \"x\u{2028}y\"\nb: \"x\ry\"\nc: z\n"
    let root = try YAMLDocument.parse(source.bytes)
    #expect(root["c"].map { [$0.line, $0.column] } == [3, 4])
  }

  @Test func byteOrderMarkAndEveryDocument() throws {
    let roots = try YAMLDocument.parseAll([0xEF, 0xBB, 0xBF] + "a: 1\n---\nb: 2\n".bytes)
    #expect(roots.map { $0.mapping?.first?.key.string } == ["a", "b"])
    #expect(roots[0]["a"]?.offset == 6)
    #expect(throws: Fault.self) { try YAMLDocument.parse("a: 1\n---\nb: 2\n".bytes) }
  }

  @Test(arguments: [
    ("a: [segredo", 1...2), ("a: 1\na: 2\n", 1...2), ("segredo: \"\\q\"\n", 1...1), ("a: *segredo\n", 1...1),
    ("a: b: segredo\n", 1...1),
  ])
  func errorsHaveAPlaceAndNoText(source: String, lines: ClosedRange<Int>) throws {
    let fault = try #require(throws: Fault.self) { try YAMLDocument.parse(source.bytes, path: "f.yaml") }
    #expect(fault.status == .usage)
    #expect(lines.contains(fault.place?.line ?? 0))
    #expect(fault.place?.path == "f.yaml")
    #expect(!fault.description.contains("segredo"))
  }

  @Test func invalidUTF8HasAPlace() throws {
    let fault = try #require(throws: Fault.self) { try YAMLDocument.parse("a: b\nc: ".bytes + [0xC3, 0x28]) }
    #expect(fault.place?.line == 2)
    #expect(fault.place?.column == 4)
  }

  @Test func wordsBetweenAsterisksAreNoAliases() throws {
    var source = "a: &one 1\nb: &two 2\n[c, d]: 3\ntext: |\n"
    for word in 0..<100 { source += "  write *w\(word) and **w\(word)**\n" }
    #expect(try YAMLDocument.parse(source.bytes)["b"]?.string == "2")
  }

  @Test func aliasBombsAreRefused() throws {
    var source = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 {
      let alias = "*a\(level - 1)"
      source += "a\(level): &a\(level) [\(Array(repeating: alias, count: 9).joined(separator: ","))]\n"
    }
    let fault = try #require(throws: Fault.self) { try YAMLDocument.parse(source.bytes) }
    #expect(fault.status == .incomplete)
    // The same as a key, which Yams would hash.
    let keyed = try #require(throws: Fault.self) { try YAMLDocument.parse((source + "? *a9\n: x\n").bytes) }
    #expect(keyed.status == .incomplete)
  }

  @Test(arguments: ["[", "- ", "{a: "])
  func deepNestingIsRefused(opening: String) throws {
    let source = String(repeating: opening, count: 100_000)
    #expect(throws: Fault.self) { try YAMLDocument.parse(source.bytes) }
  }

  @Test func depthOneThousandOnAnyThread() async throws {
    let source = String(repeating: "[", count: 990) + String(repeating: "]", count: 990)
    let fault = await Task.detached { () -> Fault? in
      do throws(Fault) {
        _ = try YAMLDocument.parse(source.bytes)
        return nil
      } catch { return error }
    }.value
    #expect(fault?.status == .incomplete)
  }

  @Test func scalarsAreFoundInTheirSource() throws {
    let source = """
      literal: |2-
          two more
        one

        last
      folded: >
        a
        b

        c
      double: &x !!str "tab\\t e \\u00e7 \\
         joined
         folded"
      single: 'it''s
        two'
      plain: word
        and another
      """
    let bytes = source.bytes
    let root = try YAMLDocument.parse(bytes)
    for entry in root.mapping ?? [] {
      let map = try #require(bytes.withUnsafeBytes { ScalarSource(of: entry.value, in: $0) })
      let text = try #require(entry.value.string).bytes
      var found = 0
      for (offset, byte) in text.enumerated() {
        guard let at = map.sourceOffset(of: offset), bytes[at] != UInt8(ascii: "\\") else { continue }
        #expect(bytes[at] == byte)
        found += 1
      }
      #expect(found >= text.count - 6)
    }
    let literal = try #require(bytes.withUnsafeBytes { ScalarSource(of: root["literal"]!, in: $0) })
    #expect(literal.indentation == 2)
  }

  @Test func commentsAreFoundOutsideQuotesAndBlocks() throws {
    let source = "a: \"no # quoted\" # one\n# two\nb: |\n  # inside\nc: no#hash # três\nd: &anchor !tag x\n"
    let bytes = source.bytes
    let root = try YAMLDocument.parse(bytes)
    var ranges: [Range<Int>] = []
    root.walk { _, value, _ in
      if let map = bytes.withUnsafeBytes({ ScalarSource(of: value, in: $0) }) {
        ranges.append((map.start ?? value.offset)..<map.end)
      }
    }
    let parts = bytes.withUnsafeBytes { YAMLRemainder.parts(outside: ranges, in: $0) }
    #expect(
      parts.map { String(decoding: bytes[$0.range], as: UTF8.self) } == ["# one", "# two", "# três", "&anchor", "!tag"])
  }

  @Test(.enabled(if: Shared.isThere, "no evaluation data beside the checkout"))
  func realFilesKeepTheirPlaces() throws {
    var scalars = 0
    for path in Shared.files("corpora/real") + Shared.files("facts/samples")
    where path.hasSuffix(".yml") || path.hasSuffix(".yaml") {
      let bytes = try Shared.bytes(path)
      guard let roots = try? YAMLDocument.parseAll(bytes) else { continue }
      for root in roots {
        root.walk { _, value, _ in
          guard value.string != nil else { return }
          scalars += 1
          let map = bytes.withUnsafeBytes { ScalarSource(of: value, in: $0) }
          #expect(map != nil, "\(path):\(value.line)")
          if scalars % 50 == 0 {
            let place = naivePlace(value.offset, in: bytes)
            #expect(place.line == value.line && place.column == value.column, "\(path):\(value.line)")
          }
        }
      }
    }
    #expect(scalars > 20_000)
  }
}
