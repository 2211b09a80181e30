import Vocabulary

@testable import Contracts

/// What was learned from lines in memory.
struct Learned {
  let text: String
  let summary: LearningSummary
  let contract: Contract
  private let names: FleetNames

  /// - Parameter isContent: stands in for the detectors.
  init(
    _ lines: [String], base: String? = nil, source: String = "sample", names: FleetNames = FleetNames(),
    isContent: @escaping (String) -> Bool = { _ in false }
  ) throws {
    var learner = try ContractLearner(source, base: base, path: "sample.yaml", names: names, isContent: isContent)
    repeat {
      learner.beginSource()
      for (index, line) in lines.enumerated() {
        let place = LearningPlace(path: "sample.log", line: index + 1)
        if isContent(line) {
          learner.skipContent(at: place)
        } else {
          Array(line.utf8).withUnsafeBytes { learner.line($0, 0..<$0.count, at: place) }
        }
      }
    } while try learner.endRound()
    text = try learner.text()
    summary = learner.summary
    contract = try Contract.parse(Array(text.utf8), path: "sample.yaml")
    self.names = names
  }

  /// How many of the lines nothing claims, each with what went before.
  func unclaimed(_ lines: [String]) throws -> [Int] {
    var matcher = ContractMatcher(try CompiledContract(contract, names: names))
    return lines.indices.filter { index in
      Array(lines[index].utf8).withUnsafeBytes { matcher.line($0, 0..<$0.count) } != nil
    }
  }

  var templates: [String] { contract.logs.flatMap { $0.lines.map(\.text) } }

  var undecided: [String] {
    contract.undecided.compactMap { if case .line(let text) = $0.subject { text } else { nil } }
  }
}

/// Some lines of one form, with numbers in it.
func repeated(_ count: Int = 5, _ line: (Int) -> String) -> [String] { (1...count).map(line) }
