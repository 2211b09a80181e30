import Platform
import Syntax

/// What Prometheus would have stored of one course: every series that the rules read, sampled at every scrape.
struct Recording: Sendable {
  struct Series: Sendable {
    var name: String
    /// Sorted by name, `job` and `instance` included.
    var labels: [(name: String, value: String)]
    /// The target is scraped at every `period`-th step.
    var period: Int
    /// One for each step; nil where no scrape brought the series.
    var values: [Double?]

    func label(_ name: String) -> String? { labels.first { $0.name == name }?.value }

    /// The series as a selector in the notation of promtool's `input_series`.
    var notation: String { Self.notation(name, labels) }

    static func notation(_ name: String, _ labels: [(name: String, value: String)]) -> String {
      var out = name + "{"
      for (index, label) in labels.enumerated() {
        if index > 0 { out += "," }
        out += "\(label.name)="
        out += GoString.quote(label.value)
      }
      return out + "}"
    }
  }

  var course: Course
  /// Time between two steps.
  var step: PrometheusDuration
  var steps: Int
  /// In the order of `notation`.
  var series: [Series]

  /// Simulated seconds at a step.
  func time(_ step: Int) -> Double { Double(step) * self.step.seconds }
}
