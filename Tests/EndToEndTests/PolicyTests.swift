import Foundation
import Testing

@Suite("sigilo policy")
struct PolicyCommandTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  @Test func theEmbeddedPolicyIsValidAndItsExamplesHold() async throws {
    #expect(try await place.sigilo(["policy", "check"]).status == 0)
    #expect(try await place.sigilo(["policy", "test"]).status == 0)
  }

  @Test func whatIsExportedIsWhatIsEmbedded() async throws {
    #expect(try await place.sigilo(["policy", "export", "mine"]).status == 0)
    #expect(try await place.sigilo(["policy", "check", "--policy", "mine"]).status == 0)
    try place.folder.write(Samples.quietLog, to: "work/given/service.log")
    let embedded = try await place.sigilo(["scan", "given", "--format", "json"])
    let exported = try await place.sigilo(["scan", "given", "--format", "json", "--policy", "mine"])
    #expect(embedded.status == 0 && embedded.output == exported.output)
  }

  @Test func anUnknownKeyIsAnErrorWithItsPlace() async throws {
    _ = try await place.sigilo(["policy", "export", "mine"])
    let policy = try place.folder.read("work/mine/policy.yaml")
    try place.folder.write(policy + "nonsense: 1\n", to: "work/mine/policy.yaml")
    let line = policy.split(separator: "\n", omittingEmptySubsequences: false).count
    for command in [["policy", "check"], ["scan", "-"]] {
      let outcome = try await place.sigilo(command + ["--policy", "mine"], input: "x")
      #expect(outcome.status == 2)
      #expect(outcome.errors.contains("mine/policy.yaml:\(line):1"))
    }
    #expect(!place.folder.exists("work/reports"))
  }

  @Test func aPatternThatDoesNotCompileIsAnErrorWithItsPlace() async throws {
    _ = try await place.sigilo(["policy", "export", "mine"])
    let name = try #require(try place.folder.tree("work/mine/patterns").first { $0.hasSuffix(".yaml") })
    let file = "work/mine/patterns/\(name)"
    let lines = try place.folder.read(file).split(separator: "\n", omittingEmptySubsequences: false)
    let broken = try #require(lines.firstIndex { $0.contains("pattern:") })
    let text = lines.enumerated().map { index, line in
      index == broken ? line.prefix { $0 == " " || $0 == "-" } + "pattern: '(unclosed'" : line
    }
    try place.folder.write(text.joined(separator: "\n"), to: file)
    let outcome = try await place.sigilo(["policy", "check", "--policy", "mine"])
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("mine/patterns/\(name):"))
  }

  @Test func explainsEachRuleAndNoOther() async throws {
    let known = try await place.sigilo(["policy", "explain", "vllm-request-prompt"])
    #expect(known.status == 0 && known.output.contains("vllm-request-prompt"))
    #expect(try await place.sigilo(["policy", "explain", "no-such-rule"]).status == 2)
  }
}
