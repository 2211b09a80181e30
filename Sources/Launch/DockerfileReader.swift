import Syntax

/// Finds the starts of programs in a Dockerfile: what a container of each of its stages runs.
///
/// Source: docs.docker.com/reference/dockerfile (`FROM`, `ARG`, `ENV`, `CMD` and `ENTRYPOINT` in exec and shell form, how the last two
/// go together, here-documents).
struct DockerfileReader {
  let programs: Programs
  let beside: (String) -> [UInt8]?
  var reading: LaunchReading
  private var stages: [Stage] = []
  /// Stages that others go on with.
  private var bases: Set<Int> = []
  private let budget = ExpansionBudget()
  /// What `FROM` puts in, and what the instructions of a stage do.
  private var arguments: Interpolation
  private var interpolation: Interpolation

  /// One image in the making.
  private struct Stage {
    var name: String?
    var image: PlacedText
    var environment: [Assignment] = []
    var entryPoint: Command?
    var command: Command?
    /// The command is that of the stage that it goes on with.
    var inheritsCommand = false
  }

  private enum Command {
    /// A JSON list of words, which no shell reads.
    case words([Argument])
    case line(PlacedText)
  }

  init(programs: Programs, reading: LaunchReading, beside: @escaping (String) -> [UInt8]?) {
    self.programs = programs
    self.reading = reading
    self.beside = beside
    arguments = Interpolation([], budget: budget)
    interpolation = arguments
  }

  /// The first instruction, but for arguments, names an image, and another follows.
  static func isOne(_ text: PlacedText) -> Bool {
    let known: Set<String> = [
      "ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "RUN", "SHELL",
      "STOPSIGNAL", "USER", "VOLUME", "WORKDIR",
    ]
    let instructions = instructions(of: text).lazy.map(\.name).drop(while: { $0 == "ARG" })
    return instructions.first == "FROM" && instructions.dropFirst().first.map(known.contains) == true
  }

  mutating func read(_ text: PlacedText) {
    for (name, rest) in Self.instructions(of: text) { take(name, rest) }
    for (index, stage) in stages.enumerated() where !bases.contains(index) { start(stage) }
  }

  private mutating func start(_ stage: Stage) {
    var inner = ShellReader(programs: programs, reading: reading.taken(), beside: beside)
    switch (stage.entryPoint, stage.command) {
    case (.line(let line), _), (nil, .line(let line)): inner.read(line, environment: stage.environment)
    case (.words(let words), .words(let more)): inner.start(words + more, environment: stage.environment)
    case (.words(let words), _): inner.start(words, environment: stage.environment)
    case (nil, .words(let words)):
      inner.start(
        programs.words(ofImage: stage.image, entryPoint: nil, arguments: words), environment: stage.environment)
    case (nil, nil): break
    }
    reading = inner.reading
    reading.assignments += stage.environment.inForce
  }

  /// Lines that end in a backslash joined; comments and here-documents left out.
  private static func instructions(of text: PlacedText) -> [(name: String, rest: PlacedText)] {
    var instructions: [(String, PlacedText)] = []
    var whole = PlacedText()
    var terminator: String?
    for line in text.lines() {
      let trimmed = line.trimmed()
      if let end = terminator {
        if trimmed.string == end { terminator = nil }
        continue
      }
      if trimmed.isEmpty || trimmed.bytes[0] == UInt8(ascii: "#") { continue }
      let goesOn = trimmed.bytes.last == UInt8(ascii: "\\")
      whole.append(goesOn ? trimmed[0..<trimmed.bytes.count - 1] : trimmed)
      if goesOn {
        whole.append(0x20, at: trimmed.offsets[trimmed.bytes.count - 1])
        continue
      }
      let name = whole.bytes.prefix { !Bytes.isSpace($0) }.count
      instructions.append((whole[0..<name].string, whole[name..<whole.bytes.count].trimmed()))
      terminator =
        ["RUN", "COPY", "ADD"].contains(instructions[instructions.count - 1].0) ? Self.terminator(in: whole) : nil
      whole = PlacedText()
    }
    return instructions
  }

