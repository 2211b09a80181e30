/// Finds the starts of programs in a systemd unit, or in a drop-in of one.
///
/// Sources: systemd.syntax(7), systemd.exec(5) (`Environment=`, `EnvironmentFile=`), systemd.service(5) (command lines).
struct UnitReader {
  let programs: Programs
  let beside: (String) -> [UInt8]?
  var reading: LaunchReading
  private var environment: [Assignment] = []
  private var missingFiles: [Int] = []
  private var commands: [PlacedText] = []

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

  /// - Parameter companions: the unit that the text is a drop-in of, or drop-ins of the unit, in order.
  mutating func read(_ text: PlacedText, companions: [UnitCompanion] = []) {
    for companion in companions where !companion.isDropIn { read(companion, at: text) }
    for (key, value) in Self.entries(of: text) { take(key, value) }
    for companion in companions where companion.isDropIn { read(companion, at: text) }
    for assignment in environment where !assignment.isElsewhere {
      reading.read(assignment.offset..<assignment.offset + assignment.name.utf8.count)
    }
    for command in commands { start(command) }
    reading.assignments += environment.filter { !$0.isElsewhere }
  }

  /// What another file adds: its variables, and that it takes commands back. What is wrong in it is found there.
  private mutating func read(_ companion: UnitCompanion, at text: PlacedText) {
    let place = text.offsets.first ?? 0
    let own = environment.count
    for (key, value) in Self.entries(of: PlacedText(file: companion.bytes)) {
      if key.hasPrefix("Environment") { take(key, value) }
      if key == "ExecStart", value.isEmpty, companion.isDropIn { commands = [] }
    }
    for index in environment.indices.dropFirst(own) {
      environment[index] = environment[index].elsewhere(named: place)
    }
    missingFiles = missingFiles.map { min($0, text.offsets.last ?? 0) }
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

  private mutating func take(_ key: String, _ value: PlacedText) {
    switch key {
    case "Environment":
      if value.isEmpty { environment = [] }
      for word in words(value) {
        guard let name = Bytes.assignedName(word.bytes[...]), word.bytes[name] == UInt8(ascii: "=") else { continue }
        environment.append(
          Assignment(
            name: word[0..<name].string, value: Self.specified(word[name + 1..<word.bytes.count]),
            offset: word.offsets[0]))
      }
    case "EnvironmentFile":
      if value.isEmpty { missingFiles = [] }
      guard !value.isEmpty else { return }
      let name = value.bytes[0] == UInt8(ascii: "-") ? value[1..<value.bytes.count] : value
      guard let bytes = beside(name.string) else {
        missingFiles.append(value.offsets[0])
        return
      }
      environment += EnvironmentFile.assignments(in: PlacedText(file: bytes)).map {
        $0.elsewhere(named: value.offsets[0])
      }
    case "ExecStart", "ExecStartPre", "ExecStartPost", "ExecReload", "ExecCondition":
      // An empty one takes back those before it.
      if value.isEmpty, key == "ExecStart" { commands = [] }
      if !value.isEmpty { commands.append(value) }
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

  /// Words parted by white space, with quotes around whole words or parts of them.
  private func words(_ text: PlacedText) -> [PlacedText] {
    var words: [PlacedText] = []
    var word = PlacedText()
    var hasBegun = false
    var quote: UInt8?
    var index = 0
    while index < text.bytes.count {
      let byte = text.bytes[index]
      if byte == UInt8(ascii: "\\"), quote != UInt8(ascii: "'"), index + 1 < text.bytes.count {
        index += 1
        word.append(text.bytes[index], at: text.offsets[index])
        hasBegun = true
      } else if let open = quote {
        if byte == open { quote = nil } else { word.append(byte, at: text.offsets[index]) }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
        hasBegun = true
      } else if Bytes.isSpace(byte) {
        if hasBegun { words.append(word) }
        (word, hasBegun) = (PlacedText(), false)
      } else {
        word.append(byte, at: text.offsets[index])
        hasBegun = true
      }
      index += 1
    }
    if hasBegun { words.append(word) }
    return words
  }

  private mutating func start(_ command: PlacedText) {
    // `-@:+!|` before the program change how it is run, not what it is.
    let special = command.bytes.prefix { [0x2D, 0x40, 0x3A, 0x2B, 0x21, 0x7C].contains($0) }.count
    let arguments = words(command[special..<command.bytes.count]).flatMap { argument(Self.specified($0)) }
    var inner = ShellReader(programs: programs, reading: reading.taken(), beside: beside)
    inner.start(arguments, environment: environment, missingFiles: missingFiles)
    reading = inner.reading
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

/// A file that is read together with a unit.
public struct UnitCompanion: Sendable {
  public var bytes: [UInt8]
  /// `NAME.service.d/*.conf`, which is read after the unit.
  public var isDropIn: Bool

  public init(bytes: [UInt8], isDropIn: Bool) {
    self.bytes = bytes
    self.isDropIn = isDropIn
  }
}
