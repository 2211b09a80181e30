/// A slot's type, ready to match: where the longest value of the type ends that begins at a place.
///
/// Plain figures, so that a matcher can pick one for each slot of each line without counting references.
struct SlotGrammar: Sendable {
  enum Code: UInt8, Sendable {
    case integer, grouped, float, floats, percent, duration, timestamp, time, monthDay, ip, port, status, requestID,
      uuid,
      hex, pci, gpuUUID, mac, version, source, exception, device, name, file, spaces, art, settings, literals
  }

  let code: Code
  /// Of `hex`, how many digits.
  private var digits = 0...0
  /// Of `literals` and `settings`, which table.
  let table: Int
  let isFree: Bool

  /// - Parameters: tables that the grammar adds its own to, where it has one.
  init(_ kind: SlotKind, names: FleetNames, tables: inout SlotTables) {
    isFree = kind.isFree
    var table = 0
    switch kind {
    case .integer: code = .integer
    case .grouped: code = .grouped
    case .float: code = .float
    case .floats: code = .floats
    case .percent: code = .percent
    case .duration: code = .duration
    case .timestamp: code = .timestamp
    case .time: code = .time
    case .monthDay: code = .monthDay
    case .ip: code = .ip
    case .port: code = .port
    case .status: code = .status
    case .requestID: code = .requestID
    case .uuid: code = .uuid
    case .hex(let lengths):
      code = .hex
      digits = lengths
    case .pci: code = .pci
    case .gpuUUID: code = .gpuUUID
    case .mac: code = .mac
    case .version: code = .version
    case .source: code = .source
    case .exception: code = .exception
    case .device: code = .device
    case .name: code = .name
    case .file: code = .file
    case .spaces: code = .spaces
    case .art: code = .art
    case .settings:
      code = .settings
      table = tables.settings.count
      tables.settings.append(SettingsGrammar(names))
    case .oneOf(let texts):
      code = .literals
      table = tables.literals.count
      tables.literals.append(LiteralSet(texts))
    case .fleet(let name):
      code = .literals
      table = tables.literals.count
      tables.literals.append(LiteralSet(names.names[name] ?? []))
    }
    self.table = table
  }

  func end(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ limit: Int, _ tables: borrowing SlotTables) -> Int? {
    var scanner = ByteScanner(bytes, start, limit)
    let matched: Bool
    switch code {
    case .literals: return tables.literals[table].end(bytes, start, limit)
    case .settings: return tables.settings[table].end(bytes, start, limit)
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
    case .hex: matched = scanner.hex(digits)
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
      matched = scanner.run(1...32, first: .alphanumeric, then: .deviceName)
    case .file: matched = scanner.file()
    case .spaces: matched = scanner.take(.space, 1...200)
    case .art: matched = scanner.art()
    case .name: matched = scanner.run(1...63, first: .letterOrUnderscore, then: .identifier)
    }
    return matched ? scanner.index : nil
  }

  /// Whether a value of the type would take `byte` in, so that a literal that begins with it could never follow.
  func takes(_ byte: UInt8) -> Bool {
    switch code {
    case .integer, .port, .status, .grouped, .float, .floats, .time, .timestamp: ByteClass.digit.contains(byte)
    case .hex: digits.count > 1 && ByteClass.hex.contains(byte)
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

/// What grammars look up that depend on a fleet or on a list in the contract.
struct SlotTables: Sendable {
  var literals: [LiteralSet] = []
  var settings: [SettingsGrammar] = []
}
