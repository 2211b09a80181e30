import CZlib
import Foundation
import Testing

/// What telemetry makes of a text on its way: the forms that the detectors undo.
enum Disguise: String, CaseIterable, Sendable, CustomTestStringConvertible {
  case plain, upperCase, decomposed, zeroWidth, fullWidth, coloured
  case unicodeEscapes, hexEscapes, json, percent, base64, base64URL, hex, gzip, zlibHex, nested

  var testDescription: String { rawValue }

  func of(_ text: String) -> String {
    let bytes = Array(text.utf8)
    switch self {
    case .plain: return text
    case .upperCase: return text.uppercased()
    case .decomposed: return text.decomposedStringWithCanonicalMapping
    // Within every word of some length.
    case .zeroWidth: return words(text) { $0.count < 4 ? $0 : $0.prefix(3) + "\u{200B}" + $0.dropFirst(3) }
    case .fullWidth:
      return String(
        String.UnicodeScalarView(
          text.unicodeScalars.map { (0x61...0x7A).contains($0.value) ? Unicode.Scalar($0.value + 0xFEE0)! : $0 }))
    case .coloured: return words(text) { $0.count < 4 ? $0 : $0.prefix(3) + "\u{1B}[1;31m" + $0.dropFirst(3) }
    case .unicodeEscapes: return text.utf16.map { "\\u" + Self.hex($0, 4) }.joined()
    case .hexEscapes: return bytes.map { "\\x" + Self.hex($0, 2) }.joined()
    case .json: return #"{"messages":[{"role":"user","content":"\#(text)"}]}"#
    case .percent: return bytes.map { "%" + Self.hex($0, 2) }.joined()
    case .base64: return Data(bytes).base64EncodedString()
    case .base64URL:
      return Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing(
        "=", with: "")
    case .hex: return bytes.map { Self.hex($0, 2) }.joined()
    case .gzip: return Data(Self.compressed(bytes, windowBits: 15 + 16)).base64EncodedString()
    case .zlibHex: return Self.compressed(bytes, windowBits: 15).map { Self.hex($0, 2) }.joined()
    case .nested: return Disguise.base64.of(#"{"body":"\#(Disguise.base64.of(text))"}"#)
    }
  }

  private func words(_ text: String, _ change: (Substring) -> some StringProtocol) -> String {
    text.split(separator: " ").map { String(change($0)) }.joined(separator: " ")
  }

  private static func hex(_ value: some BinaryInteger, _ digits: Int) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: digits - text.count) + text
  }

  private static func compressed(_ bytes: [UInt8], windowBits: Int32) -> [UInt8] {
    var stream = z_stream()
    let size = Int32(MemoryLayout<z_stream>.size)
    precondition(
      deflateInit2_(&stream, 9, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size) == Z_OK)
    defer { deflateEnd(&stream) }
    var input = bytes
    var output = [UInt8](repeating: 0, count: bytes.count + 256)
    let room = output.count
    let count = input.withUnsafeMutableBufferPointer { source in
      output.withUnsafeMutableBufferPointer { target in
        stream.next_in = source.baseAddress
        stream.avail_in = UInt32(source.count)
        stream.next_out = target.baseAddress
        stream.avail_out = UInt32(room)
        precondition(deflate(&stream, Z_FINISH) == Z_STREAM_END)
        return room - Int(stream.avail_out)
      }
    }
    return Array(output[..<count])
  }
}
