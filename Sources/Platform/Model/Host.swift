import Foundation

/// The operating system of one node: what node exporter would read from it.
struct Host: Sendable {
  let name: String
  /// Processors; fixed, as the fleet does not say.
  static let processors = 8
  static let memory = 270_000_000_000.0

  private(set) var now = 0.0
  private(set) var busy = 0.0
  private(set) var averages: [Double]
  private(set) var received = 0.0
  private(set) var sent = 0.0
  private(set) var written = 0.0
  /// Share of the processors in use, as of the last event.
  private(set) var usage: Double

  init(name: String) {
    self.name = name
    usage = 0.05
    averages = Array(repeating: 0.05 * Double(Self.processors), count: 3)
  }

  /// - Parameter work: requests that the node handles at the moment.
  mutating func integrate(to time: Double, work: Double) {
    let elapsed = time - now
    guard elapsed > 0 else { return }
    usage = min(0.95, 0.04 + 0.006 * work)
    busy += usage * elapsed * Double(Self.processors)
    let runnable = usage * Double(Self.processors)
    for (index, lag) in [60.0, 300, 900].enumerated() {
      averages[index] = runnable + (averages[index] - runnable) * exp(-elapsed / lag)
    }
    received += elapsed * (2_000 + 1_500 * work)
    sent += elapsed * (3_000 + 900 * work)
    written += elapsed * (9_000 + 400 * work)
    now = time
  }
}
