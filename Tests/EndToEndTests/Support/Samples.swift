/// Text for the tests, made up for them.
enum Samples {
  /// Three lines of a service that says nothing about its users.
  static let quietLog = """
    2026-03-02T10:00:00Z INFO worker 3 started, listening on port 8000
    2026-03-02T10:00:05Z INFO health check ok in 12 ms
    2026-03-02T10:00:09Z WARNING queue length 17 over soft limit 16
    """ + "\n"

  /// Words that stand in `conversation` and must never be seen in any output.
  static let secrets = ["vinhos raros", "porão da fazenda", "cunhado"]

  static let conversation =
    #"{"messages": [{"role": "user", "content": "meu cunhado esconde vinhos raros no porão da fazenda, o que eu faço?"}]}"#

  /// `quietLog` with a conversation as its second line.
  static let leakyLog: String = {
    var lines = quietLog.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    lines.insert("2026-03-02T10:00:02Z DEBUG request body: \(conversation)", at: 1)
    return lines.joined(separator: "\n")
  }()

  static let exposition = """
    # HELP vllm:num_requests_running Number of requests in model execution batches.
    # TYPE vllm:num_requests_running gauge
    vllm:num_requests_running{model_name="qwen"} 3
    """ + "\n"
}
