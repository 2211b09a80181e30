public import Vocabulary

/// Literal text with typed slots: the one language in which lines and label values are claimed.
///
/// Written as `Running: {int} reqs[[, Deferred: {int} reqs]]`: `{type}` or `{type:arguments}` is a slot, `[[…]]` may be absent,
/// `{{` and `}}` stand for the braces themselves. `{name}` of the contract's own `define` stands for what is defined there.
public struct Template: Sendable, Hashable {
  public indirect enum Element: Sendable, Hashable {
    case literal([UInt8])
    case slot(Slot)
    case optional([Element])
    case choice([[Element]])
  }

  /// As the contract's file has it.
  public var text: String
  public var elements: [Element]
  public var place: Location?

  /// The slots in the order in which they stand, those of optional parts and choices among them.
  public var slots: [Slot] { Self.slots(elements) }

  private static func slots(_ elements: [Element]) -> [Slot] {
    elements.flatMap { element -> [Slot] in
      switch element {
      case .literal: []
      case .slot(let slot): [slot]
      case .optional(let inner): slots(inner)
      case .choice(let choices): choices.flatMap(slots)
      }
    }
  }
}

/// A place in a template that holds one value of a closed type.
public struct Slot: Sendable, Hashable {
  public var kind: SlotKind
  /// As written between the braces.
  public var text: String
}

/// The types of slots. Each has a longest length; none takes arbitrary text.
public enum SlotKind: Sendable, Hashable {
  /// Digits, perhaps after a minus; at most 20.
  case integer
  /// Digits in groups of three parted by commas.
  case grouped
  /// A number with point and exponent, `NaN`, `Inf`.
  case float
  /// Numbers parted by a comma and a space.
  case floats
  /// A number and `%`.
  case percent
  /// As Go prints durations, e.g. `1m2.5s`.
  case duration
  /// RFC 3339, with `T` or a space.
  case timestamp
  /// `HH:MM:SS`, perhaps with a fraction.
  case time
  /// `MM-DD`.
  case monthDay
  case ip
  case port
  /// Three digits from 100 to 599.
  case status
  /// Hexadecimal digits, or a UUID, perhaps after `chatcmpl-` or `cmpl-`, perhaps with eight more digits after.
  case requestID
  case uuid
  case hex(ClosedRange<Int>)
  /// `00000000:1A:00.0`
  case pci
  /// `GPU-` or `MIG-` and a UUID.
  case gpuUUID
  case mac
  /// Digits and points, perhaps after `v` or `go`, with suffixes; at most 40 bytes.
  case version
  /// A source file of the program and the line in it, e.g. `loggers.py:335`.
  case source
  /// The name of an exception class, e.g. `Openai.BadRequestError`.
  case exception
  /// The kernel's name of a device, e.g. `nvme0n1`, `eth0`, `/dev/vda`.
  case device
  /// An identifier of the program: a letter, then letters, digits, `_`, `.` and `-`; at most 63 bytes.
  case name
  /// An absolute path whose parts are identifiers; at most 200 bytes.
  case file
  /// Spaces, at most 200.
  case spaces
  /// Spaces, box drawing and block elements (U+2500 to U+259F), at most 1,000 bytes.
  case art
  /// Python's print of a dictionary of options: names, numbers, and what the fleet declares.
  case settings
  case oneOf([String])
  case fleet(FleetNames.Kind)

  /// Whether somebody outside the program may choose letters of the value, so that it goes on to the detectors.
  public var isFree: Bool {
    switch self {
    case .name, .device, .file, .version, .exception, .settings, .requestID: true
    default: false
    }
  }
}
