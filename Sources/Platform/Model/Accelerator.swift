import Foundation

/// One GPU: what DCGM would read from it.
///
/// Temperature follows utilisation as a first-order lag, power follows at once, memory is what vLLM reserved at start plus a
/// slow drift. All are exact between events, however often they are asked for.
struct Accelerator: Sendable {
  let index: Int
  let totalMiB: Int
  private(set) var now = 0.0
  private(set) var temperature: Double
  private(set) var energy: Double
  /// Share of the framebuffer that something besides vLLM took.
  private(set) var intruder = 0.0
  private let uuidStem: String
  /// Differences between cards of one make: degrees, and share of memory.
  private let warmth: Double
  private let surplus: Double
  private let phase: Double

  static let reservedShare = 0.0075
  private static let idleTemperature = 31.0
  private static let temperatureRise = 33.0
  private static let coolingFault = 27.0
  /// Seconds in which temperature covers 63 % of a step, and memory of a leak.
  private static let thermalLag = 90.0
  private static let memoryLag = 60.0
  /// Share of the framebuffer at which the memory fault settles.
  private static let memoryFault = 0.978

  init(node: String, index: Int, totalMiB: Int, seed: UInt64) {
    var random = SeededRandom(seed: seed, stream: "gpu \(node) \(index)")
    self.index = index
    self.totalMiB = totalMiB
    uuidStem = hexDigits(of: "uuid \(node) \(index) \(seed)", count: 32)
    warmth = 3 * random.uniform()
    surplus = 0.003 * random.uniform()
    phase = 2 * .pi * random.uniform()
    temperature = Self.idleTemperature + 0.9 * Self.temperatureRise
    energy = 2e11 + 7e11 * random.uniform()
  }

  struct Conditions: Sendable {
    /// 0...1.
    var utilization: Double
    /// `--gpu-memory-utilization` where vLLM runs, else nil.
    var reservation: Double?
    var isOverheating: Bool
    var isFilling: Bool
  }

  mutating func integrate(to time: Double, _ conditions: Conditions) {
    let elapsed = time - now
    guard elapsed > 0 else { return }
    let goal =
      Self.idleTemperature + Self.temperatureRise * conditions.utilization + warmth
      + (conditions.isOverheating ? Self.coolingFault : 0)
    temperature = goal + (temperature - goal) * exp(-elapsed / Self.thermalLag)
    energy += 1000 * power(conditions.utilization) * elapsed
    let filled = conditions.isFilling ? max(0, Self.memoryFault - (conditions.reservation ?? 0)) : 0
    intruder = filled + (intruder - filled) * exp(-elapsed / Self.memoryLag)
    now = time
  }

  /// Watts.
  func power(_ utilization: Double) -> Double { 72 + 4 * warmth + 540 * pow(utilization, 1.3) }

  /// MiB of the framebuffer in use.
  func usedMiB(_ reservation: Double?) -> Int {
    let own = reservation.map { $0 + 0.004 + surplus + 0.002 * sin(2 * .pi * now / 2700 + phase) } ?? 0.0065
    return min(totalMiB - reservedMiB, Int(Double(totalMiB) * (own + intruder)))
  }

  var reservedMiB: Int { Int(Double(totalMiB) * Self.reservedShare) }

  /// `GPU-` and a UUID.
  var uuid: String {
    var text = "GPU-"
    for (offset, digit) in uuidStem.enumerated() {
      if [8, 12, 16, 20].contains(offset) { text.append("-") }
      text.append(digit)
    }
    return text
  }
}
