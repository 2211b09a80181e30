extension Template {
  /// Texts that the template claims, made of values that no source emitted: the usual one, and others that types nearby claim too.
  func examples(_ names: FleetNames) -> [String] {
    let usual = SlotKind.exampleCount
    var texts: [String] = []
    for variant in 0..<usual {
      let text = Self.example(elements, names, variant)
      if !texts.contains(text) { texts.append(text) }
    }
    return texts
  }

  private static func example(_ elements: [Element], _ names: FleetNames, _ variant: Int) -> String {
    elements.map { element in
      switch element {
      case .literal(let bytes): String(decoding: bytes, as: UTF8.self)
      case .slot(let slot): slot.kind.example(names, variant)
      case .optional(let inner): variant == 0 ? "" : example(inner, names, variant)
      case .choice(let choices): example(choices[variant % choices.count], names, variant)
      }
    }.joined()
  }
}

extension SlotKind {
  /// How many variants differ.
  static let exampleCount = 3

  /// A value of the type. A variant beyond the first is one that other types take too, where there is any.
  func example(_ names: FleetNames, _ variant: Int) -> String {
    func pick(_ texts: String...) -> String { texts[min(variant, texts.count - 1)] }
    let uuid = "123e4567-e89b-42d3-a456-426614174000"
    switch self {
    case .integer: return pick("7", "12345678", "404")
    case .grouped: return pick("1,234", "7")
    case .float: return pick("1.5", "7", "12345678")
    case .floats: return pick("0.5, 1.5, 2.5", "1.5", "7")
    case .percent: return "12.5%"
    case .duration: return pick("1.5s", "2m")
    case .timestamp: return pick("2026-01-02T03:04:05.678Z", "2026-01-02 03:04:05,678")
    case .time: return pick("03:04:05", "03:04:05.678")
    case .monthDay: return "01-02"
    case .ip: return pick("10.0.0.7", "fd00::7")
    case .port: return pick("8000", "404")
    case .status: return pick("200", "404")
    case .requestID: return pick("chatcmpl-0123456789abcdef", "0123456789abcdef")
    case .uuid: return uuid
    case .hex(let lengths):
      let digits = ["0a1b2c3d", "12345678"][min(variant, 1)]
      return String(String(repeating: digits, count: 16).prefix(lengths.lowerBound))
    case .pci: return "00000000:1A:00.0"
    case .gpuUUID: return "GPU-\(uuid)"
    case .mac: return "02:00:5e:10:00:01"
    case .version: return "1.2.3"
    case .source: return pick("main.py:7", "main.go:7")
    case .exception: return "ValueError"
    case .device: return pick("eth0", "sda")
    case .name: return "main"
    case .file: return "/srv/data"
    case .spaces: return pick("  ", " ")
    case .art: return pick("──", "  ")
    case .settings: return "{}"
    case .oneOf(let texts): return texts[variant % texts.count]
    case .fleet(let kind): return (names.names[kind] ?? []).min() ?? ""
    }
  }
}
