import Syntax

/// Finds the starts of programs in descriptions of containers: services of Compose files, containers of Kubernetes' manifests.
///
/// Sources: the Compose specification (`command`, `entrypoint`, `environment`, `env_file`, interpolation);
/// Kubernetes' `Container` (`command`, `args`, `env`).
struct ContainerReader {
  let programs: Programs
  let beside: (String) -> [UInt8]?
  var reading: LaunchReading
  private let source: [UInt8]

  init(
    programs: Programs, reading: LaunchReading, source: [UInt8], beside: @escaping (String) -> [UInt8]?
  ) {
    self.programs = programs
    self.reading = reading
    self.source = source
    self.beside = beside
  }

  private static let keys = ["command", "args", "entrypoint", "environment", "env", "env_file"]

  mutating func read(_ documents: [PositionedValue]) {
    for document in documents {
      var containers: [PositionedValue] = []
      document.walk { _, value, isKey in
        guard !isKey, value.mapping != nil, value["image"] != nil || value["build"] != nil || value["name"] != nil
        else {
          return
        }
        if Self.keys.contains(where: { value[$0] != nil }) { containers.append(value) }
      }
      for container in containers { read(container) }
    }
  }

  /// A mapping with those that `<<` merges into it.
  private func value(_ key: String, of container: PositionedValue) -> PositionedValue? {
    if let own = container[key] { return own }
    guard let merged = container["<<"] else { return nil }
    return (merged.array ?? [merged]).lazy.compactMap { $0[key] }.first
  }

  private mutating func read(_ container: PositionedValue) {
    var environment: [Assignment] = []
    var missing: [Int] = []
    readFiles(container, &environment, &missing)
    for key in ["environment", "env"] {
      for part in [container["<<"]?[key], container[key]].compactMap(\.self) { environment += variables(part) }
    }
    // Compose's `entrypoint` and Kubernetes' `command` are what runs; Compose's `command` and Kubernetes' `args` come after.
    let isKubernetes = value("args", of: container) != nil || container["env"] != nil
    let before = value("entrypoint", of: container) ?? (isKubernetes ? value("command", of: container) : nil)
    let after = value("args", of: container) ?? (isKubernetes ? nil : value("command", of: container))
    var words = arguments(before) + arguments(after)
    let isOwnCommand = programs.names.contains { $0.start(in: words) != nil }
    if !isOwnCommand, before == nil, let image = value("image", of: container), let text = image.string,
      programs.names.contains(where: { $0.names(image: text) })
    {
      // The image starts the program itself; the words are its arguments.
      let run = Argument(text: PlacedText(bytes: Array("run".utf8), offsets: []), offset: image.offset)
      words = [run, Argument(text: placed(image), offset: image.offset)] + words
      words[0].text.offsets = Array(repeating: image.offset, count: 3)
    }
    var inner = ShellReader(programs: programs, reading: reading.taken(), beside: beside)
    inner.start(words, environment: environment, missingFiles: missing)
    reading = inner.reading
    for assignment in environment where !assignment.isElsewhere {
      reading.read(assignment.offset..<assignment.offset + assignment.name.utf8.count)
      reading.assignments.append(assignment)
    }
  }

  private func readFiles(
    _ container: PositionedValue, _ environment: inout [Assignment], _ missing: inout [Int]
  ) {
    guard let files = value("env_file", of: container) else { return }
    for file in files.array ?? [files] {
      guard let name = file.string ?? file["path"]?.string else { continue }
      guard let bytes = beside(name) else {
        missing.append(file.offset)
        continue
      }
      environment += EnvironmentFile.assignments(in: PlacedText(file: bytes)).map {
        $0.elsewhere(named: file.offset)
      }
    }
    if value("envFrom", of: container) != nil { missing.append(container.offset) }
  }

