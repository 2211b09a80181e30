import Syntax
public import Vocabulary

/// How an example of a clause came out.
public struct ClauseOutcome: Sendable, Hashable {
  public var clause: String
  /// Number among the clause's examples or counter-examples, from 1.
  public var number: Int
  /// The clause must claim it; false for a counter-example, which nothing may claim whole.
  public var mustBeClaimed: Bool
  public var passed: Bool
}

extension Contract {
  /// Runs every clause's examples and counter-examples, and asks that each line template has an example.
  public func testExamples() throws(Fault) -> [ClauseOutcome] {
    let compiled = try CompiledContract(self, names: exampleNames)
    var outcomes: [ClauseOutcome] = []
    for clause in metrics {
      for (texts, must) in [(clause.examples, true), (clause.counterExamples, false)] {
        for (index, text) in texts.enumerated() {
          let isClaimed = compiled.claims(sample: text, by: clause.id)
          outcomes.append(
            ClauseOutcome(clause: clause.id, number: index + 1, mustBeClaimed: must, passed: isClaimed == must))
        }
      }
    }
    for clause in logs {
      for (texts, must) in [(clause.examples, true), (clause.counterExamples, false)] {
        for (index, text) in texts.enumerated() {
          let isClaimed = compiled.claims(record: text, by: must ? clause.id : nil)
          outcomes.append(
            ClauseOutcome(clause: clause.id, number: index + 1, mustBeClaimed: must, passed: isClaimed == must))
        }
      }
    }
    return outcomes + testSettings()
  }

  /// Line templates that no example of their clause obeys, as clause ids.
  public func templatesWithoutExample() throws(Fault) -> [String] {
    let compiled = try CompiledContract(self, names: exampleNames)
    let templates = logs.flatMap { clause in clause.lines.map { (clause.id, $0) } }
    var missing = Set(templates.indices)
    var matcher = TemplateMatcher(compiled.lines)
    for clause in logs {
      for example in clause.examples {
        for line in example.split(separator: "\n", omittingEmptySubsequences: false) {
          let template = Array(line.utf8).withUnsafeBytes { matcher.match($0, 0..<$0.count) }
          if let template { missing.remove(template) }
        }
      }
    }
    return missing.sorted().map { "\(templates[$0].0): \(templates[$0].1.text)" }
  }
}

extension CompiledContract {
  /// Whether the line of an exposition is claimed whole, and by that clause.
  fileprivate func claims(sample text: String, by clause: String) -> Bool {
    var reader = SampleReader(matcher: ContractMatcher(self), clause: clause)
    let bytes = Array(text.utf8)
    return bytes.withUnsafeBytes { raw in
      reader.bytes = raw
      do throws(Fault) { try ExpositionParser.parse(raw, &reader) } catch { return false }
      return reader.isClaimed && reader.samples == 1
    }
  }

  /// Whether every line of the record is claimed, the first by that clause.
  fileprivate func claims(record text: String, by clause: String?) -> Bool {
    var matcher = ContractMatcher(self)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let areClaimed = lines.allSatisfy { line in
      Array(line.utf8).withUnsafeBytes { matcher.line($0, 0..<$0.count) } == nil
    }
    guard let clause else { return areClaimed }
    var first = TemplateMatcher(self.lines)
    let template = Array(lines[0].utf8).withUnsafeBytes { first.match($0, 0..<$0.count) }
    guard let template else { return false }
    let claimer = contract.logs[lineClauses[template]]
    if case .forbidden = claimer.standing { return claimer.id == clause }
    return areClaimed && claimer.id == clause
  }
}

private struct SampleReader: ExpositionVisitor {
  var matcher: ContractMatcher
  let clause: String
  var bytes = UnsafeRawBufferPointer(start: nil, count: 0)
  var isClaimed = true
  var samples = 0

  mutating func sample(_ sample: borrowing ExpositionSample) throws(Fault) {
    samples += 1
    let name = String(decoding: bytes[sample.name], as: UTF8.self)
    let claimer = matcher.compiled.series[name].map { matcher.compiled.contract.metrics[$0.clause].id }
    if matcher.family(name) != nil || claimer != clause { isClaimed = false }
    for label in sample.labels {
      var value: [UInt8] = []
      ExpositionText.append(bytes, label.value, to: &value)
      let labelName = String(decoding: bytes[label.name], as: UTF8.self)
      if value.withUnsafeBytes({ matcher.label(labelName, $0, of: name) }) != nil { isClaimed = false }
    }
  }

  mutating func broken(_ line: Range<Int>, at offset: Int, problem: StaticString) throws(Fault) { isClaimed = false }
}
