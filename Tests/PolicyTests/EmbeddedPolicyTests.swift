import Foundation
import Testing
import Vocabulary

@testable import Policy

@Suite struct EmbeddedPolicyTests {
  /// The binary does not check its own contracts and names when it starts.
  @Test func isReadAndCheckedWhole() throws {
    let policy = try PolicyReader.read(.embedded)
    #expect(try policy.contracts == PolicySet.embedded().contracts)
    #expect(try policy.knownNames == PolicySet.embedded().knownNames)
  }

  @Test func embeddedTextEqualsTheFiles() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("policies").path
    let files = try PolicyFiles(directory: root)
    #expect(Set(files.files.keys) == Set(EmbeddedPolicy.files.keys))
    for (path, bytes) in files.files {
      #expect(
        EmbeddedPolicy.files[path].map { Array($0.utf8) } == bytes, "\(path): run tools/embed again (see Makefile)")
    }
  }

  @Test func everyExampleHolds() throws {
    let outcomes = try PolicySet.embedded().testExamples()
    #expect(outcomes.count > 150)
    for outcome in outcomes where !outcome.passed {
      let kind = outcome.mustMatch ? "example" : "counter-example"
      Issue.record("\(outcome.rule): \(kind) \(outcome.number)")
    }
  }
}
