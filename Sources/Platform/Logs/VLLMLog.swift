import Fleet
import Foundation

/// Lines of vLLM 0.33.0 with its default settings.
///
/// Source: logs of the real front end, and the format strings of the engine for what needs a GPU.
enum VLLMLog {
  static func start(of server: Server, at time: Double) -> [String] {
    let clock = SimulatedClock(time).dateAndTime
    let size = server.engine.size
    let weights = server.model.weights
    func api(_ place: String, _ text: String) -> String {
      "(APIServer pid=\(server.process)) INFO \(clock) [\(place)] \(text)"
    }
    func core(_ place: String, _ text: String) -> String {
      "(EngineCore pid=\(server.process + 106)) INFO \(clock) [\(place)] \(text)"
    }
    let total = Double(server.accelerators.map(\.totalMiB).reduce(0, +)) / 1024
    let reserved = total * server.model.memoryUtilization
    let cache = min(reserved * 0.9, Double(size.cacheTokens) * 0.3125 / 1024)
    let concurrency = Double(size.cacheTokens) / Double(size.maximumLength)
    return [
      api("startup.py:38", ""),
      api("startup.py:38", "       █     █     █▄   ▄█"),
      api("startup.py:38", " ▄▄ ▄█ █     █     █ ▀▄▀ █  version 0.33.0"),
      api("startup.py:38", "  █▄█▀ █     █     █     █  model   \(weights)"),
      api("startup.py:38", "   ▀▀  ▀▀▀▀▀ ▀▀▀▀▀ ▀     ▀"),
      api("startup.py:38", ""),
      api(
        "startup.py:96",
        "non-default args: {'model_tag': '\(weights)', 'port': 8000, 'model': '\(weights)', "
          + "'max_model_len': \(size.maximumLength), 'served_model_name': ['\(server.model.name)'], "
          + "'tensor_parallel_size': \(server.accelerators.count), "
          + "'gpu_memory_utilization': \(server.model.memoryUtilization), 'max_num_seqs': \(size.maximumSequences)}"),
      api("model.py:2170", "Using max model len \(size.maximumLength)"),
      core("gpu_model_runner.py:5012", "Starting to load model \(weights)..."),
      core("default_loader.py:312", "Loading weights took 48.17 seconds"),
      core(
        "gpu_model_runner.py:5090",
        "Model loading took \(oneDecimal(reserved - cache)) GiB memory and 51.402000 seconds"),
      core("gpu_worker.py:563", "Available KV cache memory: \(oneDecimal(cache)) GiB"),
      core("kv_cache_utils.py:1401", "GPU KV cache size: \(grouped(size.cacheTokens)) tokens"),
      core(
        "kv_cache_utils.py:1406",
        "Maximum concurrency for \(grouped(size.maximumLength)) tokens per request: \(oneDecimal(concurrency))x"),
      core("gpu_model_runner.py:6990", "Graph capturing finished in 9 secs, took 0.61 GiB"),
      api("entry.py:135", "Supported tasks: ('generate',)"),
      api("entry.py:139", "Starting vLLM server on http://0.0.0.0:8000"),
      api("launcher.py:188", "Available routes are:"),
      api("launcher.py:197", "Route: /health, Methods: GET"),
      api("launcher.py:197", "Route: /metrics, Methods: GET"),
      api("launcher.py:197", "Route: /v1/models, Methods: GET"),
      api("launcher.py:197", "Route: /v1/chat/completions, Methods: POST"),
      api("launcher.py:197", "Route: /v1/completions, Methods: POST"),
      "INFO:     Started server process [\(server.process)]",
      "INFO:     Waiting for application startup.",
      "INFO:     Application startup complete.",
    ]
  }

  /// Rates since the last statistics line, in tokens a second.
  struct Rates {
    var prompt: Double
    var generation: Double
    var preemptions: Int
    /// Share of the prompt tokens that the prefix cache held, in percent.
    var hits: Double
  }

  static func statistics(_ server: Server, _ rates: Rates, at time: Double) -> String {
    let engine = server.engine
    var text =
      "(APIServer pid=\(server.process)) INFO \(SimulatedClock(time).dateAndTime) [loggers.py:335] Engine 000: "
      + "Avg prompt throughput: \(oneDecimal(rates.prompt)) tokens/s, "
      + "Avg generation throughput: \(oneDecimal(rates.generation)) tokens/s, "
      + "Running: \(engine.running.count) reqs, Waiting: \(engine.waiting.count) reqs"
    if rates.preemptions > 0 { text += ", Preemptions: \(rates.preemptions)" }
    return text + ", GPU KV cache usage: \(oneDecimal(100 * engine.cacheUsage))%, "
      + "Prefix cache hit rate: \(oneDecimal(rates.hits))%"
  }
}

/// The access line of uvicorn, which vLLM and LiteLLM share.
func accessLine(_ peer: String, _ method: String, _ path: String, _ status: Int) -> String {
  let phrase =
    switch status {
    case 200: "OK"
    case 307: "Temporary Redirect"
    case 400: "Bad Request"
    case 401: "Unauthorized"
    case 404: "Not Found"
    default: "Internal Server Error"
    }
  return "INFO:     \(peer) - \"\(method) \(path) HTTP/1.1\" \(status) \(phrase)"
}
