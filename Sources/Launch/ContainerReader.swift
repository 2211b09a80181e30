import Syntax

/// Finds the starts of programs in descriptions of containers: services of Compose files, containers of Kubernetes' manifests.
///
/// Sources: the Compose specification (`command`, `entrypoint`, `environment`, `env_file`, `.env`); Kubernetes' `Container` (`command`,
/// `args`, `env`, `envFrom`) and `ConfigMap`.
struct ContainerReader {
  let programs: Programs
  let beside: (String) -> [UInt8]?
  var reading: LaunchReading
  private let source: [UInt8]
  private let budget = ExpansionBudget()
  /// What Compose puts in, of the file `.env` in its folder.
  private let composeVariables: [Assignment]
  /// What the file's ConfigMaps hold, by their names.
  private var configMaps: [String: [Assignment]] = [:]

  init(
    programs: Programs, reading: LaunchReading, source: [UInt8], beside: @escaping (String) -> [UInt8]?
  ) {
    self.programs = programs
    self.reading = reading
    self.source = source
    self.beside = beside
    composeVariables = beside(".env").map { EnvironmentFile.assignments(in: PlacedText(file: $0)) } ?? []
  }

  private static let kubernetesKeys = ["args", "env", "envFrom"]
  private static let keys = kubernetesKeys + ["command", "entrypoint", "environment", "env_file"]

  mutating func read(_ documents: [PositionedValue]) {
    var containers: [PositionedValue] = []
    var maps: [PositionedValue] = []
    for document in documents {
      document.walk { _, value, isKey in
        guard !isKey, value.mapping != nil else { return }
        if value["kind"]?.string == "ConfigMap" { maps.append(value) }
        guard value["image"] != nil || value["build"] != nil || value["name"] != nil else { return }
        if Self.keys.contains(where: { value[$0] != nil }) { containers.append(value) }
      }
    }
    for map in maps {
      guard let name = map["metadata"]?["name"]?.string, let data = map["data"] else { continue }
      configMaps[name] = (data.merged ?? []).compactMap(definition).compactMap { definition in
        definition.value.map { Assignment(name: definition.name, value: $0, offset: definition.offset) }
      }
    }
    for container in containers { read(container) }
  }

  private mutating func read(_ container: PositionedValue) {
    let isKubernetes = Self.kubernetesKeys.contains { container[$0] != nil }
    var missing: [Int] = []
    var environment = isKubernetes ? sources(of: container, &missing) : files(of: container, &missing)
    // Kubernetes puts in what the container has been given so far, Compose what stands beside the file.
    var interpolation = Interpolation(isKubernetes ? environment : composeVariables, budget: budget)
    for value in [container["environment"], container["env"]].compactMap(\.self) {
      environment += variables(value, &interpolation, isDependent: isKubernetes)
    }
    // Compose's `entrypoint` and Kubernetes' `command` are what runs; Compose's `command` and Kubernetes' `args` come after.
    let before = container["entrypoint"] ?? (isKubernetes ? container["command"] : nil)
    let after = container["args"] ?? (isKubernetes ? nil : container["command"])
    let words = programs.words(
      ofImage: container["image"].map { interpolation.applied(to: placed($0)) },
      entryPoint: before.map { arguments($0, interpolation) }, arguments: arguments(after, interpolation))
    var inner = ShellReader(programs: programs, reading: reading.taken(), beside: beside)
    inner.start(words, environment: environment, missingFiles: missing)
    reading = inner.reading
    for assignment in environment where !assignment.isElsewhere {
      reading.read(assignment.offset..<assignment.offset + assignment.name.utf8.count)
    }
    reading.assignments += environment.inForce.filter { !$0.isElsewhere }
  }

  // MARK: Variables

  /// Compose's `env_file`.
  private func files(of container: PositionedValue, _ missing: inout [Int]) -> [Assignment] {
    guard let files = container["env_file"] else { return [] }
    var environment: [Assignment] = []
    for file in files.array ?? [files] {
      guard let name = file.string ?? file["path"]?.string else { continue }
      let assignments = beside(name).map { EnvironmentFile.assignments(in: PlacedText(file: $0)) }
      add(assignments?.map { $0.elsewhere(named: file.offset) }, to: &environment, at: file, &missing)
    }
    return environment
  }

