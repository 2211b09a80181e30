import Expressions
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
    let text = try fields.required("selector", of: "stage match")
    var reader = SelectorReader(bytes: Array(text.utf8))
    do throws(ExpressionError) {
      streams = StreamMatcher(StreamSelector(conditions: try reader.matchers()))
      while !reader.isAtEnd {
        let mark = try reader.operation(["|=", "|~", "!=", "!~"])
        let value = try reader.literal()
        let test = mark.last == "~" ? Test.matches(RE2Matcher(try RE2(value))) : .contains(Array(value.utf8))
        filters.append(Filter(test: test, isNegated: mark.first == "!"))
      }
    } catch {
      throw fields.fault(
        "not a selector of stage match, at its byte \(error.offset): \(error.problem)", "selector",
        remedy: error.remedy ?? "write label matchers, then line filters: {job=\"a\"} |= \"b\"")
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
