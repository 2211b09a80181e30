import Syntax
import Testing

@testable import Launch

/// Starts of a program in units, container files and environment files.
@Suite struct FileTests {
  private static func read(_ text: String, yaml: Bool = false, files: [String: String] = [:]) throws -> LaunchReading {
    let bytes = Array(text.utf8)
    return LaunchReader.read(
      bytes, documents: yaml ? try YAMLDocument.parseAll(bytes) : [], programs: Programs([ShellTests.program]),
      beside: { files[$0].map { Array($0.utf8) } })
  }

  @Test(arguments: [
    ("ExecStart=/opt/server run a \\\n  # said\n  --x 'b c'", [["a", "--x", "b c"]], []),
    (
      "Environment=\"A=1 2\" B=3\nExecStart=-/opt/server run $A ${A}%% ${C} %i", [["1", "2", "1 2%", "?", "?"]],
      ["A=1 2", "B=3"]
    ),
    ("Environment=A=1\nEnvironment=\nExecStart=/opt/server run a", [["a"]], []),
    ("ExecStart=/bin/false\nExecStart=\nExecStart=/opt/server run b", [["b"]], []),
    ("ExecStart=/bin/bash -c 'exec /opt/server run c'", [["c"]], []),
    ("EnvironmentFile=-/etc/site.env\nExecStart=/opt/server run $A", [["9"]], ["A=9"]),
    ("EnvironmentFile=/etc/site.env\nEnvironment=A=1\nExecStart=/opt/server run $A", [["9"]], ["A=9"]),
  ])
  func unitsAreRead(body: String, arguments: [[String]], environment: [String]) throws {
    let reading = try Self.read("[Service]\n\(body)\n", files: ["/etc/site.env": "A=9\n"])
    #expect(reading.launches.map { $0.arguments.map(ShellTests.shown) } == arguments)
    #expect(reading.launches.first?.environment.map { "\($0.name)=\($0.value.string)" } == environment)
  }

  @Test func whatAnotherFileSetsStandsWhereThatFileIsNamed() throws {
    let text = "[Service]\nEnvironmentFile=/etc/site.env\nExecStart=/opt/server run $ARGS\n"
    let launch = try #require(try Self.read(text, files: ["/etc/site.env": "# long\nARGS='--x  --y'\n"]).launches.first)
    #expect(launch.arguments.map { $0.text.string } == ["--x", "--y"])
    #expect(launch.arguments.map(\.offset) == [26, 26])
  }

  @Test func aFileOfVariablesThatIsNotAtHandIsSaid() throws {
    let reading = try Self.read("[Service]\nEnvironmentFile=/etc/site.env\nExecStart=/opt/server run a\n")
    #expect(reading.launches.first?.missingFiles == [26])
  }

  @Test(arguments: [
    ("services: {s: {image: site/server, command: [a, --x]}}", [["a", "--x"]], []),
    (
      "services:\n  s:\n    image: r.example:5000/site/server:1\n    command: >\n      --x 'b c'\n      --y\n",
      [["--x", "b c", "--y"]], []
    ),
    (
      "services: {s: {image: other, entrypoint: /opt/server run, command: a, environment: {A: 1, B: }}}", [["a"]],
      ["A=1", "B=?"]
    ),
    (
      "x-e: &e {A: '1'}\nservices: {s: {build: ., command: server run a, environment: {<<: *e, B: '${C}', D: '$$C'}}}",
      [["a"]], ["A=1", "B=?", "D=$C"]
    ),
    (
      "services: {s: {image: site/server, env_file: [a.env], environment: ['B=${C:-2}', 'D=${E:-${F-3}}']}}", [[]],
      ["A=1", "B=2", "D=3"]
    ),
    (
      "spec:\n  containers:\n    - name: s\n      image: site/server\n      args: [a, $(B), $(C)]\n      env:\n        - {name: A, value: '1'}\n        - {name: B, value: $(A)2}\n",
      [["a", "12", "?"]], ["A=1", "B=12"]
    ),
    (
      "spec:\n  containers:\n    - name: s\n      image: other\n      command: [sh, -c, server run a]\n      env: []\n",
      [["a"]], []
    ),
    ("services: {s: {image: other, command: [a]}}", [], []),
  ])
  func containersAreRead(yaml: String, arguments: [[String]], environment: [String]) throws {
    let reading = try Self.read(yaml, yaml: true, files: ["a.env": "A=1\n"])
    #expect(reading.launches.map { $0.arguments.map(ShellTests.shown) } == arguments)
    let found = reading.launches.first?.environment.map { "\($0.name)=\($0.value.string.replacing("\0", with: "?"))" }
    #expect((found ?? []) == environment)
  }

  @Test func composePutsInWhatStandsBesideTheFile() throws {
    let yaml = "services: {s: {image: site/server, environment: {A: '${B:-2}', C: $B, D: '${E:-2}', B: }}}"
    let launch = try #require(try Self.read(yaml, yaml: true, files: [".env": "B=1\nE=\n"]).launches.first)
    #expect(launch.environment.map { "\($0.name)=\($0.value.string)" } == ["A=1", "B=1", "C=1", "D=2"])
  }

