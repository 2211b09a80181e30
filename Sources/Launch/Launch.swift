/// One start of a program, as a file writes it.
public struct Launch: Sendable {
  /// What the program is.
  public var program: ProgramName
  /// Offset of the program's word.
  public var offset: Int
  public var arguments: [Argument]
  /// What is assigned by the time it starts, in order; a later assignment of a name wins.
  public var environment: [Assignment]
  /// Files that it takes variables from and that are not at hand, by the offset where they are named.
  public var missingFiles: [Int]
  /// The command stands in another file, where it is judged; variables may be set for it here.
  public var isElsewhere = false

  /// The last assignment of a variable.
  public func assignment(of name: String) -> Assignment? { environment.last { $0.name == name } }
}

/// A word of a command line.
public struct Argument: Sendable, Hashable {
  public var text: PlacedText
  /// Where it begins.
  public var offset: Int
  /// It may be any number of arguments, which the file does not tell: a variable without quotes.
  public var isAnyNumber: Bool
  /// It is a list of such arguments: `"$@"`, `${ARGS[@]}`.
  public var isList: Bool

  public init(text: PlacedText, offset: Int, isAnyNumber: Bool = false, isList: Bool = false) {
    self.text = text
    self.offset = offset
    self.isAnyNumber = isAnyNumber
    self.isList = isList
  }
}

/// A variable that a file sets.
public struct Assignment: Sendable, Hashable {
  public var name: String
  public var value: PlacedText
  /// Where its name begins; where the file that sets it is named, if it is another.
  public var offset: Int
  /// It is set in another file, where it is judged.
  public var isElsewhere: Bool

  public init(name: String, value: PlacedText, offset: Int, isElsewhere: Bool = false) {
    self.name = name
    self.value = value
    self.offset = offset
    self.isElsewhere = isElsewhere
  }

  /// The same, as set by another file that is named there: all of it stands at that place.
  func elsewhere(named offset: Int) -> Assignment {
    Assignment(
      name: name,
      value: PlacedText(bytes: value.bytes, offsets: Array(repeating: offset, count: value.bytes.count)),
      offset: offset, isElsewhere: true)
  }
}

extension [Assignment] {
  /// Without those that a later one of the same name overrules.
  var inForce: [Assignment] {
    var seen: Set<String> = []
    return reversed().filter { seen.insert($0.name).inserted }.reversed()
  }
}

/// How a program is called: by which command or from which image of a container.
public struct ProgramName: Sendable, Hashable {
  /// Words of the command, e.g. `vllm serve`; the first is compared without its folder.
  public var commands: [[String]]
  /// Images, without registry and tag, whose arguments are the program's.
  public var images: [String]

  public init(commands: [[String]], images: [String]) {
    self.commands = commands
    self.images = images
  }

  /// Where its arguments begin, and which word names it; nil where the words do not start it.
  func start(in words: [Argument]) -> (name: Int, arguments: Int)? {
    for index in words.indices {
      for command in commands where words.count - index >= command.count {
        let isSame = command.indices.allSatisfy { part in
          let word = words[index + part].text.string
          return word == command[part] || part == 0 && word.hasSuffix("/" + command[part])
        }
        if isSame, command.count > 1 || Self.isStarted(words, at: index) { return (index, index + command.count) }
      }
    }
    // `docker run … IMAGE ARGUMENTS`; another entry point makes the arguments those of another program.
    let texts = words.map(\.text.string)
    guard let run = texts.firstIndex(where: { $0 == "run" || $0 == "create" }),
      !texts.contains(where: { $0.hasPrefix("--entrypoint") }),
      let image = texts.indices.first(where: { $0 > run && names(image: texts[$0]) })
    else { return nil }
    return (image, image + 1)
  }

  /// Commands that start what follows them.
  private static let starters: Set<String> = [
    "apptainer", "chrt", "conda", "dumb-init", "env", "exec", "ionice", "micromamba", "mpirun", "nice", "nohup",
    "numactl",
    "pipenv", "poetry", "runuser", "setsid", "singularity", "srun", "stdbuf", "sudo", "systemd-run", "taskset", "time",
    "timeout", "tini", "uv", "uvx",
  ]

  /// Whether a word that could be any name is that of a program: it stands first, or behind a command that starts programs
  /// and before an option.
  private static func isStarted(_ words: [Argument], at index: Int) -> Bool {
    guard index > 0 else { return true }
    let first = words[0].text.string.split(separator: "/").last.map(String.init) ?? ""
    return starters.contains(first) && index + 1 < words.count && words[index + 1].text.bytes.first == UInt8(ascii: "-")
  }

  /// Whether an image of a container is one of the program's.
  func names(image: String) -> Bool {
    var name = image[...]
    if name.hasPrefix("docker://") { name = name.dropFirst(9) }
    if let digest = name.firstIndex(of: "@") { name = name[..<digest] }
    if let tag = name.lastIndex(of: ":"), !name[tag...].contains("/") { name = name[..<tag] }
    return images.contains { name == $0 || name.hasSuffix("/" + $0) }
  }
}

/// All that a file says about starts of programs.
public struct LaunchReading: Sendable {
  public var launches: [Launch] = []
  /// Variables that the file sets, whoever reads them, but for those that a later assignment makes void.
  public var assignments: [Assignment] = []
  /// For each byte of the file, whether it belongs to a launch or an assignment above.
  public var isRead: [Bool]

  /// More starts in one file are left to whoever looks for names in what is not read.
  static let maximumLaunches = 1_000

  init(count: Int) { isRead = Array(repeating: false, count: count) }

  /// Hands it over, so that nothing is copied as it grows.
  mutating func taken() -> LaunchReading {
    var other = LaunchReading(count: 0)
    swap(&self, &other)
    return other
  }

  mutating func read(_ text: PlacedText) {
    for offset in text.offsets where isRead.indices.contains(offset) { isRead[offset] = true }
  }

  mutating func read(_ range: Range<Int>) {
    for offset in range.clamped(to: isRead.indices) { isRead[offset] = true }
  }
}
