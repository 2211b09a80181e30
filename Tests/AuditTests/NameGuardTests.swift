import Testing

@testable import Audit

@Suite struct NameGuardTests {
  let guarded = NameGuard(
    known: ["job", "model", "annotations", "vllm", "litellm_proxy_total_requests_metric"],
    key: FingerprintKey(bytes: Array(repeating: 7, count: 32)))

  @Test func printsWhatIsKnownAndHidesWhatIsNot() {
    #expect(guarded.printable(name: "job") == "job")
    let hidden = guarded.printable(name: "tag_minha_pergunta")
    #expect(!hidden.contains("pergunta"))
    #expect(hidden.hasPrefix("‹a_a_a#"))
    #expect(
      guarded.printable(name: "tag_minha_pergunta") == hidden,
      "the same name is shown alike, so that it can be compared")
    #expect(guarded.printable(name: "tag_minha_resposta") != hidden)
  }

  @Test func guardsEachSegmentOfAPointer() {
    #expect(guarded.printable(pointer: "/annotations/0/job") == "/annotations/0/job")
    let hidden = guarded.printable(pointer: "/annotations/meu segredo/job")
    #expect(hidden.hasPrefix("/annotations/‹") && hidden.hasSuffix("›/job") && !hidden.contains("segredo"))
  }

  @Test func knowsTheSuffixesOfAFamily() {
    #expect(
      guarded.printable(family: "litellm_proxy_total_requests_metric_total")
        == "litellm_proxy_total_requests_metric_total")
    #expect(guarded.printable(family: "segredo_total").contains("‹"))
  }

  @Test func guardsNamesAndValuesOfASelector() {
    #expect(guarded.printable(stream: #"{job="vllm"}"#) == #"{job="vllm"}"#)
    let hidden = guarded.printable(stream: #"{job="vllm", nota="qual é \"a\" capital, diga"}"#)
    #expect(hidden.hasPrefix(#"{job="vllm", ‹"#))
    #expect(!hidden.contains("capital") && !hidden.contains("nota") && !hidden.contains("diga"))
  }

  @Test func printsOrdinaryFileNamesOnly() {
    #expect(guarded.printable(fileName: "rules/alerts-v2.yaml", isContent: false) == "rules/alerts-v2.yaml")
    #expect(guarded.printable(fileName: "como largo meu emprego.log", isContent: false).contains("‹"))
    #expect(guarded.printable(fileName: "rules/alerts.yaml", isContent: true).contains("‹"))
  }
}
