/// A slot's type, ready to match: where the longest value of the type ends that begins at a place.
struct SlotGrammar: Sendable {
  let kind: SlotKind
  private let literals: LiteralSet?
  private let fleet: SettingsGrammar?

  init(_ kind: SlotKind, names: FleetNames) {
    self.kind = kind
    switch kind {
    case .oneOf(let texts): literals = LiteralSet(texts)
    case .fleet(let name): literals = LiteralSet(names.names[name] ?? [])
    default: literals = nil
    }
    fleet = kind == .settings ? SettingsGrammar(names) : nil
  }

  func end(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ limit: Int) -> Int? {
    var scanner = ByteScanner(bytes, start, limit)
    let matched: Bool
    switch kind {
    case .oneOf, .fleet: return literals?.end(bytes, start, limit)
    case .settings: return fleet?.end(bytes, start, limit)
    case .integer:
      scanner.skip("-")
      matched = scanner.digits(1...20)
    case .grouped: matched = scanner.groupedDigits()
    case .float: matched = scanner.float()
    case .floats: matched = scanner.floats()
    case .percent: matched = scanner.float() && scanner.skip("%")
    case .duration: matched = scanner.duration()
    case .timestamp: matched = scanner.timestamp()
    case .time: matched = scanner.time()
    case .monthDay: matched = scanner.digits(2...2) && scanner.skip("-") && scanner.digits(2...2)
    case .ip: matched = scanner.ip()
    case .port: matched = scanner.number(1...65_535)
    case .status: matched = scanner.number(100...599)
    case .requestID: matched = scanner.requestID()
    case .uuid: matched = scanner.uuid()
    case .hex(let lengths): matched = scanner.hex(lengths)
    case .pci:
      matched =
        scanner.hex(4...8) && scanner.skip(":") && scanner.hex(2...2) && scanner.skip(":") && scanner.hex(2...2)
        && scanner.skip(".") && scanner.digits(1...1)
    case .gpuUUID: matched = (scanner.skip("GPU-") || scanner.skip("MIG-")) && scanner.uuid()
    case .mac: matched = scanner.mac()
    case .version: matched = scanner.version()
    case .source: matched = scanner.source()
    case .exception: matched = scanner.exception()
    case .device:
      scanner.skip("/dev/")
      matched = scanner.run(1...32, first: ByteClass.alphanumeric, then: ByteClass.deviceName)
    case .file: matched = scanner.file()
    case .spaces: matched = scanner.take(.space, 1...200)
    case .art: matched = scanner.art()
    case .name: matched = scanner.run(1...63, first: ByteClass.letterOrUnderscore, then: ByteClass.identifier)
    }
    return matched ? scanner.index : nil
  }

  /// Whether a value of the type would take `byte` in, so that a literal that begins with it could never follow.
  static func takes(_ kind: SlotKind, _ byte: UInt8) -> Bool {
    switch kind {
    case .integer, .port, .status, .grouped, .float, .floats, .time, .timestamp: ByteClass.digit.contains(byte)
    case .hex(let lengths): lengths.count > 1 && ByteClass.hex.contains(byte)
    case .requestID: ByteClass.hex.contains(byte)
    case .version: ByteClass.versionSuffix.contains(byte)
    case .device: ByteClass.deviceName.contains(byte)
    case .name: ByteClass.identifier.contains(byte)
    case .file: byte == 0x2F || ByteClass.identifier.contains(byte)
    case .spaces, .art: byte == 0x20
    case .exception: ByteClass.alphanumeric.contains(byte)
    default: false
    }
  }
}
