public import Pipelines

/// What is held to which contract: one entry of `sources` in `policy.yaml`.
public struct SourceBinding: Sendable {
  /// Kind and name of the sinks as coverage prints them, e.g. `log:logs/vllm*`; `*` stands for any text.
  public var sink: String
  /// Of these sinks only the streams that it selects.
  public var stream: StreamSelector?
  /// Of these sinks only the series whose label `job` obeys it; `*` stands for any text.
  public var job: String?
  /// The contract's source.
  public var contract: String

  public init(sink: String = "*", stream: StreamSelector? = nil, job: String? = nil, contract: String) {
    self.sink = sink
    self.stream = stream
    self.job = job
    self.contract = contract
  }
}
