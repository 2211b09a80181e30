public import Policy
import Syntax

/// Decides which names of a source may be printed in a location.
///
/// A label name, a JSON key or a selector can itself carry what a client typed, so only names that are known (from
/// `policies/names/` and the fleet) are printed; any other is shown as its shape and a keyed hash, which is enough to
/// find it again and to compare two reports.
public struct NameGuard: Sendable {
  private let known: Deferred<Set<String>>
  private let key: FingerprintKey

  public init(known: Set<String>, key: FingerprintKey) { self.init(known: Deferred { known }, key: key) }

  /// - Parameter known: not asked for before the first name is to be printed.
  public init(known: Deferred<Set<String>>, key: FingerprintKey) {
    self.known = known
    self.key = key
  }

  /// This guard with some names more.
  public func knowing(_ names: some Sequence<String>) -> NameGuard {
    let (known, more) = (known, Set(names))
    return NameGuard(known: Deferred { known.value.union(more) }, key: key)
  }

  /// The name itself where it is known, else e.g. `‹a_9a#1f0c22d9›`.
  public func printable(name: String) -> String {
    if known.value.contains(name) || Self.isIndex(name) { return name }
    return "‹\(Self.shape(name))#\(key.keyedHash(name).prefix(8))›"
  }

  /// What somebody called an alert, a receiver or a job: printed where it is known, or is an ordinary identifier of at most 64 bytes.
  public func printable(identifier: String) -> String {
    let isOrdinary =
      !identifier.isEmpty && identifier.utf8.count <= 64
      && identifier.utf8.allSatisfy { byte in
        (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || "_-.:/".utf8.contains(byte)
      }
    return isOrdinary ? identifier : printable(name: identifier)
  }

  /// A JSON pointer with each segment guarded.
  public func printable(pointer: String) -> String {
    pointer.split(separator: "/", omittingEmptySubsequences: false).map { segment in
      guard !segment.isEmpty else { return "" }
      return JSONPointer.escaped(printable(name: JSONPointer.unescaped(segment)))
    }.joined(separator: "/")
  }

  /// A metric family; histogram and counter suffixes are known with their family.
  public func printable(family: String) -> String {
    if known.value.contains(family) { return family }
    for suffix in ["_bucket", "_sum", "_count", "_total", "_created", "_info"] where family.hasSuffix(suffix) {
      if known.value.contains(String(family.dropLast(suffix.count))) { return family }
    }
    return printable(name: family)
  }

  /// A stream selector `{job="vllm", node="n1"}` with each name and value guarded.
  public func printable(stream: String) -> String {
    var result = ""
    var word = ""
    var isQuoted = false
    var isEscaped = false
    for character in stream {
      if isQuoted {
        if isEscaped {
          word.append(character)
          isEscaped = false
        } else if character == "\\" {
          isEscaped = true
        } else if character == "\"" {
          result += "\"\(printable(name: word))\""
          word = ""
          isQuoted = false
        } else {
          word.append(character)
        }
      } else if character == "\"" {
        isQuoted = true
      } else if "{},=!~ ".contains(character) {
        if !word.isEmpty { result += printable(name: word) }
        word = ""
        result.append(character)
      } else {
        word.append(character)
      }
    }
    return word.isEmpty ? result : result + printable(name: word)
  }

  /// A file name found by walking a folder: printed where it is made of ordinary file-name characters.
  ///
  /// The reader judges the name as a specimen of its own, and `isContent` says how that came out.
  public func printable(fileName: String, isContent: Bool) -> String {
    let isOrdinary =
      !isContent && fileName.utf8.count <= 255
      && fileName.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: "._-+@=,:/~".utf8.contains(byte)
        }
      }
    return isOrdinary ? fileName : "‹\(Self.shape(fileName))#\(key.keyedHash(fileName).prefix(8))›"
  }

  /// A path with each part guarded as a file name, so that one odd name leaves the others readable.
  public func printable(path: String, isContent: Bool) -> String {
    path.split(separator: "/", omittingEmptySubsequences: false).map { name in
      name.isEmpty ? "" : printable(fileName: String(name), isContent: isContent)
    }.joined(separator: "/")
  }

  private static func isIndex(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= 9 && name.utf8.allSatisfy { (48...57).contains($0) }
  }

  /// Runs of letters as `a`, of digits as `9`, other characters of names as they are, anything else as `?`; at most 24.
  private static func shape(_ name: String) -> String {
    var shape = ""
    for scalar in name.unicodeScalars {
      let kind: Character =
        scalar.properties.isAlphabetic
        ? "a"
        : scalar.properties.numericType != nil
          ? "9" : "_-.:/ ".unicodeScalars.contains(scalar) ? Character(scalar) : "?"
      if shape.last != kind { shape.append(kind) }
      if shape.count >= 24 { return shape + "…" }
    }
    return shape
  }
}
