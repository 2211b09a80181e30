import Syntax
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
          Array(line.utf8).withUnsafeBytes { learner.skipContent($0, 0..<$0.count, at: place) }
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

/// What was learned from an exposition in memory.
struct LearnedExposition {
  let text: String
  let summary: LearningSummary
  let contract: Contract
  private let names: FleetNames

  init(
    _ lines: [String], base: String? = nil, source: String = "sample", names: FleetNames,
    isContent: @escaping (String) -> Bool = { _ in false }
  ) throws {
    let bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
    var learner = try ContractLearner(source, base: base, path: "sample.yaml", names: names, isContent: isContent)
    repeat {
      learner.beginSource()
      var problem: Fault?
      bytes.withUnsafeBytes { bytes in
        do throws(Fault) {
          try learner.exposition(bytes, path: "sample.prom") { text, _ in
            isContent(String(decoding: text, as: UTF8.self))
          }
        } catch { problem = error }
      }
      if let problem { throw problem }
    } while try learner.endRound()
    text = try learner.text()
    summary = learner.summary
    contract = try Contract.parse(Array(text.utf8), path: "sample.yaml")
    self.names = names
  }

  /// Labels that are named for a person to decide, as `family label`.
  var named: Set<String> {
    Set(
      contract.undecided.flatMap { undecided -> [String] in
        guard case .label(let label, let families) = undecided.subject else { return [] }
        return families.map { "\($0) \(label)" }
      })
  }

  /// Holds another exposition to the contract: how many families and values there are, and what is not claimed.
  func hold(_ lines: [String]) throws -> (all: Int, unclaimed: [String]) {
    let bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
    return try bytes.withUnsafeBytes { raw in
      var reader = Held(bytes: raw, matcher: ContractMatcher(try CompiledContract(contract, names: names)))
      try ExpositionParser.parse(raw, &reader)
      return (reader.all, reader.unclaimed)
    }
  }

  private struct Held: ExpositionVisitor {
    let bytes: UnsafeRawBufferPointer
    var matcher: ContractMatcher
    var miner = MetricMiner()
    var all = 0
    var unclaimed: [String] = []

    private func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    mutating func type(name: Range<Int>, kind: Range<Int>) throws(Fault) { miner.type(text(name), text(kind)) }

    mutating func sample(_ sample: borrowing ExpositionSample) throws(Fault) {
      let name = text(sample.name)
      let family = miner.family(of: name).name
      all += 1
      if matcher.family(name) != nil { return unclaimed.append(family) }
      for label in sample.labels {
        all += 1
        var value: [UInt8] = []
        ExpositionText.append(bytes, label.value, to: &value)
        let breach = value.withUnsafeBytes { matcher.label(text(label.name), $0, of: name) }
        if breach != nil { unclaimed.append("\(family) \(text(label.name))") }
      }
    }
  }
}
