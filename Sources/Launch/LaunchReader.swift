public import Syntax

/// Reads how programs are started from the files that start them.
public enum LaunchReader {
  public enum Kind: String, Sendable { case shell, unit, environment, dockerfile }

  /// Larger files start no program.
  public static let maximumBytes = 1 << 20
  static let maximumDepth = 4

  /// What kind of file a text is, by its content; a text that is none of the others is read as a script.
  public static func kind(of text: PlacedText) -> Kind {
    if UnitReader.isOne(text) { return .unit }
    if DockerfileReader.isOne(text) { return .dockerfile }
    return EnvironmentFile.isOne(text) ? .environment : .shell
  }

  /// All starts of these programs in a file, and all variables that it sets.
  ///
  /// - Parameters:
  ///   - documents: what the file is as YAML, if it is that and has structure.
  ///   - companions: what a unit is read together with.
  ///   - beside: gives files that this one names and that are at hand.
  public static func read(
    _ file: [UInt8], documents: [PositionedValue] = [], programs: Programs, companions: [UnitCompanion] = [],
    beside: @escaping (String) -> [UInt8]? = { _ in nil }
  ) -> LaunchReading {
    var reading = LaunchReading(count: file.count)
    guard file.count <= maximumBytes else { return reading }
    if documents.contains(where: { $0.mapping != nil || $0.array != nil }) {
      var reader = ContainerReader(programs: programs, reading: reading.taken(), source: file, beside: beside)
      reader.read(documents)
      return reader.reading
    }
    let text = PlacedText(file: file)
    read(
      text, kind: kind(of: text), programs: programs, into: &reading, depth: 0, companions: companions, beside: beside)
    return reading
  }

  static func read(
    _ text: PlacedText, kind: Kind, programs: Programs, into reading: inout LaunchReading, depth: Int,
    companions: [UnitCompanion] = [], beside: @escaping (String) -> [UInt8]?
  ) {
    switch kind {
    case .unit:
      var reader = UnitReader(programs: programs, reading: reading.taken(), beside: beside)
      reader.read(text, companions: companions)
      reading = reader.reading
    case .environment:
      let assignments = EnvironmentFile.assignments(in: text)
      for assignment in assignments {
        reading.read(assignment.offset..<assignment.offset + assignment.name.utf8.count)
      }
      reading.assignments += assignments.inForce
    case .dockerfile:
      var reader = DockerfileReader(programs: programs, reading: reading.taken(), beside: beside)
      reader.read(text)
      reading = reader.reading
    case .shell:
      var reader = ShellReader(programs: programs, reading: reading.taken(), depth: depth, beside: beside)
      reader.read(text)
      reader.finish()
      reading = reader.reading
    }
  }
}
