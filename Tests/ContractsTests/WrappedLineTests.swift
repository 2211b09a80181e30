import Testing
import Vocabulary

@testable import Contracts

/// Lines as Docker, a container runtime or the source itself wrap them.
@Suite struct WrappedLineTests {
  private static let access = #"INFO:     10.0.0.7:59898 - \"POST /v1/chat/completions HTTP/1.1\" 200 OK"#
  private static let stamp = "2026-11-23T09:58:52.123456789Z"
  private static let message = "Invalid JSON payload received: unexpected end of data: line 1 column 95 (char 94)"
  private static let entry =
    #""level": "ERROR", "timestamp": "2026-11-23T09:58:52.123456", "component": "LiteLLM Proxy", "logger": "a_b.py:303""#

  private func isClaimed(_ lines: [String]) throws -> [Bool] {
    let contract = try ContractFilesTests.contract("litellm.yaml")
    var matcher = ContractMatcher(try CompiledContract(contract, names: contract.exampleNames))
    let claimed = lines.map { line in Array(line.utf8).withUnsafeBytes { matcher.line($0, 0..<$0.count) } == nil }
    #expect(matcher.tally.lines.all == lines.count && matcher.tally.lines.claimed == claimed.count { $0 })
    return claimed
  }

  @Test(arguments: [
    (#"{"log":"\#(access)\n","stream":"stdout","time":"\#(stamp)"}"#, true),
    (#"{"log":"\#(access)","stream":"stderr","time":"\#(stamp)"}"#, true),
    (#"{"log":"um cobertor\n","stream":"stdout","time":"\#(stamp)"}"#, false),
    (#"{"log":"\#(access)\num cobertor\n","stream":"stdout","time":"\#(stamp)"}"#, false),
    (#"{"log":"\#(access)\n","stream":"cobertor","time":"\#(stamp)"}"#, false),
    (#"{"log":"\#(access)\n","stream":"stdout","time":"\#(stamp) cobertor"}"#, false),
    (#"{"log":"\#(access)\n","stream":"stdout","time":"\#(stamp)","attrs":{"a":"cobertor"}}"#, false),
    (#"{"log":"\#(access)\n","log":"\#(access)\n","stream":"stdout","time":"\#(stamp)"}"#, false),
    ("\(stamp) stdout F \(access.replacing(#"\""#, with: "\""))", true),
    ("\(stamp) stdout P \(access.replacing(#"\""#, with: "\""))", false), ("\(stamp) stdout F um cobertor", false),
    (#"{"message": "\#(message)", \#(entry)}"#, true), (#"{"message": "um cobertor", \#(entry)}"#, false),
    (#"{"message": "\#(message)", \#(entry), "input": "um cobertor"}"#, false),
    (#"{"message": "\#(message)", "level": "um cobertor"}"#, false),
    (#"{"message": "\#(message)", "level": "ERROR", "input": "ERROR"}"#, false),
    (#"{"message": "\#(message)", "message": "um cobertor", "level": "ERROR"}"#, false),
    (#"{"message": "\#(message)", "level": {"a": "um cobertor"}}"#, false),
    (#"{"log":"{\"message\": \"\#(message)\", \"level\": \"ERROR\"}\n","stream":"stdout","time":"\#(stamp)"}"#, true),
  ])
  func theLineInsideIsHeldAndNothingElsePasses(_ line: String, _ isClaimed: Bool) throws {
    #expect(try self.isClaimed([line]) == [isClaimed])
  }

  @Test func whatFollowsIsWrappedToo() throws {
    func wrap(_ text: String) -> String { #"{"log":"\#(text)\n","stream":"stdout","time":"\#(Self.stamp)"}"# }
    let head = wrap(#"\u001b[32mLiteLLM: Proxy initialized with Config, Set models:\u001b[0m"#)
    let model = wrap(#"\u001b[32m    carcara-chat\u001b[0m"#)
    #expect(try isClaimed([model, head, model]) == [false, true, true])
  }

  @Test func theNearestNamesWholeWords() throws {
    let contract = try ContractFilesTests.contract("vllm.yaml")
    var matcher = ContractMatcher(try CompiledContract(contract, names: contract.exampleNames))
    let line = Array(#"INFO:     10.0.0.7:59898 - "BREW /v1/models HTTP/1.1" 200 OK"#.utf8)
    let breach = line.withUnsafeBytes { matcher.line($0, 0..<$0.count) }
    #expect(breach?.difference.contains("`DELETE ") == true && breach?.difference.contains("`GET ") == true)
  }
}
