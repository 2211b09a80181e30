import Foundation

/// SplitMix64: a small generator whose stream depends on its seed alone, on every machine.
///
/// Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
struct SeededRandom: Sendable {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// A stream of its own for each name, so that adding one part of the platform leaves the others as they were.
  init(seed: UInt64, stream: String) {
    self.init(seed: stableHash(stream, seed: seed))
    _ = next()
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mix(state)
  }

  static func mix(_ value: UInt64) -> UInt64 {
    var mixed = value
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// Uniform in 0..<1.
  mutating func uniform() -> Double { Self.unit(next()) }

  static func unit(_ bits: UInt64) -> Double { Double(bits >> 11) * 0x1p-53 }

  /// Exponential with the given mean.
  mutating func exponential(mean: Double) -> Double { -mean * log(1 - uniform()) }

  /// A bell-shaped value, mean 0 and deviation 1, never beyond 3.5 (sum of twelve uniforms).
  mutating func bell() -> Double {
    var sum = -6.0
    for _ in 0..<12 { sum += uniform() }
    return min(3.5, max(-3.5, sum))
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}

/// FNV-1a over the text and the seed: Swift's own hashes change from run to run.
func stableHash(_ text: String, seed: UInt64 = 0) -> UInt64 {
  var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ SeededRandom.mix(seed)
  for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
  return SeededRandom.mix(hash)
}
