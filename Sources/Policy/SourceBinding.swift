/// Which sinks are held to which contract: one entry of `sources` in `policy.yaml`.
public struct SourceBinding: Sendable, Hashable {
  /// Kind and name of the sinks as coverage prints them, e.g. `log:logs/vllm*`; `*` stands for any text.
  public var sink: String
  /// The contract's source.
  public var contract: String

  public init(sink: String, contract: String) {
    self.sink = sink
    self.contract = contract
  }
}
