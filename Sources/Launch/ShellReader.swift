/// Finds the starts of programs in a shell script, a batch script among them: with the variables that it sets before, as far as
/// they are plain. Nothing is run; a branch that may be taken counts beside one that may not.
struct ShellReader {
  static let maximumDepth = 4
  /// Commands that print their words, or look for a program rather than start it.
  private static let silent: Set<String> = [
    "echo", "printf", "pip", "pip3", "grep", "pgrep", "pkill", "killall", "which", "type", "cat", "ls", "rm",
  ]

  let programs: Programs
  /// Gives the bytes of a file that is at hand, by the name by which the script calls it.
  let beside: (String) -> [UInt8]?
  var variables = ShellVariables()
  var reading: LaunchReading
  private let depth: Int
  /// Branches that stand open.
  private var branches = 0
  private var missingFiles: [Int] = []

  init(
    programs: Programs, reading: LaunchReading, depth: Int = 0, beside: @escaping (String) -> [UInt8]?
  ) {
    self.programs = programs
    self.reading = reading
    self.depth = depth
    self.beside = beside
  }

  mutating func read(_ text: PlacedText) {
    var lexer = ShellLexer(text)
    var words: [ShellWord] = []
    var isAfterTest = false
    while let token = lexer.next() {
      switch token {
      case .word(let word): words.append(word)
      case .comment(let line): directive(line)
      case .hereDocument(let document, let isQuoted): hereDocument(document, isQuoted: isQuoted)
      case .end(let isCondition):
        let isTest = ["[", "[[", "test"].contains(words.first?.literal?.string ?? "")
        command(words[...], isCertain: branches == 0 && !isAfterTest)
        isAfterTest = isCondition && (isTest || isAfterTest)
        words = []
      }
    }
    command(words[...], isCertain: branches == 0 && !isAfterTest)
  }

  /// What is set at the end: of each variable, the values that it may have.
  mutating func finish() {
    for (name, variable) in variables.variables where !variable.isElsewhere {
      for (value, offset) in zip(variable.values, variable.offsets) {
        if case .text(let text) = value {
          reading.assignments.append(Assignment(name: name, value: text, offset: offset))
        }
      }
    }
    reading.assignments.sort { $0.offset < $1.offset }
  }

  // MARK: Lines

  /// `#SBATCH --export=ALL,NAME=value` (slurm.schedmd.com/sbatch.html).
  private mutating func directive(_ line: PlacedText) {
    guard line.bytes.starts(with: "#SBATCH".utf8) else { return }
    for word in line.words().dropFirst() {
      for assignment in Self.assignments(inOption: word, named: ["--export="]) { assign(assignment, isCertain: true) }
    }
  }

  private mutating func assign(_ assignment: Assignment, isCertain: Bool) {
    let name = assignment.name
    variables.set(name, [.text(assignment.value)], at: assignment.offset, isCertain: isCertain)
    reading.read(assignment.offset..<assignment.offset + name.utf8.count)
  }

  private mutating func hereDocument(_ document: PlacedText, isQuoted: Bool) {
    guard depth < Self.maximumDepth else { return }
    var text = document
    if !isQuoted {
      // `\$` is a dollar that is left to whoever reads the document.
      text = PlacedText()
      var index = 0
      while index < document.bytes.count {
        let next = index + 1 < document.bytes.count ? document.bytes[index + 1] : 0
        if document.bytes[index] == UInt8(ascii: "\\"), [UInt8(ascii: "$"), UInt8(ascii: "`")].contains(next) {
          index += 1
        }
        text.append(document.bytes[index], at: document.offsets[index])
        index += 1
      }
    }
    LaunchReader.read(
      text, kind: LaunchReader.kind(of: text), programs: programs, into: &reading, depth: depth + 1, beside: beside)
  }

  // MARK: Commands

  private static let branchStarts: Set<String> = ["if", "while", "until"]
  private static let goesOn: Set<String> = [
    "then", "else", "elif", "do", "!", "time", "exec", "nohup", "builtin", "command",
  ]
  private static let branchEnds: Set<String> = ["fi", "done", "esac", "}"]
  private static let declarations: Set<String> = ["export", "declare", "typeset", "local", "readonly"]

