public import Vocabulary

/// What a vetted server is started with: the options and variables that the clauses on settings want to see written down.
public struct VettedLaunch: Sendable, Hashable {
  /// `NAME=value`, in the order of the clauses.
  public let environment: [String]
  /// Options, each as one word or as `--option=value`.
  public let options: [String]
  /// What holds where the variable or option is written down, by the word.
  public let titles: [String: String]
  private let command: [String]
  private let title: String

  /// - Throws: `usage` where the contract says nothing about how its program is started.
  public init(_ contract: Contract) throws(Fault) {
    var environment: [String] = []
    var options: [String] = []
    var titles: [String: String] = [:]
    for clause in contract.settings {
      guard let vetted = clause.vetted, clause.carriers.keys.isEmpty else { continue }
      if vetted.hasPrefix("-") { options.append(vetted) } else { environment.append(vetted) }
      titles[vetted] = clause.title.english.oneLine
    }
    guard let command = contract.program?.commands.first, !environment.isEmpty || !options.isEmpty else {
      throw Fault(
        .usage, "the contract of \(contract.source) does not say what its program must be started with",
        at: contract.place)
    }
    self.environment = environment
    self.options = options
    self.titles = titles
    self.command = command
    title = "\(contract.title.english) \(contract.versions)"
  }

  /// A command line for a shell, one word a line. What follows the program's name is left to whoever starts it.
  public var script: String {
    let model = command.count > 1 ? " \"$MODEL\"" : ""
    let words =
      (environment.isEmpty ? [] : ["env"] + environment) + [command.joined(separator: " ") + model] + options
    return "# \(title): what it must be started with, beside what a site chooses.\n"
      + words.enumerated().map { index, word in (index == 0 ? "" : "  ") + word }.joined(separator: " \\\n") + "\n"
  }
}
