import Syntax
import TestSupport
import Testing

@testable import Templates

/// No text of the data comes out that was not foretold: templates made by chance are run on data in which every text bears its
/// own mark.
struct SoundnessTests {
  @Test(arguments: TemplateDialect.allCases)
  func nothingComesUnforetold(_ dialect: TemplateDialect) throws {
    var called: [String: Int] = [:]
    var (all, whole, shown) = (0, 0, 0)
    let evaluated = TemplateFunctions.names(dialect)
    let grammar = Grammar(dialect, functions: evaluated + evaluated.map { String($0.prefix { $0 != "." }) })
    var writer = TemplateWriter(SeededGenerator(5), dialect, grammar)
    for way in grammar.ways {
      for _ in 0..<6 {
        let text = writer.text(around: way)
        let template = try Template(text, dialect: dialect)
        let run = CountingRun(template, Marks.environment)
        // What was written before an error counts, too.
        if (try? run.run(Marks.data(dialect))) != nil { whole += 1 }
        for name in run.called { called[name, default: 0] += 1 }
        let found = Marks.found(in: run.out, dialect)
        let foretold = Set(template.flow().output.map(\.source))
        // Where anything is foretold nothing is shown.
        shown += found.isEmpty || foretold.contains(.anything) ? 0 : 1
        for source in found { #expect(Marks.isIn(source, foretold), "\(source) of \(text)") }
        all += 1
      }
    }
    // So that it can't become hollow: what is evaluated was run, most templates ran to their end, and marks came out.
    let never = Self.withoutResult(dialect)
    for name in evaluated where !never.contains(name) {
      #expect(called[name, default: 0] >= 3, "\(name)")
    }
    #expect(whole * 3 > all && shown * 4 > all)
  }

  /// Functions that never come to a result: `fail`, for one; no data holds a function, and no query of Grafana's rules finds a series.
  private static func withoutResult(_ dialect: TemplateDialect) -> Set<String> {
    dialect == .grafanaRules ? ["call", "first", "label", "value", "strvalue"] : ["call", "fail"]
  }

  /// Every function of a program is in some template.
  @Test(arguments: TemplateDialect.allCases)
  func everyFunctionIsWritten(_ dialect: TemplateDialect) {
    let words = Set(Grammar(dialect).ways.flatMap(\.words))
    #expect(dialect.functions.map(\.name).filter { !words.contains($0) } == ["call"])
  }
}

/// A run that keeps which functions came to a result.
private final class CountingRun: TemplateRun {
  private(set) var called: Set<String> = []

  override func call(_ name: String, _ arguments: Arguments) throws(TemplateError) -> Value {
    let value = try super.call(name, arguments)
    called.insert(name)
    return value
  }
}
