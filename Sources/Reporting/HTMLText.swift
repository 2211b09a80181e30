import Mustache

/// Escaping of values in HTML, scalar by scalar.
///
/// swift-mustache 2.1.1 escapes by `Character`, so that a quotation mark followed by a combining accent is another
/// character to it and ends an attribute all the same; and it lets control characters and bidirectional marks through.
struct HTMLText: MustacheContentType {
  static let contentType = "SIGILO_HTML"

  func escapeText(_ text: String) -> String {
    var result = ""
    for scalar in Printable.escaped(text).unicodeScalars {
      switch scalar {
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
