import Detection
import Foundation
import Policy
import Syntax
public import Vocabulary

/// Judges texts that are given one a line: the same judge as a scan's, without files, contracts or canaries.
///
/// Input, a JSON object a line: `{"id": "…", "surface": "label|log|alert|config", "text": "…"}`; other keys are ignored. A label
/// may be given as its value or as `name="value"`. Output, in the same order: `{"content": …, "evidence": [{"detector",
/// "end", "start"}], "id": …, "score": …}`, offsets in bytes of what was judged. Explained, a verdict has the surface's `threshold`
/// beside its score, and evidence its `weight`, its `decodings` and, where the detector can tell, its `reasons`.
public struct ClassifyJob {
  private let policy: PolicySet
  private let judge: Judge
  private let explains: Bool

  /// - Parameters:
  ///   - folder: a policy folder; nil is the built-in one.
  ///   - isReference: as in `JobSettings`.
  ///   - explains: verdicts say what they rest on.
  public init(folder: String?, isReference: Bool = false, explains: Bool = false) throws(Fault) {
    self.explains = explains
    policy = try folder.read(PolicySet.load, otherwise: PolicySet.embedded)
    var detection = policy.detection
    detection.isReference = isReference
    judge = Judge(try Detectors(detection), canaries: nil)
  }

  private struct Output: Encodable {
    struct Place: Encodable {
      var detector: String
      var start: Int
      var end: Int
      var weight: Double?
      var decodings: [String]?
      var reasons: [String]?
    }
    var id: String
    var content: Bool
    var score: Double
    var threshold: Double?
    var evidence: [Place]
  }

  /// - Parameters:
  ///   - line: one line of input, without its line feed.
  ///   - number: of the line, for errors.
  /// - Returns: one line of output, with its line feed.
  /// - Throws: a usage fault with the line's number; it never quotes the line.
  public func classify(_ line: [UInt8], number: Int) throws(Fault) -> [UInt8] {
    let place = Location(path: "-", line: number)
    guard let object = try? JSONDocument.parse(line), let id = object["id"]?.string,
      let text = object["text"]?.string, let surface = object["surface"]?.string.flatMap(Surface.init(rawValue:))
    else {
      throw Fault(
        .usage, "no object with id, surface and text", at: place,
        remedy: #"Give one a line, e.g. {"id":"1","surface":"log","text":"…"}; surfaces: label, log, alert, config."#)
    }
    let judged = JudgedText(text, surface: surface)
    let judgement = judge.judge(judged)
    var evidence = judgement?.evidence ?? []
    if explains {
      evidence = judged.withBytes { bytes, name in
        judge.explained(evidence, of: bytes, surface: surface, slot: judged.slot, name: name)
      }
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let output = Output(
      id: id, content: judgement?.isContent ?? false, score: judgement?.logOdds ?? 0,
      threshold: explains ? policy.detection.threshold(on: surface) : nil,
      evidence: evidence.map {
        .init(
          detector: $0.detector, start: $0.start, end: $0.end, weight: explains ? $0.weight : nil,
          decodings: explains ? $0.decodings : nil, reasons: $0.reasons)
      })
    guard let data = try? encoder.encode(output) else { throw Fault(.internal, "a verdict could not be written") }
    return Array(data) + [UInt8(ascii: "\n")]
  }
}
