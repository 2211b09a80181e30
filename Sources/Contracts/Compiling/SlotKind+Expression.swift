import Syntax

extension SlotKind {
  /// A regular expression in RE2's language for values of the type, to be used anchored; nil for types that none describes.
  ///
  /// What it takes, the type takes: where the type bounds a whole of several parts, each part is bounded so that the whole is too,
  /// which refuses some long values.
  func expression(_ names: FleetNames) -> String? {
    switch self {
    case .integer: "-?[0-9]{1,20}"
    case .grouped: "[0-9]{1,20}(?:,[0-9]{3})*"
    case .float: Parts.float
    case .floats: "\(Parts.float)(?:, \(Parts.float))*"
    case .percent: "\(Parts.float)%"
    case .duration: #"[-+]?(?:[0-9]{1,20}(?:\.[0-9]{1,20})?(?:ns|us|µs|ms|s|m|h))+"#
    case .timestamp: "[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]\(Parts.time)(?:Z|[-+][0-9]{2}:?[0-9]{2})?"
    case .time: Parts.time
    case .monthDay: "[0-9]{2}-[0-9]{2}"
    case .ip: #"(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3}|\#(Parts.ipv6)|\[\#(Parts.ipv6)\])"#
    case .port:
      "(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])"
    case .status: "[1-5][0-9]{2}"
    case .requestID: "(?:chatcmpl-|cmpl-)?(?:\(Parts.uuid)|\(Parts.hex){32}|\(Parts.hex){16})(?:-\(Parts.hex){8})?"
    case .uuid: Parts.uuid
    case .hex(let lengths): "\(Parts.hex){\(lengths.lowerBound),\(lengths.upperBound)}"
    case .pci: #"\#(Parts.hex){4,8}:\#(Parts.hex){2}:\#(Parts.hex){2}\.[0-9]"#
    case .gpuUUID: "(?:GPU|MIG)-\(Parts.uuid)"
    case .mac: "\(Parts.hex){2}(?::\(Parts.hex){2}){5}"
    case .version: "(?:v|go)?[0-9](?:[0-9A-Za-z_.:+~-]{0,38}[0-9A-Za-z_])?"
    case .source: #"(?:(?:\.\.\.|[0-9A-Za-z_]{1,40})/){0,3}[0-9A-Za-z_]{1,64}\.(?:py|go):[0-9]{1,6}"#
    case .exception: #"(?:[A-Z][0-9A-Za-z]{0,62}|[A-Z][0-9A-Za-z]{0,29}\.[A-Z][0-9A-Za-z]{0,31})"#
    case .device: "(?:/dev/)?[0-9A-Za-z](?:[0-9A-Za-z_.:@-]{0,30}[0-9A-Za-z_])?"
    case .name: "[A-Za-z_](?:[0-9A-Za-z_.-]{0,61}[0-9A-Za-z_])?"
    case .file: "/(?:[0-9A-Za-z_.-]{1,26}/){0,6}[0-9A-Za-z_.-]{0,36}"
    case .spaces: " {1,200}"
    case .art: #"[ \x{2500}-\x{259F}]{1,333}"#
    case .settings: nil
    case .oneOf(let texts): Self.alternatives(texts)
    case .fleet(let kind): Self.alternatives(names.names[kind] ?? [])
    }
  }

  /// The texts themselves; an expression that nothing obeys where there are none.
  static func alternatives(_ texts: some Sequence<String>) -> String {
    let quoted = Set(texts).sorted().map(Quoting.expression)
    if quoted.count == 1 { return quoted[0] }
    return quoted.isEmpty ? #"[^\x00-\x{10FFFF}]"# : "(?:\(quoted.joined(separator: "|")))"
  }
}

extension Template {
  /// A regular expression in RE2's language for texts of the template, to be used anchored; nil where a slot has none.
  func expression(_ names: FleetNames) -> String? { Self.expression(elements, names) }

  private static func expression(_ elements: [Element], _ names: FleetNames) -> String? {
    var result = ""
    var index = 0
    while index < elements.count {
      let element = elements[index]
      // A part that may be absent, some times in a row.
      var count = 1
      if case .optional = element {
        while index + count < elements.count, elements[index + count] == element { count += 1 }
      }
      index += count
      let part: String?
      switch element {
      case .literal(let bytes): part = String(validating: bytes, as: UTF8.self).map(Quoting.expression)
      case .slot(let slot): part = slot.kind.expression(names)
      case .optional(let inner):
        part = expression(inner, names).map { "(?:\($0))" + (count == 1 ? "?" : "{0,\(count)}") }
      case .choice(let choices):
        let parts = choices.compactMap { expression($0, names) }
        part = parts.count == choices.count ? "(?:\(parts.joined(separator: "|")))" : nil
      }
      guard let part else { return nil }
      result += part
    }
    return result
  }
}

/// What several types are made of.
private enum Parts {
  static let hex = "[0-9A-Fa-f]"
  static let float = #"(?:NaN|nan|[-+]?(?:Inf|inf|[0-9]{1,20}(?:\.[0-9]{1,20})?(?:[eE][-+]?[0-9]{1,3})?))"#
  static let time = "[0-9]{2}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]{1,9})?"
  static let ipv6 = "(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{0,4}"
  static let uuid = "\(hex){8}-\(hex){4}-\(hex){4}-\(hex){4}-\(hex){12}"
}
