import Pipelines
import Syntax
import Vocabulary

extension PolicyReader {
  /// `sources`: sinks, streams and jobs, and the contracts that they are held to.
  ///
  /// - Parameter contracts: sources that the policy has contracts for.
  static func sources(_ main: Fields, contracts: [String]) throws(Fault) -> [SourceBinding] {
    guard let value = main.optional("sources") else { return [] }
    guard let sources = value.array else { throw main.fault("sources is not a list", at: value) }
    var bindings: [SourceBinding] = []
    for source in sources {
      let fields = try Fields(source, known: ["sink", "stream", "job", "contract"], path: main.path)
      bindings.append(try binding(fields, contracts: contracts))
    }
    return bindings
  }

  private static func binding(_ fields: Fields, contracts: [String]) throws(Fault) -> SourceBinding {
    var binding = SourceBinding(contract: try fields.text("contract"))
    guard contracts.contains(binding.contract) else {
      throw fields.fault(
        "the policy has no such contract", at: try fields.required("contract"),
        remedy: "Contracts: \(contracts.joined(separator: ", ")).")
    }
    switch (fields.optional("sink"), fields.optional("stream"), fields.optional("job")) {
    case (nil, nil, nil):
      throw fields.fault(
        "sink, stream or job is missing: what is held to the contract", at: fields.value,
        remedy: "For example sink: 'log:logs/vllm*', stream: '{job=\"vllm\"}' or job: vllm.")
    case (_, .some, .some(let job)): throw fields.fault("either stream or job is expected", at: job)
    case (_, let stream?, nil): binding.stream = try StreamSelector(stream, path: fields.path)
    case (_, nil, .some): binding.job = try fields.text("job")
    case (.some, nil, nil): break
    }
    guard fields.optional("sink") != nil else { return binding }
    binding.sink = try fields.text("sink")
    let kinds = Sink.Kind.allCases.map(\.rawValue)
    guard binding.sink.hasPrefix("*") || kinds.contains(where: { binding.sink.hasPrefix($0 + ":") }) else {
      throw fields.fault(
        "a sink is its kind and its name, e.g. log:logs/vllm*", at: try fields.required("sink"),
        remedy: "Kinds: \(kinds.sorted().joined(separator: ", ")); coverage prints the sinks of a run.")
    }
    return binding
  }
}