  /// Kubernetes' `envFrom`: a ConfigMap of the same file is at hand, any other source is not.
  private func sources(of container: PositionedValue, _ missing: inout [Int]) -> [Assignment] {
    guard let sources = container["envFrom"] else { return [] }
    var environment: [Assignment] = []
    for source in sources.array ?? [sources] {
      let name = source["prefix"] == nil ? source["configMapRef"]?["name"]?.string : nil
      add(name.flatMap { configMaps[$0] }, to: &environment, at: source, &missing)
    }
    return environment
  }

  /// Many containers may take the same many variables: what goes beyond the budget counts as not at hand.
  private func add(
    _ assignments: [Assignment]?, to environment: inout [Assignment], at place: PositionedValue, _ missing: inout [Int]
  ) {
    let bytes = (assignments ?? []).reduce(0) { $0 + $1.name.utf8.count + $1.value.bytes.count }
    guard let assignments, budget.take(bytes) else {
      missing.append(place.offset)
      return
    }
    environment += assignments
  }

  /// A mapping, a list of `NAME=value`, or Kubernetes' list of `{name, value}`.
  ///
  /// - Parameter isDependent: what is set can be put into what follows.
  private func variables(
    _ value: PositionedValue, _ interpolation: inout Interpolation, isDependent: Bool
  ) -> [Assignment] {
    let definitions =
      value.merged.map { $0.compactMap(definition) } ?? (value.array ?? []).compactMap(definition)
    return definitions.map { definition in
      // Without a value it is taken from where Compose runs.
      let value =
        definition.value.map(interpolation.applied) ?? (isDependent ? nil : interpolation.value(of: definition.name))
        ?? PlacedText(bytes: [PlacedText.unknown], offsets: [definition.offset])
      let assignment = Assignment(name: definition.name, value: value, offset: definition.offset)
      if isDependent { interpolation.set(assignment) }
      return assignment
    }
  }

  /// A variable as it is written; no value where it comes from somewhere else.
  private struct Definition {
    var name: String
    var value: PlacedText?
    var offset: Int
  }

  private func definition(_ entry: PositionedValue.Entry) -> Definition? {
    guard let name = entry.key.string, entry.value.string != nil else { return nil }
    return Definition(
      name: name, value: entry.value.isNull ? nil : placed(entry.value),
      offset: placed(entry.key).offsets.first ?? entry.key.offset)
  }

  private func definition(_ element: PositionedValue) -> Definition? {
    if let name = element["name"], let text = name.string {
      return Definition(
        name: text, value: element["value"].map(placed) ?? configured(element["valueFrom"]),
        offset: placed(name).offsets.first ?? name.offset)
    }
    let text = placed(element)
    guard let offset = text.offsets.first else { return nil }
    guard let name = Bytes.assignedName(text.bytes[...]), text.bytes[name] == UInt8(ascii: "=") else {
      return Definition(name: text.string, value: nil, offset: offset)
    }
    return Definition(name: text[0..<name].string, value: text[name + 1..<text.bytes.count], offset: offset)
  }

  /// A value that a ConfigMap of the same file holds.
  private func configured(_ source: PositionedValue?) -> PlacedText? {
    guard let reference = source?["configMapKeyRef"], let map = reference["name"]?.string else { return nil }
    return configMaps[map]?.first { $0.name == reference["key"]?.string }?.value
  }

  // MARK: Words

  /// A list of words, or a text that is parted into words as a shell does it.
  private func arguments(_ value: PositionedValue?, _ interpolation: Interpolation) -> [Argument] {
    guard let value else { return [] }
    if let elements = value.array {
      return elements.compactMap { element in
        guard element.string != nil else { return nil }
        let text = interpolation.applied(to: placed(element))
        return Argument(text: text, offset: text.offsets.first ?? element.offset)
      }
    }
    var lexer = ShellLexer(interpolation.applied(to: placed(value)))
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
}
