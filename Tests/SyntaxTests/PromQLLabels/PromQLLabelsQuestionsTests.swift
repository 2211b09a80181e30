import Syntax
import Testing

/// Questions that are asked of an analysis.
@Suite struct PromQLLabelsQuestionsTests {
  @Test func selectorsStandInTheOrderOfTheText() throws {
    let text = #"topk(scalar(k), sum by (a) (rate(x{b="1"}[5m])) / on (a) {__name__="y"} offset 5m)"#
    let selectors = try PromQLExpression.parsed(text).labels().selectors
    #expect(selectors.map(\.metric) == ["k", "x", "y"])
    let utf8 = Array(text.utf8)
    #expect(
      selectors.map { String(decoding: utf8[$0.range], as: UTF8.self).prefix(3) } == ["k", "x{b", "{__"])
  }

  @Test(arguments: [
    ("up", "up", true), ("up", "down", false), (#"{__name__=~"lite.*"}"#, "litellm_requests", true),
    (#"{__name__=~"lite.*"}"#, "vllm_requests", false), (#"{__name__!="up", job="a"}"#, "up", false),
    (#"{job="a"}"#, "up", true), ("$metric", "up", true), (#"{__name__=~"${metric}_total"}"#, "up", true),
  ]) func selectorsMayReadAMetric(expression: String, metric: String, isRead: Bool) throws {
    guard let selector = try PromQLExpression.parsed(expression).labels().selectors.first else {
      #expect(expression == "$metric")
      return
    }
    #expect(selector.mayRead(metric) == isRead)
  }

  @Test func destinationsOfALabel() throws {
    let text = #"label_join(label_replace(x, "short", "$1", "user", "(.).*"), "both", "-", "user", "job")"#
    let labels = try PromQLExpression.parsed(text).labels()
    #expect(labels.destinations(of: "user", in: 0) == ["user": [.whole], "short": [.part], "both": [.combined]])
    #expect(labels.destinations(of: "short", in: 0) == ["short": [.whole]])
    #expect(try PromQLExpression.parsed(#"x{user="me"}"#).labels().destinations(of: "user", in: 0).isEmpty)
    #expect(try PromQLExpression.parsed("sum by (job) (x)").labels().destinations(of: "user", in: 0).isEmpty)
  }

  @Test func theWholeSetShowsWhatPasses() throws {
    let labels = try PromQLExpression.parsed(#"x{job="a"} * on (job) group_left (v) y"#).labels()
    #expect(
      labels.everyOrigin() == [
        .init(.literal("a")), .init(.label(selector: 1, name: "v")),
        .init(.everyLabel(selector: 0, except: ["__name__", "__type__", "__unit__", "job", "v"])),
      ])
    #expect(
      labels.everyOrigin(except: ["v", "job", "b"]) == [
        .init(.everyLabel(selector: 0, except: ["__name__", "__type__", "__unit__", "b", "job", "v"]))
      ])
  }

  @Test func predictionsAreExactOrBound() throws {
    let labels = try PromQLExpression.parsed(#"label_replace(sum by (a, b) (x), "c", "$1", "a", "(a.*)")"#).labels()
    let prediction = labels.predicted { _ in ["__name__", "a", "z"] }
    #expect(prediction == [.init(always: ["a"], possibly: ["c"])])
    #expect(prediction.first?.allows(["a", "c"]) == true)
    #expect(prediction.first?.allows(["c"]) == false)
    #expect(prediction.first?.allows(["a", "z"]) == false)
    #expect(!labels.isExact)
  }

  @Test func passagesAddUp() {
    #expect(PromQLLabels.Passage.whole.then(.combined) == .combined)
    #expect(PromQLLabels.Passage.part.then(.combined) == .part)
  }

  @Test func literalsStandInTheOrderOfTheText() throws {
    let text =
      #"label_replace(max_over_time(x{a="1", b!~"2|\u0033"}[5m:]), "c", "$1", "d", "(.*)") > -count_values("v", y)"#
    let literals = try PromQLExpression.parsed(text).literals
    #expect(literals.map(\.text) == ["1", "2|3", "c", "$1", "d", "(.*)", "v"])
    #expect(literals.map(\.label) == ["a", "b"] + [nil, nil, nil, nil, nil])
    let utf8 = Array(text.utf8)
    #expect(
      literals.prefix(3).map { String(decoding: utf8[$0.range], as: UTF8.self) } == [
        #"a="1""#, #"b!~"2|\u0033""#, #""c""#,
      ])
  }
}
