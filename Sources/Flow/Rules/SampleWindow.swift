import Syntax

/// A range of samples that a function reads.
struct SampleWindow {
  /// Those that say nothing of a single sample.
  private static let ofTwo: Set<String> = ["rate", "increase", "irate", "delta", "idelta", "deriv", "predict_linear"]

  var function: String
  var selector: PromQLSelector

  /// Whether the function needs two samples.
  var needsTwo: Bool { Self.ofTwo.contains(function) }
}

extension PromQLExpression {
  /// Every selector with a range, and the function that reads it.
  var windows: [SampleWindow] {
    var windows: [SampleWindow] = []
    visit { expression in
      guard case .call(let call) = expression.node else { return }
      for case .selector(let selector) in call.arguments.map(\.bare.node) where selector.range != nil {
        windows.append(SampleWindow(function: call.function, selector: selector))
      }
    }
    return windows
  }

  /// Itself and everything that it consists of, from left to right.
  func visit(_ body: (PromQLExpression) -> Void) {
    var waiting = [self]
    while let next = waiting.popLast() {
      body(next)
      waiting += next.children.reversed()
    }
  }
}