  /// `EOF` of `<<EOF`, `<<-EOF`, `<<"EOF"`.
  private static func terminator(in line: PlacedText) -> String? {
    let word = line.words().last { $0.bytes.starts(with: "<<".utf8) }
    let name = word?.bytes.dropFirst(2).filter(Bytes.isName) ?? []
    return name.isEmpty ? nil : String(decoding: name, as: UTF8.self)
  }

  private mutating func take(_ name: String, _ rest: PlacedText) {
    guard name == "FROM" || name == "ARG" || !stages.isEmpty else { return }
    switch name {
    case "FROM": begin(rest)
    case "ARG":
      for assignment in assignments(rest) {
        interpolation.set(assignment)
        if stages.isEmpty { arguments.set(assignment) }
      }
    case "ENV":
      for assignment in assignments(rest) {
        interpolation.set(assignment)
        reading.read(assignment.offset..<assignment.offset + assignment.name.utf8.count)
        stages[stages.count - 1].environment.append(assignment)
      }
    case "ENTRYPOINT":
      stages[stages.count - 1].entryPoint = command(rest)
      // Whoever says what is run takes the arguments of another back.
      if stages[stages.count - 1].inheritsCommand { stages[stages.count - 1].command = nil }
    case "CMD":
      stages[stages.count - 1].command = command(rest)
      stages[stages.count - 1].inheritsCommand = false
    default: break
    }
  }

  /// `FROM [--platform=…] IMAGE [AS NAME]`: of an image, or of a stage before.
  private mutating func begin(_ rest: PlacedText) {
    let words = rest.words().filter { !$0.bytes.starts(with: "--".utf8) }
    let image = words.first.map { arguments.applied(to: $0) } ?? PlacedText()
    var stage = Stage(image: image)
    if let base = stages.lastIndex(where: { $0.name == image.string }),
      budget.take(stages[base].environment.count << 6)
    {
      stage = stages[base]
      bases.insert(base)
    }
    stage.inheritsCommand = stage.command != nil
    stage.name = words.count == 3 ? words[2].string : nil
    stages.append(stage)
    interpolation = Interpolation(stage.environment, budget: budget)
  }

  /// `NAME=value …`, or the older `NAME value`.
  private func assignments(_ text: PlacedText) -> [Assignment] {
    let words = text.unquotedWords()
    guard let first = words.first, Bytes.assignedName(first.bytes[...]) == nil else {
      return words.compactMap { word in
        guard let name = Bytes.assignedName(word.bytes[...]), word.bytes[name] == UInt8(ascii: "=") else { return nil }
        return Assignment(
          name: word[0..<name].string, value: interpolation.applied(to: word[name + 1..<word.bytes.count]),
          offset: word.offsets[0])
      }
    }
    guard words.count > 1 else { return [] }
    return [
      Assignment(
        name: first.string, value: interpolation.applied(to: text[first.bytes.count..<text.bytes.count].trimmed()),
        offset: first.offsets[0])
    ]
  }

  private func command(_ text: PlacedText) -> Command {
    guard text.bytes.first == UInt8(ascii: "["), let words = (try? JSONDocument.parse(text.bytes))?.array else {
      return .line(text)
    }
    return .words(
      words.compactMap { word in
        guard let string = word.string, text.offsets.indices.contains(word.offset) else { return nil }
        let offset = text.offsets[word.offset]
        let bytes = Array(string.utf8)
        // Without escapes it stands behind its quote as it is.
        let isPlain = text.bytes[(word.offset + 1)...].starts(with: bytes)
        let offsets =
          isPlain
          ? Array(text.offsets[(word.offset + 1)...].prefix(bytes.count)) : Array(repeating: offset, count: bytes.count)
        return Argument(text: PlacedText(bytes: bytes, offsets: offsets), offset: offset)
      })
  }
}
