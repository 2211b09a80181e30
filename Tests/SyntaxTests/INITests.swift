import Testing

@testable import Syntax

@Suite struct INITests {
  /// `section key=value line:column` of each setting.
  private func settings(_ text: String) -> [String] {
    (INIDocument.parse(Array(text.utf8)).mapping ?? []).flatMap { section in
      (section.value.mapping ?? []).map {
        "\(section.key.string ?? "") \($0.key.string ?? "")=\($0.value.string ?? "") \($0.value.line):\($0.value.column)"
      }
    }
  }

  @Test func readsSectionsKeysAndComments() {
    let text = """
      \u{FEFF}app_mode = production
      # a comment
      ; another
      [server]  ; of it
        http_port : 3000 ; behind
      root_url=%(protocol)s://x/#a
      "odd = key" = 1
      `other: key` = 2
      empty =
      no delimiter here
      [auth.anonymous]
      enabled = true\r
      """
    #expect(
      settings(text) == [
        "DEFAULT app_mode=production 1:13", "server http_port=3000 5:15", "server root_url=%(protocol)s://x/ 6:10",
        "server odd = key=1 7:15", "server other: key=2 8:16", "server empty= 9:8",
        "auth.anonymous enabled=true 12:11",
      ])
  }

  @Test func readsQuotesAndLinesThatGoOn() {
    let text = ##"""
      [database]
      a = """#password;"""
      b = `c ; d`
      c = 'e # f'
      d = "g"
      e = """one
      two""" # three
      f = h \
        i \
        j
      g = 'it''s'
      """##
    #expect(
      settings(text) == [
        "database a=#password; 2:5", "database b=c ; d 3:5", "database c='e 4:5", "database d=g 5:5",
        "database e=one\ntwo 6:5", "database f=h i j 8:5", "database g='it''s' 11:5",
      ])
  }

  @Test func theLastValueOfAKeyCounts() {
    #expect(settings("[a]\nx=1\n[b]\nx=2\n[a]\ny=3\nx=4\n") == ["a x=4 7:3", "a y=3 6:3", "b x=2 4:3"])
  }

  /// Cut off anywhere, and a megabyte of each beginning: nothing is read twice.
  @Test(arguments: ["[", "a=`", "a=\"\"\"", "a=\\\n", "\"a", "=", "[a]\nb=", "a='", "\u{0}\u{FF}"])
  func anyBytesAreReadInOnePass(piece: String) {
    _ = INIDocument.parse(Array(String(repeating: piece, count: (1 << 18) / piece.utf8.count).utf8))
    let text = Array("[a\nx = \"\"\"b\n`c` : `d\n\\\n".utf8)
    for end in text.indices { _ = INIDocument.parse(Array(text[..<end]) + [0xFF]) }
  }
}
