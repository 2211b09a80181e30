import Testing

@testable import Flow

/// Ways for text to flow, built into trees of every language; the same trees without them are beside each.
@Suite struct PlantedTests {
  @Test(arguments: Planted.all) func isFoundByItsCheckAndTheFixedTwinIsClean(_ planted: Planted) {
    #expect(rules(planted.leak).contains(planted.rule))
    #expect(rules(planted.fixed).subtracting(Self.standing) == [])
  }

  @Test func thereAreSixtyAndEachIsNamedOnce() {
    #expect(Planted.all.count >= 60)
    #expect(Set(Planted.all.map(\.name)).count == Planted.all.count)
  }

  /// What every tree with such a program has, whether or not something is planted in it.
  private static let standing: Set<String> = ["promtail-end-of-life", "litellm-redaction", "vllm-usage-statistics"]

  private func rules(_ files: [Planted.File]) -> Set<String> {
    let tree = ConfigFiles(
      files.map { file in
        let bytes = Array(file.text.utf8)
        return ConfigFile(path: file.path, role: FileRole.recognise(path: file.path, bytes: bytes), bytes: bytes)
      })
    return Set(ConfigChecks.check(tree, facts).map(\.rule))
  }
}
