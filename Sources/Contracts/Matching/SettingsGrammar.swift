/// Python's print of a dictionary of options, as vLLM writes its non-default arguments: keys are option names; values are numbers,
/// `True`, `False`, `None`, names that the fleet declares, addresses, identifiers in small letters, and lists of these.
struct SettingsGrammar: Sendable {
  private static let maximumBytes = 4_096

  private let declared: LiteralSet

  init(_ names: FleetNames) { declared = LiteralSet(names.names.values.joined()) }

  func end(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ limit: Int) -> Int? {
    var scanner = ByteScanner(bytes, start, min(limit, start + Self.maximumBytes))
    guard scanner.skip("{") else { return nil }
    if scanner.skip("}") { return scanner.index }
    repeat {
      guard scanner.skip("'"), scanner.take(.option, 1...64), scanner.skip("': "), value(&scanner) else {
        return nil
      }
    } while scanner.skip(", ")
    return scanner.skip("}") ? scanner.index : nil
  }

  private func value(_ scanner: inout ByteScanner) -> Bool {
    guard scanner.skip("[") else { return single(&scanner) }
    if scanner.skip("]") { return true }
    repeat {
      guard single(&scanner) else { return false }
    } while scanner.skip(", ")
    return scanner.skip("]")
  }

  private func single(_ scanner: inout ByteScanner) -> Bool {
    if scanner.skip("True") || scanner.skip("False") || scanner.skip("None") { return true }
    guard scanner.skip("'") else { return scanner.float() }
    let start = scanner.index
    if let end = declared.end(scanner.bytes, start, scanner.limit) {
      scanner.index = end
      if scanner.skip("'") { return true }
    }
    scanner.index = start
    if scanner.ip(), scanner.skip("'") { return true }
    scanner.index = start
    return scanner.take(.option, 1...32) && scanner.skip("'")
  }
}
