import Testing

@testable import Launch

/// Starts of a program in Dockerfiles.
@Suite struct DockerfileTests {
  private static func read(_ text: String) -> LaunchReading {
    LaunchReader.read(Array(text.utf8), programs: Programs([ShellTests.program]))
  }

  @Test(arguments: [
    (
      "# x\nARG T=1\nFROM r.example/site/server:${T}\nENV A=1\nENV D=4 \\\n  # said\n  B=\"$A 2\"\nENV C $B 3\nCMD [\"a\", \"--x\"]\n",
      [["a", "--x"]], ["A=1", "B=1 2", "C=1 2 3", "D=4"]
    ),
    ("FROM x\nENTRYPOINT [\"/opt/server\", \"run\"]\nCMD [\"a\"]\nCMD [\"b\"]\n", [["b"]], []),
    ("FROM x\nARG B=2\nENV A=1\nENTRYPOINT exec server run $A $B\nCMD [\"b\"]\n", [["1", "?"]], ["A=1"]),
    ("FROM x\nRUN <<EOF\nENV A=1\nCMD server run a\nEOF\nCMD server run b\n", [["b"]], []),
    (
      "FROM x AS base\nENV A=1\nCMD server run a\nFROM base\nENV A=2\nFROM base AS other\nENTRYPOINT [\"server\", \"run\"]\n",
      [["a"], []], ["A=2"]
    ),
    ("FROM site/server\nRUN server run a\nENTRYPOINT [\"sh\"]\nCMD [\"a\"]\n", [], []),
  ])
  func dockerfilesAreRead(text: String, arguments: [[String]], environment: [String]) {
    let reading = Self.read(text)
    #expect(LaunchReader.kind(of: PlacedText(file: Array(text.utf8))) == .dockerfile)
    #expect(reading.launches.map { $0.arguments.map(ShellTests.shown) } == arguments)
    #expect((reading.launches.first?.environment ?? []).map { "\($0.name)=\($0.value.string)" } == environment)
  }

  @Test func brokenDockerfilesAreNoTrouble() {
    let text =
      "ARG A\nFROM --platform=x x AS\nENV A\nENV A= B=$\nCMD [\"a\", \\\n1, {}]\nENTRYPOINT [\nCMD\nRUN <<\nFROM"
    for end in text.indices { _ = Self.read(String(text[..<end])) }
    _ = Self.read(String(repeating: "FROM x AS x\nENV A=$A$A$A\nCMD server run\n", count: 2000))
  }
}
