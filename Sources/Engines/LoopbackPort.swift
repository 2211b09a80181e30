import Glibc
import Vocabulary

/// Finds TCP ports on 127.0.0.1 that nobody holds.
public enum LoopbackPort {
  /// A port that was free a moment ago; whoever starts a program on it tries another where it was taken meanwhile.
  ///
  /// - Returns: Nil where the system gives none.
  public static func free() -> Int? {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutableBytes(of: &address) { bytes in
      let pointer = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self)
      return bind(descriptor, pointer, length) == 0 && getsockname(descriptor, pointer, &length) == 0
    }
    return isBound ? Int(UInt16(bigEndian: address.sin_port)) : nil
  }
}
