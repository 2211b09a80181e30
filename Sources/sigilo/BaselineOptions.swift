import ArgumentParser

/// `scan`'s baseline.
struct BaselineOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Findings that are known: they are shown and do not fail the run; findings of content always count (default: none).",
      valueName: "file"))
  var baseline: String?

  @Flag(help: "Add to the baseline what this run finds; it is known from the next run on.")
  var updateBaseline = false

  @Flag(help: "Take out of the baseline what is gone from files that this run read whole, and from nowhere else.")
  var pruneBaseline = false

  func validate() throws {
    if baseline == nil, updateBaseline || pruneBaseline {
      throw ValidationError("--update-baseline and --prune-baseline change the file that --baseline FILE names.")
    }
  }
}
