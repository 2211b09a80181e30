import Expressions
public import Syntax
public import Vocabulary

/// A selector of streams: label matchers in braces, such as `{job="vllm", node=~"gpu-.*"}`.
///
/// Source: grafana.com/docs/loki/latest/query/log_queries; expressions are RE2's and stand for the whole value.
public struct StreamSelector: Sendable {
  enum Test: Sendable {
    case equals(String)
    case matches(RE2)
  }

  struct Condition: Sendable {
    var label: String
    var test: Test
    var isNegated: Bool

    init(_ matcher: LabelMatcher) throws(ExpressionError) {
      label = matcher.name
      isNegated = matcher.op == .notEqual || matcher.op == .matchesNot
      switch matcher.op {
      case .equal, .notEqual: test = .equals(matcher.value)
      case .matches, .matchesNot: test = .matches(try RE2(matcher.value, anchored: .prometheus3))
      }
    }
  }

  /// As it was written.
  public let text: String
  let conditions: [Condition]

  /// - Parameters:
  ///   - value: where it stands in a document, for the error.
  /// - Throws: `usage` for what is no selector, and for line filters, since streams are chosen by their labels alone.
  public init(_ value: PositionedValue, path: String?) throws(Fault) {
    text = value.string ?? ""
    let (pipeline, conditions) = try Self.read(
      text, remedy: "write label matchers, e.g. {job=\"vllm\"}"
    ) { (problem, remedy) in
      Fields.fault("not a selector of streams, \(problem)", at: value, path: path, remedy: remedy)
    }
    guard pipeline.stages.isEmpty else {
      throw Fields.fault(
        "not a selector of streams: it filters lines", at: value, path: path,
        remedy: "write label matchers alone, e.g. {job=\"vllm\"}")
    }
    self.conditions = conditions
  }

  init(conditions: [Condition]) {
    text = ""
    self.conditions = conditions
  }

  /// Reads label matchers and what stands behind them.
  static func read(
    _ text: String, remedy: String, _ fault: (_ problem: String, _ remedy: String) -> Fault
  ) throws(Fault) -> (LogQLPipeline, [Condition]) {
    // Promtail has a parser of its own, which knows no more than this version of Loki's.
    let options = LogQLOptions(version: .loki29, allowsAnyStream: true)
    let expression: LogQLExpression
    do throws(QueryError) {
      expression = try LogQLExpression.parse(text, options: options)
    } catch {
      throw fault("at its byte \(error.offset): \(error.message)", remedy)
    }
    guard case .lines(let pipeline) = expression.node, !pipeline.matchers.isEmpty else {
      throw fault("since it chooses no streams", remedy)
    }
    var conditions: [Condition] = []
    for matcher in pipeline.matchers {
      do throws(ExpressionError) {
        conditions.append(try Condition(matcher))
      } catch {
        throw fault("at its byte \(matcher.range.lowerBound): \(error.problem)", error.remedy ?? remedy)
      }
    }
    return (pipeline, conditions)
  }
}

/// A selector ready to match. One per worker.
public final class StreamMatcher {
  private let conditions: [(condition: StreamSelector.Condition, matcher: RE2Matcher?)]

  public init(_ selector: StreamSelector) {
    conditions = selector.conditions.map { condition in
      if case .matches(let expression) = condition.test { return (condition, RE2Matcher(expression)) }
      return (condition, nil)
    }
  }

  /// Whether a stream with these labels is selected; a label that it lacks counts as empty.
  public func matches(_ labels: [String: String]) -> Bool {
    conditions.allSatisfy { condition, matcher in
      let value = labels[condition.label] ?? ""
      let holds: Bool
      switch condition.test {
      case .equals(let text): holds = value.utf8.elementsEqual(text.utf8)
      case .matches: holds = matcher?.matches(Array(value.utf8)) ?? false
      }
      return holds != condition.isNegated
    }
  }
}
