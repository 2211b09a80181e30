/// Finds the starts of programs in a systemd unit, or in a drop-in of one.
///
/// Sources: systemd.syntax(7), systemd.exec(5) (`Environment=`, of which the last of a name counts; `EnvironmentFile=`, which overrides
/// it wherever it stands), systemd.service(5) (command lines), systemd.unit(5) (drop-ins).
struct UnitReader {
  let programs: Programs
  let beside: (String) -> [UInt8]?
  var reading: LaunchReading
  private var settings: [Assignment] = []
  private var settingsOfFiles: [Assignment] = []
  private var missingFiles: [Int] = []
  private var commands: [Command] = []

  private struct Command {
    var line: PlacedText
    var isElsewhere: Bool
  }

  private var environment: [Assignment] { settings + settingsOfFiles }

  init(programs: Programs, reading: LaunchReading, beside: @escaping (String) -> [UInt8]?) {
    self.programs = programs
    self.reading = reading
    self.beside = beside
  }

  /// A section that can start a program stands at the beginning of a line.
  static func isOne(_ text: PlacedText) -> Bool {
    text.lines().contains { line in
      let line = line.trimmed().string
      return line == "[Service]" || line == "[Container]"
    }
  }

  /// - Parameter companions: the files that together with the text make up the unit, in the order in which they are read.
  mutating func read(_ text: PlacedText, companions: [UnitCompanion] = []) {
    let place = text.offsets.first ?? 0
    for companion in companions where !companion.isAfter { read(companion, at: place) }
    for (key, value) in Self.entries(of: text) { take(key, value, isElsewhere: false) }
    for companion in companions where companion.isAfter { read(companion, at: place) }
    for command in commands { start(command) }
    reading.assignments += environment.inForce.filter { !$0.isElsewhere }
  }

  /// What another file of the unit says; all of it stands at that place here. What is wrong in it is found there.
  private mutating func read(_ companion: UnitCompanion, at place: Int) {
    for (key, value) in Self.entries(of: PlacedText(file: companion.bytes)) {
      let offsets = Array(repeating: place, count: value.bytes.count)
      take(key, PlacedText(bytes: value.bytes, offsets: offsets), isElsewhere: true)
    }
  }

  /// Keys and values, lines that end in a backslash joined.
  private static func entries(of text: PlacedText) -> [(key: String, value: PlacedText)] {
    var entries: [(String, PlacedText)] = []
    var open: PlacedText?
    for line in text.lines() {
      var line = line
      let begin = line.trimmed()
      // A comment among continued lines is left out.
      if let first = begin.bytes.first, first == UInt8(ascii: "#") || first == UInt8(ascii: ";") { continue }
      if line.bytes.last == 0x0D { line = line[0..<line.bytes.count - 1] }
      let goesOn = line.bytes.last == UInt8(ascii: "\\")
      var whole = open ?? PlacedText()
      if goesOn {
        whole.append(line[0..<line.bytes.count - 1])
        whole.append(0x20, at: line.offsets[line.bytes.count - 1])
        open = whole
        continue
      }
      whole.append(line)
      open = nil
      if let entry = entry(whole) { entries.append(entry) }
    }
    if let open, let entry = entry(open) { entries.append(entry) }
    return entries
  }

  private static func entry(_ line: PlacedText) -> (String, PlacedText)? {
    guard let equals = line.bytes.firstIndex(of: UInt8(ascii: "=")) else { return nil }
    return (line[0..<equals].trimmed().string, line[equals + 1..<line.bytes.count].trimmed())
  }

  private mutating func take(_ key: String, _ value: PlacedText, isElsewhere: Bool) {
    switch key {
    case "Environment":
      // An empty one takes back those before it, here and below.
      if value.isEmpty { settings = [] }
      for word in value.unquotedWords() {
        guard let name = Bytes.assignedName(word.bytes[...]), word.bytes[name] == UInt8(ascii: "=") else { continue }
        let offset = word.offsets[0]
        if !isElsewhere { reading.read(offset..<offset + name) }
        settings.append(
          Assignment(
            name: word[0..<name].string, value: Self.specified(word[name + 1..<word.bytes.count]), offset: offset,
            isElsewhere: isElsewhere))
      }
    case "EnvironmentFile":
      if value.isEmpty { (settingsOfFiles, missingFiles) = ([], []) }
      guard !value.isEmpty else { return }
      let name = value.bytes[0] == UInt8(ascii: "-") ? value[1..<value.bytes.count] : value
      guard let bytes = beside(name.string) else {
        missingFiles.append(value.offsets[0])
        return
      }
      settingsOfFiles += EnvironmentFile.assignments(in: PlacedText(file: bytes)).map {
        $0.elsewhere(named: value.offsets[0])
      }
    case "ExecStart", "ExecStartPre", "ExecStartPost", "ExecReload", "ExecCondition":
      if value.isEmpty, key == "ExecStart" { commands = [] }
      if !value.isEmpty { commands.append(Command(line: value, isElsewhere: isElsewhere)) }
    default: break
    }
  }

