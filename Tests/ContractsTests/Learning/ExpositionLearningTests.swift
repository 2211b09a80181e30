import Testing
import Vocabulary

@testable import Contracts

@Suite("Learning expositions")
struct ExpositionLearningTests {
  private static let usual = """
    # HELP jobs_total Jobs by mode.
    # TYPE jobs_total counter
    jobs_total{mode="idle",cpu="0"} 3
    jobs_total{mode="idle",cpu="1"} 3
    jobs_total{mode="idle",cpu="2"} 3
    # TYPE jobs_created gauge
    jobs_created{mode="idle",cpu="2"} 1.7e9
    # TYPE wait_seconds histogram
    wait_seconds_bucket{le="0.5",id="00000000:1A:00.0"} 3
    wait_seconds_bucket{le="+Inf",id="00000000:1A:00.0"} 3
    wait_seconds_sum{id="00000000:1A:00.0"} 3
    wait_seconds_count{id="00000000:1A:00.0"} 3
    # TYPE up gauge
    up{address="10.0.0.7:9100",model_name="chat-large",gpu="GPU-123e4567-e89b-42d3-a456-426614174000",note=""} 1

    """

  private func learn(
    _ exposition: String, base: String? = nil, names: FleetNames = FleetNames([.model: ["chat-large"]]),
    isContent: @escaping (String) -> Bool = { _ in false }
  ) throws -> LearnedExposition {
    let lines = exposition.split(separator: "\n").map(String.init)
    return try LearnedExposition(lines, base: base, names: names, isContent: isContent)
  }

  @Test func familiesAndTypesOfLabelsAreTold() throws {
    let learned = try learn(Self.usual)
    let clauses = learned.contract.metrics
    let byFamily = Dictionary(uniqueKeysWithValues: clauses.map { ($0.families[0], $0) })
    #expect(Set(byFamily.keys) == ["jobs_total", "wait_seconds", "up"])
    func values(_ family: String, _ label: String) -> [String]? {
      byFamily[family]?.labels.first { $0.name == label }?.values.map(\.text)
    }
    #expect(values("jobs_total", "cpu") == ["{int}"] && values("jobs_total", "mode") == ["idle"])
    #expect(byFamily["wait_seconds"]?.kind == .histogram && values("wait_seconds", "id") == ["{pci}"])
    #expect(values("wait_seconds", "le") == nil)
    #expect(values("up", "address") == ["{ip}:{int}"] && values("up", "model_name") == ["{model}"])
    #expect(values("up", "gpu") == ["{gpu_uuid}"] && values("up", "note") == [""])
    #expect(learned.contract.undecided.isEmpty && learned.summary.metrics.claimed == 3)
    #expect(try learned.contract.testExamples().allSatisfy(\.passed))
  }

  @Test func learningOnceMoreFromTheSameChangesNothing() throws {
    let text = Self.usual + "up{owner=\"alpha\"} 1\njobs_total{mode=\"busy\"} 2\n"
    let first = try learn(text)
    #expect(
      first.contract.undecided.map(\.subject) == [
        .label("mode", families: ["jobs_total"]), .label("owner", families: ["up"]),
      ])
    #expect(try learn(text, base: first.text).text == first.text)
  }

  @Test(arguments: ["alpha", "maria silva", "Maria", "a8Fk29sdk2", "gateway.example.com", "/v1/alpha", "sk-alpha", "é"])
  func valuesThatMayBeAPersonsAreNeverWrittenDown(_ value: String) throws {
    let samples = (0..<9).map { "up{owner=\"\(value)\",cpu=\"\($0)\"} 1\n" }.joined()
    let learned = try learn("# TYPE up gauge\n" + samples)
    #expect(learned.contract.metrics.first?.labels.map(\.name) == ["cpu"])
    #expect(learned.summary.labels.map(\.label) == ["owner"] && learned.summary.labels[0].first.line == 2)
    #expect(!learned.text.contains(value))
  }

  @Test func aWordUnderALabelOfTheProgramIsListedOnlyWhereItStandsOften() throws {
    let samples = (0..<3).map { "up{state=\"ready\",cpu=\"\($0)\"} 1\n" }.joined()
    #expect(try learn("# TYPE up gauge\n" + samples).text.contains("'state': 'ready'"))
    #expect(try !learn("# TYPE up gauge\n" + samples + "up{state=\"alpha\"} 1\n").text.contains("alpha"))
    #expect(try !learn("# TYPE up gauge\n" + samples.replacing("ready", with: "mariana")).text.contains("mariana"))
  }

  @Test func aWordThatEverybodyKnowsStandsForAllOfItsKind() throws {
    let learned = try learn("# TYPE up gauge\nup{method=\"GET\"} 1\n")
    #expect(try learned.hold(["up{method=\"POST\"} 1", "up{method=\"ASK\"} 1"]).unclaimed == ["up method"])
  }

  @Test func aFamilyWithoutSamplesIsClaimedWithoutLabels() throws {
    let learned = try learn("# TYPE up gauge\n")
    #expect(try learned.hold(["up 1", "up{a=\"1\"} 1"]).unclaimed == ["up a"])
  }

  @Test func conversationAndNamesThatNobodyShouldWriteAreLeftOut() throws {
    let learned = try learn("a{note=\"help me\"} 1\nask_maria_total 1\nb{help_me=\"1\"} 1\nc 1\n") {
      $0.hasPrefix("help")
    }
    #expect(learned.contract.metrics.flatMap(\.families) == ["a", "b", "c"])
    #expect(!learned.text.contains("help") && !learned.text.contains("maria"))
    #expect(learned.summary.metrics.content == 1 && learned.summary.metrics.names == 2)
    #expect(learned.summary.metrics.namePlaces.map(\.line) == [2, 3])
  }

  @Test func whatTheContractForbidsIsNotLearned() throws {
    let base = """
      version: 1
      source: sample
      title: {en: Sample, pt-BR: Amostra}
      versions: 1.0
      facts: [its source]
      forbidden_labels:
        - {name: prompt, why: {en: text, pt-BR: texto}}
      metrics:
        - id: asked
          title: {en: asked, pt-BR: pedidas}
          type: counter
          families: [asked_total]
          forbidden: {en: text, pt-BR: texto}
        - id: up
          title: {en: up, pt-BR: no ar}
          type: gauge
          families: [up]
          examples: [up 1]
          counter_examples: ['up{a="b"} 1']
      """
    let learned = try learn("asked_total{by=\"1\"} 1\nup{prompt=\"1\"} 1\n", base: base)
    #expect(learned.text == base + "\n" && learned.summary.metrics.forbidden == 2)
  }
}
