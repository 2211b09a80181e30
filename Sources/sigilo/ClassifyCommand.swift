import ArgumentParser
import Foundation
import Jobs
import Vocabulary

struct ClassifyCommand: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "classify",
    abstract: "Judges texts from standard input, JSON a line, and writes a verdict a line.",
    discussion: """
      In: {"id","surface","text"}, surfaces label, log, alert, config. Out, in order: {"id","content","score","evidence"}. \
      The exit code is 0 whatever is judged, and 2 for a line that is no such object.
      """)

  @Option(help: ArgumentHelp("Policy set (default: built in).", valueName: "dir"))
  var policy: String?

  @Flag(help: ArgumentHelp(referenceHelp))
  var reference = false

  @Flag(help: "Also say why: the threshold, the weight of all evidence and what moved it; never the text.")
  var explain = false

  func execute() async throws -> ExitStatus {
    let job = try ClassifyJob(folder: policy, isReference: reference, explains: explain)
    var number = 0
    while let line = readLine(strippingNewline: true) {
      try Task.checkCancellation()
      number += 1
      guard !line.isEmpty else { continue }
      standardOutput(try job.classify(Array(line.utf8), number: number))
    }
    return .clean
  }
}
