import Detection
import Foundation
import Vocabulary

/// A text of a known surface as the judge gets it where nothing else is known of it: which slot it stands for, and a label's
/// `name="value"` taken apart.
struct JudgedText {
  let text: String
  let surface: Surface
  /// The label's name, where the text has one.
  let labelName: String?

  init(_ text: String, surface: Surface) {
    self.surface = surface
    if surface == .label, let label = Self.label(text) {
      (labelName, self.text) = label
    } else {
      (labelName, self.text) = (nil, text)
    }
  }

  /// Of an alert or a configuration the text is taken for a line as it stands in a file.
  var slot: Slot { surface == .label ? .labelValue : .line }

  /// Calls `body` with the text and, of a label, its name.
  func withBytes<Result>(_ body: (UnsafeRawBufferPointer, UnsafeRawBufferPointer?) -> Result) -> Result {
    var text = text
    return text.withUTF8 { bytes in
      guard var name = labelName else { return body(UnsafeRawBufferPointer(bytes), nil) }
      return name.withUTF8 { body(UnsafeRawBufferPointer(bytes), UnsafeRawBufferPointer($0)) }
    }
  }

  /// Name and value of `name="value"`, the escapes of the exposition format undone; nil for a text of another form.
  ///
  /// Source: Prometheus text exposition format 0.0.4 (`\\`, `\"`, `\n`).
  private static func label(_ text: String) -> (name: String, value: String)? {
    guard text.hasSuffix("\""), let quote = text.range(of: "=\""), quote.upperBound < text.endIndex,
      text[..<quote.lowerBound].utf8.allSatisfy({ byte in
        byte == UInt8(ascii: "_") || byte == UInt8(ascii: ":") || (48...57).contains(byte) || (65...90).contains(byte)
          || (97...122).contains(byte)
      })
    else { return nil }
    var value = ""
    var isEscaped = false
    for character in text[quote.upperBound...].dropLast() {
      if isEscaped {
        // A backslash before anything else is no escape of this format: it belongs to the value.
        if character != "n", character != "\\", character != "\"" { value.append("\\") }
        value.append(character == "n" ? "\n" : character)
        isEscaped = false
      } else if character == "\\" {
        isEscaped = true
      } else {
        value.append(character)
      }
    }
    return (String(text[..<quote.lowerBound]), value)
  }
}

extension Judge {
  func judge(_ judged: JudgedText) -> Judgement? {
    judged.withBytes { judge($0, surface: judged.surface, slot: judged.slot, name: $1) }
  }
}
