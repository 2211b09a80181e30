import Vocabulary

extension Optional where Wrapped == String {
  /// What stands at the path that an option names, or what holds without the option.
  func read<Value>(
    _ body: (String) throws(Fault) -> Value, otherwise fallback: () throws(Fault) -> Value
  ) throws(Fault) -> Value {
    if let path = self { try body(path) } else { try fallback() }
  }
}
