import Crypto
import Foundation
import Vocabulary

/// Digest that names a run: the same inputs, policy, seed, keys and `SOURCE_DATE_EPOCH` give the same.
struct RunID {
  private var hash = SHA256()

  init(job: String) { add("sigilo run v1", SigiloVersion.current, job) }

  mutating func add(_ fields: String...) {
    for field in fields { add(Data(field.utf8)) }
  }

  mutating func add(_ bytes: some DataProtocol) {
    withUnsafeBytes(of: UInt64(bytes.count).littleEndian) { hash.update(bufferPointer: $0) }
    hash.update(data: bytes)
  }

  /// 16 hex digits: enough to name a folder, short enough to say aloud.
  var value: String {
    hash.finalize().prefix(8).map { byte in
      let text = String(byte, radix: 16)
      return text.count == 1 ? "0" + text : text
    }.joined()
  }
}
