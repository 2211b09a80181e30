import Crypto
import Foundation
import Vocabulary

/// Fingerprint v1 of a finding, lower-case hex.
///
/// Fields are length-prefixed, so that no two different lists of fields hash alike.
enum Fingerprint {
  /// For configs and rules: SHA-256 of rule, relative path and structural pointer. It survives a moved line and a
  /// changed text.
  static func ofDocument(rule: String, path: String, pointer: String) -> String {
    var hash = SHA256()
    for field in ["v1 document", rule, path, pointer] { hash.update(data: framed(Data(field.utf8))) }
    return hex(hash.finalize())
  }

  /// For telemetry: HMAC-SHA256 of rule, the sink's logical name, skeleton and NFC-folded evidence.
  ///
  /// - Parameters:
  ///   - skeleton: the record with digits, hex and ids masked.
  ///   - evidence: the masked bytes of the leading evidence.
  static func ofTelemetry(
    rule: String, sink: Sink, skeleton: some Collection<UInt8>, evidence: some Collection<UInt8>, key: FingerprintKey
  ) -> String {
    var code = HMAC<SHA256>(key: key.symmetric)
    for field in ["v1 telemetry", rule, sink.description] { code.update(data: framed(Data(field.utf8))) }
    code.update(data: framed(Data(skeleton)))
    let folded = String(decoding: evidence, as: UTF8.self).precomposedStringWithCanonicalMapping.lowercased()
    code.update(data: framed(Data(folded.utf8)))
    return hex(code.finalize())
  }

  private static func framed(_ field: Data) -> Data {
    withUnsafeBytes(of: UInt64(field.count).littleEndian) { Data($0) } + field
  }
}
