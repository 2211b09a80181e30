import Testing

@testable import Launch

/// Starts of a program `server run` as scripts write them.
@Suite struct ShellTests {
  static let program = ProgramName(commands: [["server", "run"]], images: ["site/server"])

  /// The arguments of each start; `?` is what the script does not tell.
  static func starts(_ script: String) -> [[String]] {
    LaunchReader.read(Array(script.utf8), programs: Programs([program])).launches.map { $0.arguments.map(shown) }
  }

  static func shown(_ argument: Argument) -> String {
    argument.text.string.replacing("\0", with: "?") + (argument.isList ? "…" : "")
  }

  @Test(arguments: [
    ("server run a --x 1", [["a", "--x", "1"]]),
    ("/opt/bin/server run \\\n  'a b' \\\n  --x=\"1\" # no\n--y", [["a b", "--x=1"]]),
    ("srun --ntasks=1 server run a > log 2>&1 &", [["a"]]),
    ("A='--x 1'\nserver run $A \"$A\"", [["--x", "1", "--x 1"]]),
    ("A=(--x 'b c')\nA+=(--y)\nserver run \"${A[@]}\"", [["--x", "b c", "--y"]]),
    ("A=1\nA+=2\nexec server run ${A} ${B:-3} $C \"$@\"", [["12", "3", "?", "?…"], ["12", "?", "?", "?…"]]),
    ("A=1\nif true; then A=2; fi\nserver run $A", [["1"], ["2"]]),
    ("A=1\n[ -n \"$B\" ] && A=2\nserver run $A", [["1"], ["2"]]),
    ("for A in 1 2; do server run $A; done", [["?"]]),
    ("case $1 in a) A=1;; esac\nserver run $A", [["1"]]),
    ("A=$(date)\nserver run $A `date`", [["?", "?"]]),
    ("bash -c \"cd /x && server run 'a b'\"", [["a b"]]),
    ("A=1; ssh host 'nohup server run $A'", [["1"]]),
    ("eval \"server run a\"", [["a"]]),
    ("docker run --rm site/server:1.0 a; docker pull site/server", [["a"]]),
    ("docker run --entrypoint sh registry.example/site/server -c x", []),
    ("cat <<'EOF' > run.sh\n#!/bin/sh\nserver run $A\nEOF\nserver run b", [["?"], ["b"]]),
    ("echo server run a; pkill -f 'server run a'; # server run a", []),
    ("unset A; A=1; unset A; server run $A x", [["?", "x"]]),
    (
      "server run ${A/x/y} ${A:+--x} \"a\\\"b\" $((1+2)) <(x) a;server run",
      [["?", "--x", "a\"b", "?", "?", "a"], ["?", "a\"b", "?", "?", "a"], []]
    ),
  ])
  func commandLinesAreRead(script: String, expected: [[String]]) { #expect(Self.starts(script) == expected) }

  @Test func argumentsStandWhereTheirTextIs() throws {
    let script = "A=\"--x  --é\"\nserver run $A \\\n  --z"
    let launch = try #require(LaunchReader.read(Array(script.utf8), programs: Programs([Self.program])).launches.first)
    #expect(launch.arguments.map(\.offset) == [3, 8, 32])
    #expect(launch.offset == 14)
  }

  @Test(arguments: [
    ("export A=1 B='2 3'\nC=4 server run a", ["A=1", "B=2 3", "C=4"]),
    ("#SBATCH --export=ALL,A=1,B=x,y\nserver run a", ["A=1", "B=x,y"]),
    ("env A=1 B=2 server run a", ["A=1", "B=2"]),
    ("A=1\nsrun --export=ALL,A=2 server run a", ["A=1", "A=2"]),
    ("docker run -e A=1 --env=B=2 --env C=3 site/server a", ["A=1", "B=2", "C=3"]),
    ("apptainer exec --env A=1,B=2 x.sif server run a", ["A=1", "B=2"]),
    ("A=1 bash -c 'server run a'", ["A=1"]),
    (
      "APPTAINERENV_A=2\nA=1\nSINGULARITYENV_A=3 apptainer exec --env B=4 x.sif server run a",
      ["A=1", "APPTAINERENV_A=2", "SINGULARITYENV_A=3", "A=3", "A=2", "B=4"]
    ),
    ("APPTAINERENV_A=2 srun server run a", ["APPTAINERENV_A=2"]),
  ])
  func variablesReachTheProgram(script: String, expected: [String]) throws {
    let launch = try #require(LaunchReader.read(Array(script.utf8), programs: Programs([Self.program])).launches.first)
    #expect(launch.environment.map { "\($0.name)=\($0.value.string)" } == expected)
  }

  @Test func filesOfVariablesAreReadWhereTheyAreAtHand() throws {
    let script = Array("source ./site.env\ndocker run --env-file=b.env site/server a".utf8)
    let files = ["./site.env": Array("A=1\n".utf8), "b.env": Array("B=2\n".utf8)]
    let known = try #require(
      LaunchReader.read(script, programs: Programs([Self.program]), beside: { files[$0] }).launches.first)
    #expect(known.environment.map(\.name) == ["A", "B"] && known.environment.allSatisfy(\.isElsewhere))
    #expect(known.missingFiles.isEmpty)
    let unknown = try #require(LaunchReader.read(script, programs: Programs([Self.program])).launches.first)
    #expect(unknown.missingFiles == [7, 29])
  }

  /// What is cut off anywhere, or nested without end, is read without trouble.
  @Test func brokenScriptsAreNoTrouble() {
    let script = Array(
      "A=(--x \"${B:-${C:+'d'}}\" `e`) <<E cat\n$(f (g)) ${A[@]} \"\\\nE\nbash -c 'server run \"$A' <(x) & [[ a ]] || b"
        .utf8)
    for end in 0...script.count { _ = LaunchReader.read(Array(script[..<end]), programs: Programs([Self.program])) }
    for piece in ["${A:-", "\"${A:-\"", "$(", "(", "bash -c 'server run ", "A=(", "if ", "<<A\n", "\\"] {
      _ = LaunchReader.read(Array(String(repeating: piece, count: 3000).utf8), programs: Programs([Self.program]))
    }
    #expect(
      Self.starts(String(repeating: "A+=1;", count: 20) + "server run $A") == [[String(repeating: "1", count: 20)]])
  }

  /// Variables that double each other, and thousands of starts, end in bounded time and memory; what is not read stays so.
  @Test func hugeScriptsAreBounded() {
    let doubling = "A=xxxxxxxxxxxxxxxx;" + String(repeating: "A=$A$A;A+=$A;B=(\"${B[@]}\" $A $A);", count: 300)
    #expect(Self.starts(doubling + "server run $A") == [["?"]])
    let many = Array(String(repeating: "bash -c 'server run a'\n", count: 3000).utf8)
    let reading = LaunchReader.read(many, programs: Programs([Self.program]))
    #expect(reading.launches.count == 1000 && reading.isRead[9] && reading.isRead.dropLast(10).last == false)
  }
}
