import Audit
import Foundation
import Jobs
import Platform
import Testing

/// A folder in which the built `sigilo` runs as its user would run it: with a home, a state and a temporary folder of its
/// own, so that nothing of one test is seen by another and whatever is left behind is seen here.
struct Workplace {
  let folder: TemporaryFolder
  /// Folders on PATH.
  var path = "/usr/bin:/bin"
  var environment: [String: String] = [:]
  /// Several times what a run takes on a machine that does nothing else.
  var deadline: Duration = .seconds(600)

  init() throws {
    folder = try TemporaryFolder()
    for name in ["home", "state", "tmp", "work"] { try folder.makeFolder(name) }
  }

  /// The binary that was built with these tests; it stands beside them.
  static let binary: String = {
    let tests =
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
    return URL(fileURLWithPath: tests).deletingLastPathComponent().appendingPathComponent("sigilo").path
  }()

  func command(_ arguments: [String], input: String? = nil) -> Command {
    var variables = [
      "PATH": path, "HOME": folder.path("home"), "TMPDIR": folder.path("tmp"), "LC_ALL": "C.UTF-8",
      "XDG_STATE_HOME": folder.path("state"),
    ]
    variables.merge(environment) { $1 }
    return Command(
      program: Self.binary, arguments: arguments, environment: variables, folder: folder.path("work"), input: input,
      deadline: deadline)
  }

  /// Runs `sigilo` in the folder `work` and expects of it what holds for every run: it ends by itself and in time, does
  /// not crash, and leaves no process and no temporary file behind.
  func sigilo(
    _ arguments: [String], input: String? = nil, sourceLocation: SourceLocation = #_sourceLocation,
    while body: (pid_t) async throws -> Void = { _ in }
  ) async throws -> Outcome {
    let outcome = try await command(arguments, input: input).run(while: body)
    #expect(!outcome.timedOut, sourceLocation: sourceLocation)
    #expect(!outcome.errors.contains("Fatal error"), sourceLocation: sourceLocation)
    #expect(Engines.running(under: folder.root) == [], sourceLocation: sourceLocation)
    #expect(try folder.tree("tmp") == [], sourceLocation: sourceLocation)
    return outcome
  }

  /// Everything that the run printed or wrote, for the search for what must not be in it; what the test itself put into
  /// `given` is left out.
  func traces(of outcome: Outcome) throws -> String {
    let files = try folder.tree("work").filter { !$0.hasPrefix("given") }.compactMap { try? folder.read("work/\($0)") }
    return ([outcome.output, outcome.errors] + files).joined(separator: "\n")
  }

  /// The report folder of the one audit that ran here, relative to the working folder.
  func reports() throws -> String {
    let runs = try FileManager.default.contentsOfDirectory(atPath: folder.path("work/reports"))
    return "reports/" + (try #require(runs.count == 1 ? runs.first : nil))
  }

  /// Where anything that an audit planted stands in what it printed or wrote: names of streams and files.
  func findCanaries(_ outcome: Outcome) throws -> [String] {
    let search = try canaries()
    let streams = [("output", outcome.output), ("errors", outcome.errors)].filter { search.finds(Data($1.utf8)) }
    return streams.map(\.0) + (try findCanaries(below: "work", search))
  }

  /// Files below a folder that hold something that an audit planted.
  func findCanaries(below relative: String, _ search: CanarySearch) throws -> [String] {
    try folder.tree(relative).filter { file in
      FileManager.default.contents(atPath: folder.path("\(relative)/\(file)")).map(search.finds) ?? false
    }
  }

  /// The search for what audits plant that use this folder's key and the default seed.
  func canaries() throws -> CanarySearch {
    let key = try FingerprintKey.inState(folder.path("state/sigilo"))
    return CanarySearch(CanaryText(key: try CanaryKey(bytes: key.derived(for: "canary \(JobSettings.defaultSeed)"))))
  }

  func findings(in reports: String) throws -> FindingsFile {
    try JSONDecoder().decode(FindingsFile.self, from: Data(folder.read("work/\(reports)/findings.json").utf8))
  }
}

/// What the tests look at of `findings.json`.
struct FindingsFile: Decodable {
  struct Finding: Decodable {
    struct Sink: Decodable {
      let kind, name: String
    }
    struct Location: Decodable {
      let path: String?
      let line, column: Int?
    }
    struct Acceptance: Decodable {
      let kind: String
      let owner, reason, until: String?
    }
    let rule, severity, fingerprint: String
    let sink: Sink
    let locations: [Location]
    let accepted: Acceptance?
  }
  let verdict: String
  let complete: Bool
  let exit: Int32
  let findings: [Finding]

  var content: [Finding] { findings.filter { $0.severity == "content" } }
}

extension CanarySearch {
  func finds(_ bytes: Data) -> Bool {
    bytes.withUnsafeBytes { containsMarker(in: $0) || containsFiveConsecutiveWords(in: $0) }
  }
}
