import Syntax
import Testing
import Vocabulary

@testable import Contracts

/// Clauses on settings, and what is made of files that start and configure programs.
@Suite struct SettingsTests {
  private static let head = """
    version: 1
    source: server
    title: {en: server, pt-BR: servidor}
    versions: 1.0
    facts: [made up]

    """
  private static let program = """
    program:
      commands: [server run]
      options: argparse
      switches: ['--enable-*']
      other_options: [--enable-long]
      options_file: --config
    settings:

    """
  private static func clause(_ id: String, _ more: String) -> String {
    """
      - id: \(id)
        severity: exposure
        title: {en: t, pt-BR: t}
        why: {en: why \(id), pt-BR: w}
        remedy: {en: r, pt-BR: r}
        examples: [server run a]
        counter_examples: [server run b]
    \(more.split(separator: "\n").map { "    \($0)\n" }.joined())
    """
  }

  private static let contract = [
    clause("log", "option: --enable-log\nmust: be off\ndistinctive: true"),
    clause("level", "option: [--level, --logging.level]\nenvironment: LEVEL\nmust: {none_of: [debug]}"),
    clause("quiet", "option: --quiet\nmust: be on\nmissing: hygiene\nvetted: --quiet"),
    clause("size", "option: --size\nmust: {at_most: 10}"),
    clause("site", "environment: SITE\nmust: {one_of: [a]}\nmissing: exposure\nvetted: SITE=a\ndistinctive: true"),
  ].joined()

  private static func findings(_ text: String, files: [String: String] = [:]) throws -> [String] {
    let contract = try Contract.parse(Array((head + program + contract).utf8), path: "x.yaml")
    return SettingsJudge([contract]).findings(
      in: SettingsFile(path: "", bytes: Array(text.utf8)), beside: { files[$0].map { Array($0.utf8) } }
    ).map { "\($0.rule) \($0.line):\($0.column) \($0.severity.rawValue)" }
  }

  @Test(arguments: [
    ("SITE=a server run m --quiet", []), ("server run --help | less", []),
    ("SITE=a server run m", ["quiet 1:8 hygiene"]),
    ("SITE=b server run m --quiet --no-enable-log", ["site 1:1 exposure"]),
    ("server run m --quiet --enable-log --no-enable-log", ["site 1:1 exposure"]),
    ("SITE=a server run m --quiet --enable-lo", []),
    ("SITE=a server run m --qui --enable_log", ["log 1:27 exposure"]),
    ("SITE=a server run m --quiet --size 11 --size=9 --level=info", []),
    (
      "SITE=a server run m --quiet --size 11 --logging '{\"level\": \"debug\"}'",
      ["size 1:29 exposure", "level 1:39 exposure"]
    ),
    ("SITE=a LEVEL=Debug server run m --quiet --other $X --other2=$Y", ["level 1:8 exposure"]),
    ("SITE=a server run $M --quiet --enable-x $X", ["settings-unknown 1:41 hygiene"]),
    ("SITE=a server run $M", ["settings-unknown 1:19 hygiene"]),
    ("SITE=a server run m \"$@\"", ["settings-unknown 1:22 hygiene"]),
    ("SITE=$X server run m --quiet --level=$L", ["settings-unknown 1:1 hygiene", "settings-unknown 1:30 hygiene"]),
    ("source site.env\nserver run m --quiet", []),
    ("source other.env\nserver run m --quiet", ["settings-unknown 1:8 hygiene"]),
    ("SITE=a server run --config c.yaml", []),
    ("SITE=a server run --config d.yaml", ["settings-unknown 1:19 hygiene"]),
    ("quiet: true\nenable_log: true\nmodel: m\n", ["log 2:1 exposure"]),
    ("SITE=b\n", ["site 1:1 exposure"]), ("SITE=a\n", []), ("x = ['--enable-log', 'SITE']\n", ["log 1:7 exposure"]),
    ("# --enable-log\nnote --enable-logs\n", []),
    ("x = [\"$SITE=b\", '${SITE:-b}', `$(SITE) b`]\n", []), ("x = {\"SITE\": '${Y:-b}'}\n", ["site 1:7 exposure"]),
    ("x = {\"SITE\": '${Y:-a}'}, {\"SITE\": \"$Y\"}\n", []),
  ])
  func whatBreaksAClauseIsFoundAtItsPlace(text: String, expected: [String]) throws {
    let files = ["site.env": "SITE=a\n", "c.yaml": "quiet: true\n"]
    #expect(try Self.findings(text, files: files) == expected)
  }

  @Test(arguments: [
    ("must: be quiet", "a condition is expected"), ("must: {one_of: [a], only: [b]}", "one condition is expected"),
    ("must: be off\noption: quiet", "an option begins with a hyphen"),
    ("must: be off", "a setting has a name"),
    ("must: be on\noption: --x\nmissing: hygiene", "what must be set has a vetted form"),
  ])
  func malformedClausesAreErrorsWithTheirPlace(more: String, problem: String) throws {
    let text = Self.head + Self.program + Self.clause("x", more)
    do {
      _ = try Contract.parse(Array(text.utf8), path: "x.yaml")
      Issue.record("it was read")
    } catch {
      #expect(error.problem.hasPrefix(problem) && error.place?.path == "x.yaml" && error.place?.line != nil)
      #expect(error.status == .usage)
    }
  }

  @Test func twoClausesOnOneSettingAreAnError() throws {
    let two = Self.clause("x", "option: --x\nmust: be off") + Self.clause("y", "option: --x\nmust: be on")
    #expect(throws: Fault.self) { try Contract.parse(Array((Self.head + Self.program + two).utf8), path: "x.yaml") }
    #expect(throws: Fault.self) {
      try Contract.parse(
        Array((Self.head + "settings:\n" + Self.clause("x", "option: --x\nmust: be off")).utf8), path: "x.yaml")
    }
  }

  @Test func thePageSaysWhatMustHold() throws {
    let contract = try Contract.parse(Array((Self.head + Self.program + Self.contract).utf8), path: "x.yaml")
    let page = contract.page(in: .portuguese)
    #expect(page.contains("Definida por: `--level`, `--logging.level`, `LEVEL`\n\n- não pode ser nenhuma de `debug`"))
    #expect(page.contains("deve ser definida (`SITE=a`), senão: exposição"))
  }
}

/// Files that are cut off or have bytes changed are judged without trouble, and fast enough.
@Suite struct BrokenSettingsTests {
  @Test func brokenFilesAreNoTrouble() throws {
    let contracts = try ContractFilesTests.names.map { try ContractFilesTests.contract($0) }
    let judge = SettingsJudge(contracts)
    var state: UInt64 = 20_261_123
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let strange = Array("\0\n\"'\\$({[`#=-:;&|<>%\u{e9}".utf8)
    for clause in contracts.flatMap(\.settings) {
      for example in clause.counterExamples {
        var bytes = Contract.marked(example).bytes
        for _ in 0..<20 {
          bytes[random(bytes.count)] = strange[random(strange.count)]
          let cut = Array(bytes[..<random(bytes.count + 1)])
          for finding in judge.findings(in: SettingsFile(path: "x.yaml", bytes: cut)) {
            #expect(finding.line > 0 && finding.column > 0)
          }
        }
      }
    }
  }
}
