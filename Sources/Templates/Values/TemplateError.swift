/// Why a template could not be run on its data. The message quotes nothing of either.
public struct TemplateError: Error, Sendable, Hashable {
  public var message: String
  /// The action in which it happened; nil within a template that was handed over without its text.
  public var place: TemplateFlow.Place?
  /// The template asks for something that is not evaluated here, though the program may do it.
  public var isUnsupported: Bool

  init(_ message: String, isUnsupported: Bool = false) {
    self.message = message
    self.isUnsupported = isUnsupported
  }

  static func unsupported(_ what: String) -> Self { Self("\(what) is not evaluated here", isUnsupported: true) }
}
