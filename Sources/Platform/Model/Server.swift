import Fleet

/// A GPU node with its vLLM server.
struct Server: Sendable {
  let node: String
  let model: Model
  let gpuName: String
  var load: Load
  var engine: Engine
  var accelerators: [Accelerator]
  private(set) var isUp = true
  /// Process id of its API server, as its log lines name it.
  let process: Int

  init(node: String, model: Model, gpus: GPUs, seed: UInt64) {
    self.node = node
    self.model = model
    gpuName = gpus.name
    let size = EngineSize(model: model, gpus: gpus)
    load = Load(size: size, seed: seed, stream: "load \(node)")
    engine = Engine(size: size, meters: EngineMeters(started: 0))
    accelerators = (0..<gpus.count).map {
      Accelerator(node: node, index: $0, totalMiB: gpus.memoryMiB, seed: seed)
    }
    process = 2000 + Int(stableHash(node, seed: seed) % 30_000)
  }

  /// Share of the GPU's time in use, 0...1.
  var utilization: Double {
    engine.running.isEmpty || !isUp ? 0 : min(1, 0.78 + 0.22 * engine.load)
  }

  /// Share of the framebuffer that vLLM reserved; nil while it is down.
  var reservation: Double? { isUp ? model.memoryUtilization : nil }

  mutating func stop() -> [Request] {
    isUp = false
    return engine.reset(meters: EngineMeters(started: engine.now))
  }

  mutating func restart() {
    isUp = true
    engine.meters = EngineMeters(started: engine.now)
  }
}
