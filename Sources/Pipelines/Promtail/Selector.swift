import Expressions
import Syntax
import Vocabulary

/// The selector of `match`: label matchers in braces, then line filters.
struct Selector {
  private enum Test {
    case contains([UInt8])
    case matches(RE2Matcher)
  }

  private struct Filter {
    var test: Test
    var isNegated: Bool
  }

  private let streams: StreamMatcher
  private var filters: [Filter] = []

  init(_ fields: Fields) throws(Fault) {
    func fault(_ problem: String, _ remedy: String) -> Fault {
      fields.fault("not a selector of stage match, \(problem)", "selector", remedy: remedy)
    }
    let remedy = "write label matchers, then line filters: {job=\"a\"} |= \"b\""
    let text = try fields.required("selector", of: "stage match")
    let (pipeline, conditions) = try StreamSelector.read(text, remedy: remedy, fault)
    streams = StreamMatcher(StreamSelector(conditions: conditions))
    for stage in pipeline.stages {
      let place = "at its byte \(stage.range.lowerBound)"
      guard case .lineFilter(let filter) = stage.node, let value = filter.alternatives.first, !value.isAddress else {
        throw fault("\(place): not a filter of lines", remedy)
      }
      let isNegated = filter.op == .containsNot || filter.op == .matchesNot
      if filter.op == .contains || filter.op == .containsNot {
        filters.append(Filter(test: .contains(Array(value.text.value.utf8)), isNegated: isNegated))
        continue
      }
      do throws(ExpressionError) {
        filters.append(Filter(test: .matches(RE2Matcher(try RE2(value.text.value))), isNegated: isNegated))
      } catch {
        throw fault("\(place): \(error.problem)", error.remedy ?? remedy)
      }
    }
  }

  func matches(_ entry: PipelineEntry) -> Bool {
    streams.matches(entry.labels)
      && filters.allSatisfy { filter in
        let holds: Bool
        switch filter.test {
        case .contains(let text): holds = text.isEmpty || entry.line.contains(text)
        case .matches(let matcher): holds = matcher.matches(entry.line)
        }
        return holds != filter.isNegated
      }
  }
}
