import Foundation
import Syntax
import Testing

/// What is said of expressions, written short:
///
/// - `job=0.job`: the label `job` is that label of the first selector; `~` behind it where it is there if that is, `?` where it
///   may be there, nothing where it always is
/// - `'x'` for text of the expression, `#` for a number, `?` for the unknown
/// - `…0.a` for a value that arrives among other text, `/0.a` for a part of it
/// - `*0-a-b`: all other labels of the first selector but `a` and `b`
@Suite struct PromQLLabelsTests {
  @Test(arguments: [
    ("up", "__name__='up' *0-__name__"),
    ("up[5m] offset 1m", "__name__='up' *0-__name__"),
    (#"{__name__=~"up|down"}"#, "__name__='down'|'up' *0-__name__"),
    (#"{__name__=~"up.*"}"#, "__name__=0.__name__ *0-__name__"),
    // The value that a matcher gives is known, and is text of the expression.
    (#"up{job="a"}"#, "__name__='up' job='a' *0-__name__-job"),
    (#"up{job=~"(a|b)"}"#, "__name__='up' job='a'|'b' *0-__name__-job"),
    (#"up{job=~"a|b", job!="a"}"#, "__name__='up' job='b' *0-__name__-job"),
    (#"up{job=~"a|"}"#, "__name__='up' job='a'~ *0-__name__-job"),
    (#"up{job=""}"#, "__name__='up' *0-__name__-job"),
    (#"up{job!=""}"#, "__name__='up' job=0.job *0-__name__-job"),
    (#"up{job=~".+"}"#, "__name__='up' job=0.job *0-__name__-job"),
    (#"up{job=~".*"}"#, "__name__='up' *0-__name__"),
    (#"up{job!="a"}"#, "__name__='up' *0-__name__"),
    (#"up{job=~"$job"}"#, "__name__='up' *0-__name__"),
  ]) func selectors(expression: String, labels: String) throws { #expect(try short(expression) == [labels]) }

  @Test(arguments: [
    ("sum(x)", ""),
    ("count by (a) (x)", "a=0.a~"),
    (#"sum by (a, b) (x{a="1"})"#, "a='1' b=0.b~"),
    ("max without (a) (x)", "*0-__name__-a"),
    ("avg by (a) (sum without (a) (x))", ""),
    ("sum by (__name__) (x)", "__name__='x'"),
    ("topk(3, x)", "__name__='x' *0-__name__"),
    ("bottomk by (a) (3, x)", "__name__='x' *0-__name__"),
    ("quantile by (a) (0.9, x)", "a=0.a~"),
    (#"count_values("v", x)"#, "v=#"),
    (#"count_values by (a) ("a", x)"#, "a=#"),
    (#"count_values without (a) ("v", x)"#, "v=# *0-__name__-a-v"),
    ("sum by (a, $b) (x)", "__name__='x'? *0-__name__?"),
  ]) func aggregations(expression: String, labels: String) throws { #expect(try short(expression) == [labels]) }

  @Test(arguments: [
    ("rate(x[5m])", "*0-__name__-__type__-__unit__"),
    ("-x", "*0-__name__-__type__-__unit__"),
    ("+x", "__name__='x' *0-__name__"),
    ("last_over_time(x[5m])", "__name__='x' *0-__name__"),
    ("max_over_time((sum by (a) (x))[5m:1m])", "a=0.a~"),
    ("sort_desc(x)", "__name__='x' *0-__name__"),
    ("clamp(x, 0, scalar(y))", "*0-__name__-__type__-__unit__"),
    ("hour()", ""),
    ("scalar(x)", ""),
    ("vector(scalar(x))", ""),
    ("time()", ""),
    ("histogram_count(x)", "*0-__name__"),
    ("histogram_quantile($q, sum by (le, a) (x))", "a=0.a~ | a=0.a~ le=0.le~"),
    (#"histogram_quantiles(sum by (a) (x), "q", 0.5, 0.9)"#, "a=0.a~ q=#"),
    (#"absent(x{a="1", b!="2", c="", d="3", d="4"})"#, "a='1'"),
    (#"absent_over_time(x{a="1"}[5m])"#, "a='1'"),
    (#"absent(sum(x{a="1"}))"#, ""),
    ("$query", "*??"),
  ]) func functions(expression: String, labels: String) throws {
    #expect(try short(expression).joined(separator: " | ") == labels)
  }

  @Test(arguments: [
    ("x + 1", "*0-__name__-__type__-__unit__"),
    ("1 < x", "__name__='x' *0-__name__"),
    ("x > bool 1", "*0-__name__-__type__-__unit__"),
    ("1 + 1", ""),
    ("x * y", "*0-__name__-__type__-__unit__"),
    ("x == y", "__name__='x' *0-__name__"),
    ("x == on (a, b) y", "a=0.a~ b=0.b~"),
    ("x == ignoring (a) y", "__name__='x' *0-__name__-a"),
    ("x * on (a) group_left () y", "*0-__name__-__type__-__unit__"),
    // A label that is taken replaces the own one, also where the other side has none.
    ("x * on (a) group_left (v) y", "v=1.v~ *0-__name__-__type__-__unit__-v"),
    ("x * on (a) group_right (v) y", "v=0.v~ *1-__name__-__type__-__unit__-v"),
    (#"x > on (a) group_left (v) max by (a) (y)"#, "__name__='x' *0-__name__-v"),
    ("x and on (a) y", "__name__='x' *0-__name__"),
    ("x unless y", "__name__='x' *0-__name__"),
    ("x or y", "__name__='x' *0-__name__ | __name__='y' *1-__name__"),
    ("sum by (a) (x or y)", "a=0.a~ | a=1.a~"),
    ("x > $limit", "__name__='x' *0-__name__"),
    ("x * on ($a) y", "*0-__name__-__type__-__unit__?"),
    ("x + on (a) fill_left (0) y", "a=0.a~ | a=1.a~"),
    (
      "x + on (a) group_left (v) fill_right (0) y",
      "v=1.v~ *0-__name__-__type__-__unit__-v | *0-__name__-__type__-__unit__-v"
    ),
  ]) func operators(expression: String, labels: String) throws {
    #expect(try short(expression).joined(separator: " | ") == labels)
  }

  @Test(arguments: [
    (#""new", "$1", "a", "(.*)""#, "new=0.a~ old=0.old~"),
    (#""new", "${1}", "a", "(.+)""#, "new=0.a~ old=0.old~"),
    (#""old", "$1", "a", "(.*)""#, "old=0.a~"),
    (#""old", "$1", "a", "(.+)""#, "old=0.a|0.old~"),
    (#""new", "x-$1", "a", "(.*)""#, "new='…x-'|…0.a old=0.old~"),
    (#""new", "$1", "a", "([a-z]+).*""#, "new=/0.a? old=0.old~"),
    (#""old", "$1", "a", "([a-z]+).*""#, "old=/0.a|0.old?"),
    (#""old", "", "a", ".*""#, ""),
    (#""old", "", "a", "x.*""#, "old=0.old?"),
    (#""new", "$2", "a", "(.*)""#, "old=0.old~"),
    // A source that is not there is empty; so labels are added.
    (#""new", "fixed", "", """#, "new='fixed' old=0.old~"),
    (#""new", "fixed", "gone", ".+""#, "old=0.old~"),
    (#""old", "fixed", "gone", ".+""#, "old=0.old~"),
    (#""new", "$given", "a", "(.*)""#, "new=?? old=0.old~"),
  ]) func labelReplace(arguments: String, labels: String) throws {
    #expect(
      try short("label_replace(sum by (old, a) (x), \(arguments))").map { $0.replacing(" a=0.a~", with: "") }
        .map { $0.hasPrefix("a=0.a~") ? String($0.dropFirst(6).drop { $0 == " " }) : $0 } == [labels])
  }

  @Test func labelReplaceOfAKnownValueIsKnown() throws {
    func of(_ replacement: String, _ expression: String) throws -> [String] {
      try short(#"sum by (a, b) (label_replace(x{a=~"in|out"}, "b", "\#(replacement)", "a", "\#(expression)"))"#)
    }
    #expect(try of("${1}put", "(.*)") == ["a='in'|'out' b='input'|'output'"])
    #expect(try of("$1", "(i?).*") == ["a='in'|'out' b='i'?"])
    #expect(try of("yes", "in") == ["a='in'|'out' b='yes'|0.b?"])
  }

  @Test(arguments: [
    (#""new", "-", "a", "b""#, "a=0.a~ b=0.b~ new='…-'|…0.a|…0.b"),
    (#""new", "", "a", "b""#, "a=0.a~ b=0.b~ new=…0.a|…0.b~"),
    (#""new", "-", "a""#, "a=0.a~ b=0.b~ new=0.a~"),
    (#""b", "-""#, "a=0.a~"),
  ]) func labelJoin(arguments: String, labels: String) throws {
    #expect(try short("label_join(sum by (a, b) (x), \(arguments))") == [labels])
  }

  @Test func infoAddsLabelsOfOtherSeries() throws {
    #expect(
      try short("info(x)") == ["__name__='x' *0-__name__ *1-__name__-instance-job?"])
    #expect(
      try short(#"info(x{a="1"}, {__name__="build_info", a=~".+", b="2"})"#)
        == ["__name__='x' a='1' b='2'|0.b? *0-__name__-a-b"])
    let labels = try PromQLExpression.parsed("info(x)").labels()
    #expect(labels.selectors.map(\.metric) == ["x", "target_info"])
    #expect(labels.selectors.map(\.isInfo) == [false, true])
  }

  @Test func aFunctionOfAnotherTimeMayCarryWhateverItIsGiven() throws {
    let call = PromQLExpression(.call(PromQLCall("of_tomorrow", [try .parsed("x")])))
    #expect(short(call.labels()) == ["__name__='x'? *0-__name__?", "*??"])
  }

  /// `--enable-feature=promql-delayed-name-removal`
  @Test(arguments: [
    ("rate(x[5m])", "*0-__name__-__type__-__unit__"),
    ("sum by (__name__, a) (rate(x[5m]))", "a=0.a~"),
    ("last_over_time(rate(x[5m])[5m:1m])", "*0-__name__-__type__-__unit__"),
    (#"label_replace(rate(x[5m]), "n", "$1", "__name__", "(.+)")"#, "n='x' *0-__name__-__type__-__unit__-n"),
    (#"sum by (__name__) (label_replace(rate(x[5m]), "__name__", "y", "", ""))"#, "__name__='y'"),
    ("sum by (__name__) (x or rate(y[5m]))", "__name__='x'? | __name__='y'?"),
    // It comes back where series are compared.
    ("rate(x[5m]) > y", "__name__='x' *0-__name__"),
    ("x + y", "*0-__name__-__type__-__unit__"),
  ]) func namesRemovedLast(expression: String, labels: String) throws {
    #expect(try short(expression, rules: .init(delaysNameRemoval: true)).joined(separator: " | ") == labels)
  }

  @Test(arguments: [
    (PromQLVersion(3, 4), "rate(x[5m])", "*0-__name__"),
    // Here a newline in the value is not matched.
    (PromQLVersion(2, 55), #"sum by (b) (label_replace(x, "b", "$1", "a", "(.*)"))"#, "b=/0.a|0.b?"),
    (PromQLVersion(2, 55), "sum by (__name__) (x == bool on (a) group_left (__name__) y)", ""),
    (PromQLVersion(3, 11), "sum by (__name__) (x == bool on (a) group_left (__name__) y)", "__name__='y'"),
    (PromQLVersion(2, 46), "x atan2 1", "__name__='x' *0-__name__"),
    (PromQLVersion(2, 47), "x atan2 1", "*0-__name__"),
    (PromQLVersion(2, 51), #"count_values by (a, v) ("v", x)"#, "a=0.a? v=#"),
    (PromQLVersion(2, 52), #"count_values by (a, v) ("v", x)"#, "a=0.a~ v=#"),
  ]) func versions(version: PromQLVersion, expression: String, labels: String) throws {
    #expect(try short(expression, rules: .init(version: version)) == [labels])
  }

  /// About as deep as the parser lets an expression be.
  @Test(arguments: [
    (120, "abs(", ")"), (120, "(", ")"), (120, "-", ""), (120, "sum without (b) (", ")"), (120, "info(", ")"),
    (120, "histogram_quantile(0.5, ", ")"), (120, "max_over_time(", "[5m:1m])"),
    (120, "label_replace(", #", "b", "$1", "a", "(.*)")"#), (480, "", " or y{a=\"1\"}"), (480, "x + ", ""),
    (480, "x * on (a) group_left (b) ", ""), (480, "x and ", ""),
  ]) func deepExpressions(depth: Int, head: String, tail: String) async throws {
    let text = String(repeating: head, count: depth) + "x" + String(repeating: tail, count: depth)
    let expression = try PromQLExpression.parsed(text)
    let alternatives = try await onAQuarterOfAStack { expression.labels().alternatives.count }
    #expect(1...32 ~= alternatives)
  }

  @Test func alternativesBeyondALimitBecomeOneThatIsNotExact() throws {
    let many = (0..<40).map { "m\($0){a=\"\($0)\"}" }.joined(separator: " or ")
    let labels = try PromQLExpression.parsed("sum by (a, b) (\(many))").labels()
    #expect(labels.alternatives.count <= 32)
    #expect(!labels.isExact)
    #expect(labels.origins(of: "a").count == 40)
    #expect(labels.origins(of: "b").count == 40)
  }
}

/// Threads have 8 MiB.
private func onAQuarterOfAStack<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
  try await withCheckedThrowingContinuation { continuation in
    let thread = Thread { continuation.resume(with: Result { try work() }) }
    thread.stackSize = 2 << 20
    thread.start()
  }
}

/// See `PromQLLabelsTests`.
private func short(_ expression: String, rules: PromQLLabels.Rules = .init()) throws -> [String] {
  short(try PromQLExpression.parsed(expression).labels(rules: rules))
}

private func short(_ labels: PromQLLabels) -> [String] {
  labels.alternatives.map { branch in
    let named = branch.named.sorted { $0.key < $1.key }.map { name, label in
      "\(name)=\(label.origins.map(short).sorted().joined(separator: "|"))\(short(label.presence))"
    }
    let others = branch.others.map { other in
      "*\(other.selector.map(String.init) ?? "?")\(other.except.sorted().map { "-\($0)" }.joined())\(other.isCertain ? "" : "?")"
    }
    return (named + others).joined(separator: " ")
  }
}

private func short(_ presence: PromQLLabels.Presence) -> String {
  switch presence {
  case .certain: ""
  case .whereAny: "~"
  case .possible: "?"
  }
}

private func short(_ origin: PromQLLabels.Origin) -> String {
  let mark =
    switch origin.passage {
    case .whole: ""
    case .combined: "…"
    case .part: "/"
    }
  return switch origin.source {
  case .label(let selector, let name): "\(mark)\(selector).\(name)"
  case .everyLabel(let selector, _): "\(mark)\(selector).*"
  case .literal(let text): "'\(mark)\(text)'"
  case .number: "\(mark)#"
  case .unknown: "?"
  }
}
