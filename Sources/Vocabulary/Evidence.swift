/// One reason to believe that a specimen is conversation.
///
/// Weights are natural-log odds and are summed; only the sum, held against the surface's threshold, makes a content
/// finding. Evidence says where in the specimen it stands, never what stands there.
public struct Evidence: Sendable, Codable, Hashable {
  /// Id of the detector or pattern rule, e.g. `vllm-request-log`.
  public var detector: String
  /// Byte offsets in the specimen (of the encoded run where `decodings` is not empty).
  public var start: Int
  public var end: Int
  /// Log-odds; negative weighs against.
  public var weight: Double
  /// What had to be decoded to see it, outermost first, e.g. `["base64"]`.
  public var decodings: [String]
  /// What moved the detector, in words that hold no text, e.g. `3 function words`; only where an explanation was asked for.
  public var reasons: [String]?

  public init(
    detector: String, start: Int, end: Int, weight: Double, decodings: [String] = [], reasons: [String]? = nil
  ) {
    self.detector = detector
    self.start = start
    self.end = end
    self.weight = weight
    self.decodings = decodings
    self.reasons = reasons
  }
}

/// The three proofs; each can be switched off (`--without`) to show that the others stand alone.
public enum Proof: String, Sendable, Codable, CaseIterable, Hashable {
  case contract, detection, canary
}
