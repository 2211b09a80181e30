/// The programs whose starts are looked for, and the variables that they read.
public struct Programs: Sendable {
  public var names: [ProgramName]
  /// Nil for all.
  public var variables: Set<String>?

  public init(_ names: [ProgramName], variables: Set<String>? = nil) {
    self.names = names
    self.variables = variables
  }

  func reads(_ variable: String) -> Bool { variables?.contains(variable) ?? true }
}
