import ArgumentParser

@main
struct Sigilo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sigilo",
    abstract: "Shows, with evidence, that no conversation content reaches the telemetry of an LLM platform.")
}