  /// A specifier such as `%i`, which only systemd knows, makes the value unknown; `%%` is a percent sign.
  private static func specified(_ text: PlacedText) -> PlacedText {
    var out = PlacedText()
    var index = 0
    while index < text.bytes.count {
      if text.bytes[index] == UInt8(ascii: "%"), index + 1 < text.bytes.count {
        let isPercent = text.bytes[index + 1] == UInt8(ascii: "%")
        out.append(isPercent ? text.bytes[index] : PlacedText.unknown, at: text.offsets[index])
        index += 2
      } else {
        out.append(text.bytes[index], at: text.offsets[index])
        index += 1
      }
    }
    return out
  }

  private mutating func start(_ command: Command) {
    // `-@:+!|` before the program change how it is run, not what it is.
    let special = command.line.bytes.prefix { [0x2D, 0x40, 0x3A, 0x2B, 0x21, 0x7C].contains($0) }.count
    let arguments = command.line[special..<command.line.bytes.count].unquotedWords().flatMap {
      argument(Self.specified($0))
    }
    var inner = ShellReader(
      programs: programs, reading: command.isElsewhere ? LaunchReading(count: 0) : reading.taken(), beside: beside)
    inner.start(arguments, environment: environment, missingFiles: missingFiles)
    guard command.isElsewhere else {
      reading = inner.reading
      return
    }
    // Nothing but the variables that this file sets stands here.
    let own = Set(environment.lazy.filter { !$0.isElsewhere }.map(\.offset))
    reading.launches += inner.reading.launches.map { launch in
      var launch = launch
      launch.isElsewhere = true
      for index in launch.environment.indices {
        launch.environment[index].isElsewhere = !own.contains(launch.environment[index].offset)
      }
      return launch
    }
  }

  /// `$NAME` as a word of its own is parted into words, `${NAME}` stands for its value.
  private func argument(_ word: PlacedText) -> [Argument] {
    if word.bytes.first == UInt8(ascii: "$"), word.bytes.count > 1, word.bytes[1...].allSatisfy(Bytes.isName) {
      let name = word[1..<word.bytes.count].string
      guard let value = environment.last(where: { $0.name == name })?.value, value.isKnown else {
        return [
          Argument(
            text: PlacedText(bytes: [PlacedText.unknown], offsets: [word.offsets[0]]), offset: word.offsets[0],
            isAnyNumber: true)
        ]
      }
      return value.words().map { Argument(text: $0, offset: $0.offsets[0]) }
    }
    var out = PlacedText()
    var index = 0
    while index < word.bytes.count {
      if word.bytes[index] == UInt8(ascii: "$"), index + 1 < word.bytes.count,
        word.bytes[index + 1] == UInt8(ascii: "{"),
        let end = word.bytes[index...].firstIndex(of: UInt8(ascii: "}"))
      {
        let name = word[index + 2..<end].string
        if let value = environment.last(where: { $0.name == name })?.value {
          out.append(value)
        } else {
          out.append(PlacedText.unknown, at: word.offsets[index])
        }
        index = end + 1
      } else if word.bytes[index] == UInt8(ascii: "$"), index + 1 < word.bytes.count,
        word.bytes[index + 1] == UInt8(ascii: "$")
      {
        out.append(word.bytes[index], at: word.offsets[index])
        index += 2
      } else {
        out.append(word.bytes[index], at: word.offsets[index])
        index += 1
      }
    }
    return [Argument(text: out, offset: word.offsets.first ?? 0)]
  }
}

/// Another of the files that make up a unit: itself, or one of its drop-ins.
public struct UnitCompanion: Sendable {
  public var bytes: [UInt8]
  /// It is read after the file at hand, which it overrules.
  public var isAfter: Bool

  public init(bytes: [UInt8], isAfter: Bool) {
    self.bytes = bytes
    self.isAfter = isAfter
  }
}
