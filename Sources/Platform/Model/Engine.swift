import Foundation

/// The scheduler of one vLLM server: a queue, a batch bounded by `--max-num-seqs` and by the KV cache, preemption when the
/// cache overflows.
///
/// It moves from event to event (a request arrives, a reply ends), and between events every rate is constant; so where a
/// caller stops in between changes nothing but rounding.
struct Engine: Sendable {
  let size: EngineSize
  private(set) var now = 0.0
  private(set) var waiting: [Request] = []
  /// Sorted by end, the next to finish last.
  private(set) var running: [Request] = []
  var meters: EngineMeters

  // Cache use is `cacheBase + tokenRate * now`; kept as sums so that it costs the same however many run.
  private var cacheBase = 0.0
  private var tokenRate = 0.0

  init(size: EngineSize, meters: EngineMeters) {
    self.size = size
    self.meters = meters
  }

  /// Share of the KV cache in use, 0...1.
  var cacheUsage: Double { min(1, max(0, (cacheBase + tokenRate * now) / Double(size.cacheTokens))) }

  /// Share of the saturating batch that runs, 0...1.
  var load: Double { min(1, Double(running.count) / size.concurrency) }

  var nextFinish: Double { running.last?.finishes ?? .infinity }

  /// Moves the clock; no event may lie in between.
  mutating func integrate(to time: Double) {
    let elapsed = time - now
    guard elapsed > 0 else { return }
    meters.generated += tokenRate * elapsed
    if !running.isEmpty {
      let interval = size.tokenInterval(running: running.count)
      meters.observe("vllm:iteration_tokens_total", Double(running.count), count: elapsed / interval)
    }
    now = time
  }

  mutating func enqueue(_ request: Request) {
    waiting.append(request)
    schedule()
  }

  /// Takes out the reply that ends now and admits what then fits.
  mutating func finishNext() -> Request {
    let done = running.removeLast()
    release(done)
    meters.finish(done, at: now)
    schedule()
    return done
  }

  /// The process dies: what it held is handed back, its counters start again.
  mutating func reset(meters fresh: EngineMeters) -> [Request] {
    let lost = running.reversed() + waiting
    running = []
    waiting = []
    cacheBase = 0
    tokenRate = 0
    meters = fresh
    return lost
  }

  private mutating func schedule() {
    preemptIfFull()
    while let next = waiting.first, running.count < size.maximumSequences {
      let used = cacheBase + tokenRate * now
      // vLLM admits on the prompt alone; what the replies add later is why it preempts.
      guard running.isEmpty || used + Double(next.promptTokens) <= Double(size.cacheTokens) else { return }
      waiting.removeFirst()
      admit(next)
    }
  }

  private mutating func admit(_ request: Request) {
    var request = request
    let batch = running.count + 1
    request.admitted = now
    request.interval = size.tokenInterval(running: batch)
    let computed = Double(request.promptTokens - request.cachedTokens)
    request.firstToken = now + 0.02 + computed / EngineSize.prefillRate * (1 + Double(batch) / size.concurrency)
    request.finishes = request.firstToken + Double(request.replyTokens) * request.interval
    let rate = 1 / request.interval
    cacheBase += Double(request.promptTokens) - rate * now
    tokenRate += rate
    meters.admit(request)
    let place = running.firstIndex { $0.finishes < request.finishes } ?? running.endIndex
    running.insert(request, at: place)
  }

  private mutating func release(_ request: Request) {
    let rate = 1 / request.interval
    cacheBase -= Double(request.promptTokens) - rate * request.admitted
    tokenRate -= rate
    if running.isEmpty { (cacheBase, tokenRate) = (0, 0) }
  }

  private mutating func preemptIfFull() {
    while running.count > 1, cacheBase + tokenRate * now > Double(size.cacheTokens) {
      let latest = running.indices.max { running[$0].admitted < running[$1].admitted } ?? 0
      var victim = running.remove(at: latest)
      release(victim)
      victim.preemptions += 1
      meters.preemptions += 1
      waiting.insert(victim, at: 0)
    }
  }
}