  /// A mapping, a list of `NAME=value`, or Kubernetes' list of `{name, value}`.
  private func variables(_ value: PositionedValue) -> [Assignment] {
    if let entries = value.mapping {
      return entries.compactMap { entry in
        guard let name = entry.key.string, entry.value.string != nil else { return nil }
        // Without a value it is taken from where Compose runs.
        let text = entry.value.isNull ? unknown(at: entry.key.offset) : interpolated(placed(entry.value))
        return Assignment(name: name, value: text, offset: placed(entry.key).offsets.first ?? entry.key.offset)
      }
    }
    return (value.array ?? []).compactMap { element in
      if let name = element["name"], let text = name.string {
        let value = element["value"].map { interpolated(placed($0)) }
        return Assignment(
          name: text, value: value ?? unknown(at: name.offset), offset: placed(name).offsets.first ?? name.offset)
      }
      let text = placed(element)
      guard !text.isEmpty else { return nil }
      guard let name = Bytes.assignedName(text.bytes[...]), text.bytes[name] == UInt8(ascii: "=") else {
        return Assignment(name: text.string, value: unknown(at: element.offset), offset: text.offsets[0])
      }
      return Assignment(
        name: text[0..<name].string, value: interpolated(text[name + 1..<text.bytes.count]), offset: text.offsets[0])
    }
  }

  private func unknown(at offset: Int) -> PlacedText { PlacedText(bytes: [PlacedText.unknown], offsets: [offset]) }

  /// A list of words, or a text that is parted into words as a shell does it.
  private func arguments(_ value: PositionedValue?) -> [Argument] {
    guard let value else { return [] }
    if let elements = value.array {
      return elements.compactMap { element in
        guard element.string != nil else { return nil }
        let text = interpolated(placed(element))
        return Argument(text: text, offset: text.offsets.first ?? element.offset)
      }
    }
    var lexer = ShellLexer(interpolated(placed(value)))
    var words: [Argument] = []
    let variables = ShellVariables()
    var worlds = 1
    while let token = lexer.next() {
      if case .word(let word) = token { words += variables.expand(word, world: 0, worlds: &worlds) }
    }
    return words
  }

  /// The text of a scalar with the places where it stands.
  private func placed(_ value: PositionedValue) -> PlacedText {
    guard let text = value.string else { return PlacedText() }
    let map = source.withUnsafeBytes { ScalarSource(of: value, in: $0) }
    let bytes = Array(text.utf8)
    var last = value.offset
    return PlacedText(
      bytes: bytes.map { $0 == PlacedText.unknown ? 0x20 : $0 },
      offsets: bytes.indices.map { index in
        last = map?.sourceOffset(of: index) ?? last
        return last
      })
  }

  /// `$NAME` and `${NAME}` are not told by the file; of `${NAME:-default}` the default is. `$$` is a dollar.
  private func interpolated(_ text: PlacedText) -> PlacedText {
    guard text.bytes.contains(UInt8(ascii: "$")) else { return text }
    var out = PlacedText()
    var index = 0
    while index < text.bytes.count {
      let byte = text.bytes[index]
      let next = index + 1 < text.bytes.count ? text.bytes[index + 1] : 0
      guard byte == UInt8(ascii: "$"), next != 0 else {
        out.append(byte, at: text.offsets[index])
        index += 1
        continue
      }
      if next == byte {
        // A shell within the container may still put a variable in.
        out.append(byte, at: text.offsets[index])
        index += 2
      } else if next == UInt8(ascii: "{") || next == UInt8(ascii: "(") {
        let close = next == UInt8(ascii: "{") ? UInt8(ascii: "}") : UInt8(ascii: ")")
        let end = text.bytes[index...].firstIndex(of: close) ?? text.bytes.count - 1
        let inner = text[index + 2..<max(end, index + 2)]
        let name = inner.bytes.prefix { Bytes.isName($0) }.count
        let rest = inner.bytes[name...]
        let operation = rest.starts(with: ":-".utf8) ? 2 : rest.first == UInt8(ascii: "-") ? 1 : 0
        if operation > 0 {
          out.append(inner[name + operation..<inner.bytes.count])
          out.append(PlacedText.unknown, at: text.offsets[index])
        } else {
          out.append(PlacedText.unknown, at: text.offsets[index])
        }
        index = end + 1
      } else if Bytes.isName(next) {
        out.append(PlacedText.unknown, at: text.offsets[index])
        index += 1
        while index < text.bytes.count, Bytes.isName(text.bytes[index]) { index += 1 }
      } else {
        out.append(byte, at: text.offsets[index])
        index += 1
      }
    }
    return out
  }
}