  @Test func configMapsOfTheFileAreRead() throws {
    func launch(_ sources: String) throws -> Launch {
      try #require(
        try Self.read(
          """
          kind: Deployment
          spec:
            containers:
              - name: s
                image: site/server
                envFrom: [\(sources)]
                env: [{name: B, value: '3'}, {name: C, valueFrom: {configMapKeyRef: {name: m, key: A}}}]
          ---
          kind: ConfigMap
          metadata: {name: m}
          data: {A: '1', B: '2'}

          """, yaml: true
        ).launches.first)
    }
    let known = try launch("{configMapRef: {name: m}}")
    #expect(known.environment.map { "\($0.name)=\($0.value.string)" } == ["A=1", "B=3", "C=1"])
    #expect(known.missingFiles.isEmpty)
    for other in ["{configMapRef: {name: n}}", "{secretRef: {name: m}}", "{prefix: X_, configMapRef: {name: m}}"] {
      #expect(try launch(other).missingFiles.count == 1)
    }
  }

  /// Values that double each other, defaults within defaults, and many containers that take the same many variables.
  @Test func hugeContainersAreBounded() throws {
    let doubling = (1...60).map { "{name: A\($0), value: '$(A\($0 - 1))$(A\($0 - 1))'}" }.joined(separator: ", ")
    let yaml = "spec: {containers: [{image: site/server, args: [$(A60)], env: [{name: A0, value: xx}, \(doubling)]}]}"
    #expect(try Self.read(yaml, yaml: true).launches.map { $0.arguments.map(ShellTests.shown) } == [["?"]])
    let nested = "services: {s: {image: site/server, command: ['\(String(repeating: "${A:-", count: 3000))']}}"
    #expect(try Self.read(nested, yaml: true).launches.map { $0.arguments.map(ShellTests.shown) } == [["?"]])
    let many = "services: {" + (0..<500).map { "s\($0): {image: site/server, env_file: a.env}, " }.joined() + "}"
    let variables = (0..<5000).map { "A\($0)=1234567\n" }.joined()
    let launches = try Self.read(many, yaml: true, files: ["a.env": variables]).launches
    #expect(launches.count == 500 && launches.first?.missingFiles == [] && launches.last?.missingFiles.count == 1)
  }

  @Test func environmentFilesAreRead() throws {
    let reading = try Self.read("# A=0\nA=1\nexport B=\"2 3\" # c\nA='4'\nC=$D\n")
    #expect(
      reading.assignments.map { "\($0.name)=\($0.value.string.replacing("\0", with: "?"))" } == ["B=2 3", "A=4", "C=?"])
    #expect(LaunchReader.kind(of: PlacedText(file: Array("A=1 server run a\n".utf8))) == .shell)
  }

  @Test func aUnitIsReadWithItsDropIns() throws {
    func read(_ unit: String, _ companions: [UnitCompanion]) -> [Launch] {
      LaunchReader.read(
        Array("[Service]\n\(unit)\n".utf8), programs: Programs([ShellTests.program]), companions: companions
      ).launches
    }
    func dropIn(_ text: String) -> UnitCompanion {
      UnitCompanion(bytes: Array("[Service]\n\(text)\n".utf8), isAfter: true)
    }
    let unit = "Environment=A=1\nExecStart=/opt/server run a"
    let launch = try #require(read(unit, [dropIn("Environment=A=2")]).first)
    #expect(launch.assignment(of: "A")?.value.string == "2" && launch.assignment(of: "A")?.isElsewhere == true)
    let replaced = read(unit, [dropIn("ExecStart=\nExecStart=/opt/server run b")])
    #expect(replaced.map(\.isElsewhere) == [true] && replaced.first?.assignment(of: "A")?.isElsewhere == false)
    let before = UnitCompanion(
      bytes: Array("[Service]\nEnvironment=A=1\nExecStart=/opt/server run c".utf8), isAfter: false)
    let own = try #require(read("ExecStart=\nExecStart=/opt/server run b", [before]).first)
    #expect(own.assignment(of: "A")?.value.string == "1" && !own.isElsewhere)
    // A drop-in that leaves the command alone sets variables for it.
    let other = try #require(read("Environment=A=2", [before]).first)
    #expect(other.isElsewhere && other.assignment(of: "A")?.value.string == "2")
    #expect(other.assignment(of: "A")?.isElsewhere == false)
  }

  @Test func onlyTheLastAssignmentOfAUnitCounts() {
    func assignments(_ companions: [UnitCompanion]) -> [Int] {
      LaunchReader.read(
        Array("[Service]\nEnvironment=A=1\nEnvironment=A=2\n".utf8), programs: Programs([]), companions: companions
      ).assignments.map(\.offset)
    }
    #expect(assignments([]) == [38])
    let others = ["Environment=A=3", "Environment=", "EnvironmentFile=x"]
    let counts = others.map { assignments([UnitCompanion(bytes: Array("[Service]\n\($0)".utf8), isAfter: true)]).count }
    #expect(counts == [0, 0, 1])
  }
}
