import Launch
import Syntax

/// What a setting is set to.
enum SettingValue: Hashable {
  /// An option without a value.
  case on
  /// Its negation.
  case off
  case text(String)
  case list([String])
  case mapping
  case nothing
  /// The file does not tell it; what it tells of it, such as a default, stands here.
  case unknown(String)

  init(_ text: PlacedText) {
    self =
      text.isKnown
      ? .text(text.string) : .unknown(String(decoding: text.bytes.filter { $0 != PlacedText.unknown }, as: UTF8.self))
  }

  init(_ value: PositionedValue) {
    if let array = value.array {
      self = .list(array.map { $0.string ?? "" })
    } else if value.mapping != nil {
      self = .mapping
    } else if value.isNull {
      self = .nothing
    } else {
      self = .text(value.string ?? "")
    }
  }
}

enum SettingVerdict { case holds, broken, unknown }

extension SettingCondition {
  /// Of those that programs know, whatever their case.
  ///
  /// Source: go-ini/ini key.go (`parseBool`, for Grafana).
  private static let truths: Set<String> = ["1", "t", "true", "y", "yes", "on"]

  func verdict(of value: SettingValue) -> SettingVerdict {
    if case .unknown(let known) = value {
      if self == .absent || self == .nonexistent { return .broken }
      return known.isEmpty || verdict(of: .text(known)) != .broken ? .unknown : .broken
    }
    return holds(value) ? .holds : .broken
  }

  private func holds(_ value: SettingValue) -> Bool {
    switch self {
    case .nonexistent: false
    case .absent: !Self.isSet(value)
    case .off: !Self.isOn(value)
    case .on: Self.isOn(value)
    case .oneOf(let texts): Self.texts(value).map { $0.allSatisfy { Self.are(texts, $0) } } ?? false
    case .noneOf(let texts): Self.texts(value).map { !$0.contains { Self.are(texts, $0) } } ?? true
    case .only(let texts): Self.texts(value).map(Set.init)?.isSubset(of: texts) ?? false
    case .atMost(let limit): Self.texts(value)?.allSatisfy { (Double($0) ?? .infinity) <= limit } ?? false
    case .claimed: true
    }
  }

  private static func are(_ texts: [String], _ text: String) -> Bool {
    texts.contains { $0.lowercased() == text.lowercased() }
  }

  private static func isSet(_ value: SettingValue) -> Bool {
    switch value {
    case .on, .mapping, .unknown: true
    case .off, .nothing: false
    case .text(let text): !["", "false", "no", "off"].contains(text.lowercased())
    case .list(let list): !list.isEmpty
    }
  }

  /// Words and numbers that programs take for true; what has parts is on.
  private static func isOn(_ value: SettingValue) -> Bool {
    switch value {
    case .on, .mapping: true
    case .off, .nothing, .unknown: false
    case .text(let text): truths.contains(text.lowercased()) || (Int(text) ?? 0) != 0
    case .list(let list): !list.isEmpty
    }
  }

  /// The texts that a value consists of; none where it is empty, nil where it has parts.
  private static func texts(_ value: SettingValue) -> [String]? {
    switch value {
    case .text(let text), .unknown(let text): text.isEmpty ? [] : [text]
    case .list(let list): list
    case .on, .off, .nothing: []
    case .mapping: nil
    }
  }
}

extension SettingTrigger {
  /// Whether a value is one of the trigger's, or holds one.
  func isMet(by value: PositionedValue) -> Bool {
    switch SettingValue(value) {
    case .text(let text): holds.contains(text)
    case .list(let list): list.contains(where: holds.contains)
    case .on, .off, .mapping, .nothing, .unknown: false
    }
  }
}
