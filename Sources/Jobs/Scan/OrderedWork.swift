import Foundation

/// Work on several cores whose results come in the order of the inputs, so that what is made of them depends on nothing else.
enum OrderedWork {
  /// Results that may wait for one before them.
  private static let window = 64

  /// - Parameters:
  ///   - workers: inputs that are worked on at the same time.
  ///   - work: runs once an input.
  ///   - take: gets each result, in order.
  static func run<Input: Sendable, Output: Sendable>(
    _ inputs: [Input], workers: Int = ProcessInfo.processInfo.activeProcessorCount,
    _ work: @escaping @Sendable (Input) throws -> Output,
    take: (Input, Output) throws -> Void
  ) async throws {
    let workers = max(1, workers)
    try await withThrowingTaskGroup(of: (Int, Output).self) { group in
      var started = 0
      var running = 0
      var taken = 0
      var waiting: [Int: Output] = [:]
      while taken < inputs.count {
        while started < inputs.count, running < workers, started - taken < window {
          let index = started
          let input = inputs[index]
          group.addTask {
            try Task.checkCancellation()
            return (index, try work(input))
          }
          started += 1
          running += 1
        }
        guard let (index, output) = try await group.next() else { return }
        running -= 1
        waiting[index] = output
        while let next = waiting.removeValue(forKey: taken) {
          try take(inputs[taken], next)
          taken += 1
        }
      }
    }
  }
}
