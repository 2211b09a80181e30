/// The programs whose starts are looked for, and the variables that they read.
public struct Programs: Sendable {
  public var names: [ProgramName]
  /// Nil for all.
  public var variables: Set<String>?

  public init(_ names: [ProgramName], variables: Set<String>? = nil) {
    self.names = names
    self.variables = variables
  }

  /// The words of what a container runs. Where nothing else is its entry point, the image may start a program itself, whose arguments
  /// the words are.
  func words(ofImage image: PlacedText?, entryPoint: [Argument]?, arguments: [Argument]) -> [Argument] {
    let words = (entryPoint ?? []) + arguments
    guard entryPoint == nil, let image, let offset = image.offsets.first,
      !names.contains(where: { $0.start(in: words) != nil }), names.contains(where: { $0.names(image: image.string) })
    else { return words }
    let run = PlacedText(bytes: Array("run".utf8), offsets: Array(repeating: offset, count: 3))
    return [Argument(text: run, offset: offset), Argument(text: image, offset: offset)] + words
  }

  func reads(_ variable: String) -> Bool { variables?.contains(variable) ?? true }
}