  private mutating func command(_ given: ArraySlice<ShellWord>, isCertain: Bool) {
    var words = given
    var isCertain = isCertain
    while let first = words.first?.literal?.string {
      if Self.branchStarts.contains(first) || first == "{" {
        branches += 1
        isCertain = false
      } else if Self.branchEnds.contains(first) {
        branches = max(0, branches - 1)
      } else if first == "for" || first == "case" || first == "select" {
        branches += 1
        if first != "case", let name = words.dropFirst().first?.literal?.string {
          variables.set(name, [ShellVariables.unknown], at: words[words.startIndex].offset, isCertain: true)
        }
        return
      } else if !Self.goesOn.contains(first) {
        break
      }
      words = words.dropFirst()
    }
    let prefix = words.prefix { $0.assignedName != nil }
    words = words.dropFirst(prefix.count)
    guard let name = words.first else {
      for word in prefix { set(word, isCertain: isCertain) }
      return
    }
    switch name.literal?.string ?? "" {
    case let name where Self.declarations.contains(name):
      for word in words.dropFirst() { set(word, isCertain: isCertain) }
    case "unset":
      for word in words.dropFirst() { variables.remove(word.literal?.string ?? "") }
    case "read", "mapfile", "readarray":
      for word in words.dropFirst() {
        guard let name = word.literal?.string, name.utf8.allSatisfy(Bytes.isName), !name.isEmpty else { continue }
        variables.set(name, [ShellVariables.unknown], at: word.offset, isCertain: isCertain)
      }
    case "source", ".": source(words.dropFirst().first)
    default: start(words, prefix: prefix)
    }
  }

  private mutating func set(_ word: ShellWord, isCertain: Bool) {
    guard let (name, value) = word.assignment else { return }
    let values = variables.values(of: value)
    if word.appends {
      variables.append(name.string, values, at: word.offset, isCertain: isCertain)
    } else {
      variables.set(name.string, values, at: word.offset, isCertain: isCertain)
    }
    reading.read(name)
  }

  /// A file of variables that the script reads: those in it are judged where they stand.
  private mutating func source(_ word: ShellWord?) {
    guard let word else { return }
    var worlds = 1
    let names = variables.expand(word, world: 0, worlds: &worlds)
    guard names.count == 1, names[0].text.isKnown, let bytes = beside(names[0].text.string) else {
      let last = (names.first?.text.string ?? "").split(separator: "/").last ?? ""
      if last.contains("env"), !last.contains("activate") { missingFiles.append(word.offset) }
      return
    }
    for assignment in EnvironmentFile.assignments(in: PlacedText(file: bytes)).map({ $0.elsewhere(named: word.offset) })
    {
      variables.set(
        assignment.name, [.text(assignment.value)], at: word.offset, isCertain: branches == 0, isElsewhere: true)
    }
  }

  // MARK: Starts

  private mutating func start(_ words: ArraySlice<ShellWord>, prefix: ArraySlice<ShellWord>) {
    var worlds = 1
    var world = 0
    while world < min(worlds, ShellVariables.maximumValues) {
      let arguments = words.flatMap { variables.expand($0, world: world, worlds: &worlds) }
      let own = prefix.compactMap { word -> Assignment? in
        guard let (name, value) = word.assignment, case .text(let text)? = variables.values(of: value).first else {
          return nil
        }
        return Assignment(name: name.string, value: text, offset: word.offset)
      }
      for assignment in own { reading.read(assignment.offset..<assignment.offset + assignment.name.utf8.count) }
      if !start(arguments, own: own, world: world), world == 0 { reading.assignments += own }
      world += 1
    }
  }

  private mutating func start(_ arguments: [Argument], own: [Assignment], world: Int) -> Bool {
    guard let first = arguments.first?.text.string.split(separator: "/").last.map(String.init),
      !Self.silent.contains(first)
    else { return false }
    for program in reading.launches.count < LaunchReading.maximumLaunches ? programs.names : [] {
      guard let found = program.start(in: arguments) else { continue }
      var environment: [Assignment] = []
      for (name, variable) in variables.variables.filter({ programs.reads(Self.unprefixed($0.key)) })
        .sorted(by: { $0.key < $1.key })
      {
        let index = min(world, variable.values.count - 1)
        guard case .text(let text) = variable.values[index] else { continue }
        environment.append(
          Assignment(
            name: name, value: text, offset: variable.offsets[index], isElsewhere: variable.isElsewhere))
      }
      environment += own
      var missing = missingFiles
      if ["apptainer", "singularity"].contains(where: { starter in
        arguments[..<found.name].contains { $0.text.string == starter || $0.text.string.hasSuffix("/" + starter) }
      }) {
        environment += Self.contained(environment)
      }
      environment += wrapper(Array(arguments[..<found.name]), &missing)
      for argument in arguments { reading.read(argument.text) }
      reading.launches.append(
        Launch(
          program: program, offset: arguments[found.name].offset, arguments: Array(arguments[found.arguments...]),
          environment: environment, missingFiles: missing))
      return true
    }
    return nested(arguments, own: own)
  }

