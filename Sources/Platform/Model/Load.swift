import Foundation

/// The load on one server: when requests arrive, and what they are like.
///
/// Arrivals are a Poisson process whose rate swings over the day. As a queue grows, callers hold back (each has a bounded
/// number of connections), so an overload settles at a queue of some dozens instead of growing without end.
struct Load: Sendable {
  /// Share of the server's capacity that arrives on average.
  static let usual = 0.38
  /// The same under the queue fault: more than it can serve.
  static let overload = 1.5
  /// Waiting requests at which no caller sends any more.
  static let patience = 180.0
  /// Share of requests that fail by the client's own mistake.
  static let clientErrors = 0.04
  /// Share of requests that the engine fails under the errors fault.
  static let engineErrors = 0.2
  /// Amplitude of the daily swing, and the hour (UTC) at which it rises through its mean.
  private static let swing = 0.12
  private static let risingHour = 8.0

  /// What bears on the next arrival.
  struct Conditions: Sendable {
    /// True where more arrives than the server can take.
    var isOverloaded: Bool
    /// True where the engine fails a share of the requests.
    var isFailing: Bool
    /// Requests that wait at the server.
    var waiting: Int
  }

  private let capacity: Double
  private let size: EngineSize
  private var random: SeededRandom
  private(set) var next = 0.0

  init(size: EngineSize, seed: UInt64, stream: String) {
    self.size = size
    capacity = size.capacity
    random = SeededRandom(seed: seed, stream: stream)
    next = random.exponential(mean: 1 / peak)
  }

  private var peak: Double { capacity * Self.overload * (1 + Self.swing) }

  /// Takes the candidate arrival at `next` and draws the one after. Candidates come at the peak rate and are thinned to the
  /// rate of the moment, which keeps the process exact (Lewis and Shedler, 1979).
  mutating func arrive(_ conditions: Conditions) -> Request? {
    let time = next
    next = time + random.exponential(mean: 1 / peak)
    let hour = (PlatformModel.epoch + time) / 3600
    let daily = 1 + Self.swing * sin(2 * .pi * (hour - Self.risingHour) / 24)
    let share = conditions.isOverloaded ? Self.overload : Self.usual
    let willing = max(0, 1 - Double(conditions.waiting) / Self.patience)
    guard random.uniform() * peak < capacity * share * daily * willing else { return nil }
    return draw(at: time, failing: conditions.isFailing)
  }

  private mutating func draw(at time: Double, failing: Bool) -> Request {
    let fate = random.uniform()
    let outcome: Request.Outcome =
      switch random.uniform() {
      case ..<Self.clientErrors: fate < 0.75 ? .malformed : .unknownModel
      case ..<(Self.clientErrors + Self.engineErrors) where failing: .engineError
      default: fate < 0.88 ? .stop : .length
      }
    let prompt = length(mean: size.meanPrompt, limit: size.maximumLength / 2)
    let reply = length(mean: size.meanReply, limit: size.maximumLength / 4)
    let reuse = random.uniform() * 0.5
    let blocks = Int(Double(prompt) * reuse) / EngineSize.blockSize
    return Request(
      number: 0, canary: 0, client: random.below(Client.all.count), outcome: outcome, promptTokens: prompt,
      cachedTokens: blocks * EngineSize.blockSize, replyTokens: reply, arrived: time)
  }

  /// A skewed length around `mean`, as token counts are.
  private mutating func length(mean: Double, limit: Int) -> Int {
    let deviation = 0.5
    let value = mean * exp(deviation * random.bell() - deviation * deviation / 2)
    return min(max(1, limit), max(4, Int(value)))
  }
}
