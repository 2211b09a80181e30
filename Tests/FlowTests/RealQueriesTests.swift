import Foundation
import Syntax
import Testing

@testable import Flow

@Suite(.enabled(if: Shared.isThere, "no evaluation data beside the checkout (SIGILO_SHARED)"))
struct RealQueriesTests {
  /// None where it does not parse, which other tests look at.
  private func documents(_ path: String) throws -> [PositionedValue] {
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    return CheckedFile(
      ConfigFile(path: path, role: FileRole.recognise(path: path, bytes: bytes), bytes: bytes)
    ).documents
  }

  /// Of other projects' dashboards: each query for Loki is read, and printed as one with the same parse.
  @Test func dashboardsForLoki() throws {
    let root = "\(Shared.root)/corpora/real"
    var dashboards = 0
    var queries = 0
    for path in Shared.files(below: root) where path.hasPrefix("dashboards/") {
      for document in try documents("\(root)/\(path)") {
        guard let dashboard = Dashboard(document) else { continue }
        dashboards += 1
        for query in dashboard.queries where query.source.kind == .loki {
          queries += 1
          guard case .logQL(let expression)? = query.parsed else {
            Issue.record("\(path) \(query.place.pointer)")
            continue
          }
          #expect(try LogQLExpression.parse(expression.description, options: .grafana) == expression, "\(path)")
        }
      }
    }
    #expect(dashboards > 100 && queries > 30)
  }

  /// Rules whose functions take a selector without a metric's name are Loki's.
  @Test func rulesForLoki() throws {
    let root = "\(Shared.root)/corpora/real"
    var count = 0
    for path in Shared.files(below: root) where path.hasPrefix("rules/") {
      for document in try documents("\(root)/\(path)") {
        for query in Query.all(in: document) where query.text.contains(/(rate|_over_time) *\( *\{[^}]*\} *(\||\[)/) {
          count += 1
          let expression = try LogQLExpression.parse(query.text)
          #expect(try LogQLExpression.parse(expression.description) == expression, "\(path)")
        }
      }
    }
    #expect(count > 10)
  }
}