  /// In order of rank: Apptainer takes the old name where the new one is not set.
  private static let containerPrefixes = ["SINGULARITYENV_", "APPTAINERENV_"]

  private static func unprefixed(_ name: String) -> String {
    containerPrefixes.first(where: name.hasPrefix).map { String(name.dropFirst($0.count)) } ?? name
  }

  /// What variables set within a container whose names say so (apptainer.org, Environment and Metadata; Singularity Compatibility).
  private static func contained(_ environment: [Assignment]) -> [Assignment] {
    containerPrefixes.flatMap { prefix in
      environment.filter { $0.name.hasPrefix(prefix) }.map { assignment in
        var assignment = assignment
        assignment.name = unprefixed(assignment.name)
        return assignment
      }
    }
  }

  /// A command line that is parted into words already, with the variables that it is started with.
  mutating func start(_ arguments: [Argument], environment: [Assignment], missingFiles: [Int] = []) {
    set(environment)
    self.missingFiles = missingFiles
    _ = start(arguments, own: [], world: 0)
  }

  /// A command line as a shell reads it, likewise.
  mutating func read(_ line: PlacedText, environment: [Assignment]) {
    set(environment)
    read(line)
  }

  private mutating func set(_ environment: [Assignment]) {
    for assignment in environment {
      variables.set(
        assignment.name, [.text(assignment.value)], at: assignment.offset, isCertain: true,
        isElsewhere: assignment.isElsewhere)
    }
  }

  /// A command line within a word, as `bash -c`, `ssh` and `tmux` take it.
  private mutating func nested(_ arguments: [Argument], own: [Assignment]) -> Bool {
    guard depth < Self.maximumDepth else { return false }
    var isFound = false
    for argument in arguments where argument.text.bytes.contains(where: Bytes.isSpace) {
      let text = argument.text.string
      guard programs.names.contains(where: { $0.commands.contains { text.contains($0.joined(separator: " ")) } }) else {
        continue
      }
      var inner = ShellReader(programs: programs, reading: reading.taken(), depth: depth + 1, beside: beside)
      inner.variables = variables
      for assignment in own {
        inner.variables.set(assignment.name, [.text(assignment.value)], at: assignment.offset, isCertain: true)
      }
      inner.missingFiles = missingFiles
      let before = inner.reading.launches.count
      inner.read(argument.text)
      reading = inner.reading
      isFound = isFound || reading.launches.count > before
    }
    return isFound
  }

  /// Variables that what stands before a program sets for it: `env A=b`, `srun --export=ALL,A=b`, `docker run -e A=b`.
  private mutating func wrapper(_ words: [Argument], _ missing: inout [Int]) -> [Assignment] {
    var environment: [Assignment] = []
    for (index, word) in words.enumerated() {
      let previous = index > 0 ? words[index - 1].text.string : ""
      if previous == "--env-file" || word.text.bytes.starts(with: "--env-file=".utf8) {
        let name = previous == "--env-file" ? word.text : word.text[11..<word.text.bytes.count]
        if name.isKnown, let bytes = beside(name.string) {
          environment += EnvironmentFile.assignments(in: PlacedText(file: bytes)).map {
            $0.elsewhere(named: word.offset)
          }
        } else {
          missing.append(word.offset)
        }
        continue
      }
      environment += Self.assignments(inOption: word.text, named: ["--export=", "--env=", "-e", ""])
    }
    return environment
  }

  /// Assignments parted by commas after one of the names.
  private static func assignments(inOption word: PlacedText, named names: [String]) -> [Assignment] {
    guard let name = names.first(where: { word.bytes.starts(with: $0.utf8) }) else { return [] }
    var found: [Assignment] = []
    var start = name.utf8.count
    for index in start...word.bytes.count where index == word.bytes.count || word.bytes[index] == UInt8(ascii: ",") {
      let piece = word[min(start, index)..<index]
      start = index + 1
      if let length = Bytes.assignedName(piece.bytes[...]), piece.bytes[length] == UInt8(ascii: "=") {
        found.append(
          Assignment(
            name: piece[0..<length].string, value: piece[length + 1..<piece.bytes.count], offset: piece.offsets[0]))
      } else if !found.isEmpty, !piece.isEmpty {
        // The comma belongs to the value.
        found[found.count - 1].value.append(UInt8(ascii: ","), at: piece.offsets[0])
        found[found.count - 1].value.append(piece)
      }
    }
    return found
  }
}
