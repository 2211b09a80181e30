import Syntax
import Testing

@testable import Flow

/// Where text of a label is after relabelling rules have run.
@Suite struct RelabellingProbeTests {
  @Test(
    arguments: [
      ("[]", ["user_agent"]),
      ("[{action: labeldrop, regex: user_agent}]", []),
      ("[{source_labels: [user_agent], target_label: who}]", ["user_agent", "who"]),
      ("[{action: labelmap, regex: user_(.+), replacement: $1}, {action: labeldrop, regex: user_.*}]", ["agent"]),
      // Of the metric's name something is known, of other labels nothing.
      ("[{action: drop, source_labels: [__name__], regex: litellm_.*}]", []),
      ("[{action: keep, source_labels: [__name__], regex: vllm:.*}]", []),
      ("[{action: Keep, source_labels: [team], regex: a}]", ["user_agent"]),
      ("[{action: drop, source_labels: [__name__, team], regex: .*}]", ["user_agent"]),
      ("[{action: nonsense}]", ["user_agent"]), ("5", ["user_agent"]),
    ] as [(String, [String])])
  func tellsWhereTextIs(rules: String, destinations: [String]) throws {
    let probe = RelabellingProbe(try YAMLDocument.parse(Array(rules.utf8)))
    #expect(probe.destinations(of: "user_agent", beside: ["__name__": "litellm_x_total"]) == destinations)
  }
}
