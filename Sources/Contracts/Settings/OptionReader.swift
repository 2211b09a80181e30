import Launch
import Syntax

/// Reads the options that a contract's clauses are about from the arguments of a start of its program.
///
/// Sources: vLLM's FlexibleArgumentParser (vllm/utils/argparse_utils.py: `_` for `-` up to the first point, JSON by points,
/// `--config`; abbreviations, which its base class allows), click's and kingpin's documentation, Go's flag package.
struct OptionReader {
  struct Found {
    var value: SettingValue
    var offset: Int
    /// It stands in another file, where it is judged.
    var isElsewhere = false
  }

  let program: ProgramClause
  /// Names of the clauses' options, and whether a value follows.
  private let options: [String: Bool]
  private let names: Set<String>

  init(_ contract: Contract, _ program: ProgramClause) {
    self.program = program
    var options: [String: Bool] = [:]
    for clause in contract.settings {
      for option in clause.carriers.options { options[option] = clause.carriers.takesValue }
    }
    self.options = options
    var names = Set(options.keys).union(program.otherOptions).union(program.switches)
    for option in options.keys { names.insert(String(option.prefix { $0 != "." })) }
    for (option, takesValue) in options where !takesValue { names.insert("--no-" + option.dropFirst(2)) }
    if let file = program.optionsFile { names.insert(file) }
    self.names = names
  }

  /// The last value of each option, and the places of arguments that the file does not tell.
  func read(
    _ arguments: [Argument], beside: (String) -> [UInt8]?
  ) -> (found: [String: Found], unknown: [Int]) {
    var found: [String: Found] = [:]
    var unknown: [Int] = []
    var index = 0
    while index < arguments.count {
      let argument = arguments[index]
      index += 1
      guard let first = argument.text.bytes.first else { continue }
      if first == PlacedText.unknown {
        // The first argument of a server is its model.
        let isModel =
          index == 1 && program.grammar == .argparse && !argument.isList
          && (!argument.isAnyNumber || arguments.count > 1)
        if !isModel { unknown.append(argument.offset) }
        continue
      }
      guard first == UInt8(ascii: "-"), argument.text.bytes.count > 1 else { continue }
      if argument.text.string == "--" { break }
      let equals = argument.text.bytes.firstIndex(of: UInt8(ascii: "="))
      let given = argument.text[0..<(equals ?? argument.text.bytes.count)]
      var own = equals.map { SettingValue(argument.text[$0 + 1..<argument.text.bytes.count]) }
      let (name, isNegated) = resolve(String(decoding: given.bytes.filter { $0 != PlacedText.unknown }, as: UTF8.self))
      let takesValue = options[name] ?? (name == program.optionsFile || isParent(name) || !isSwitch(name))
      if own == nil, takesValue, !isNegated {
        let values = arguments[index...].prefix { $0.text.bytes.first != UInt8(ascii: "-") || $0.text.bytes.count == 1 }
        if let value = values.first {
          own = SettingValue(value.text)
          if value.isList { unknown.append(value.offset) }
        }
        unknown += values.dropFirst().filter { $0.text.bytes.first == PlacedText.unknown }.map(\.offset)
        index += values.count
      }
      if name == program.optionsFile {
        readFile(own, at: argument.offset, &found, &unknown, beside)
      } else if isParent(name) {
        for (option, value) in parts(of: name, own) { found[option] = Found(value: value, offset: argument.offset) }
      } else if options[name] != nil {
        var value = isNegated ? SettingValue.off : own ?? .on
        if !given.isKnown { value = .unknown("true") }
        found[name] = Found(value: value, offset: argument.offset)
      }
    }
    return (found, unknown)
  }

  /// The option that a name stands for, and whether it is its negation.
  func resolve(_ given: String) -> (name: String, isNegated: Bool) {
    var name = given
    switch program.grammar {
    case .argparse:
      let head = name.prefix { $0 != "." }
      name = String(head.replacing("_", with: "-") + name.dropFirst(head.count))
      if !names.contains(name), !name.contains("."), name.utf8.count > 4, name.hasPrefix("--") {
        let candidates = names.filter { $0.hasPrefix(name) && !$0.hasSuffix("*") && !$0.contains(".") }
        if candidates.count == 1, let only = candidates.first { name = only }
      }
    case .go: name = "--" + String(name.drop { $0 == "-" })
    case .click, .kingpin: break
    }
    guard name.hasPrefix("--no-"), options[name] == nil else { return (name, false) }
    let positive = "--" + name.dropFirst(5)
    return options[positive] == false ? (positive, true) : (name, false)
  }

  private func isSwitch(_ name: String) -> Bool {
    program.switches.contains { $0.hasSuffix("*") ? name.hasPrefix($0.dropLast()) : name == $0 }
  }

  /// Whether points lead into the option's JSON, as vLLM has it.
  private func isParent(_ name: String) -> Bool {
    program.grammar == .argparse && options.keys.contains { $0.hasPrefix(name + ".") }
  }

  /// What an option's JSON sets of the options that points lead into.
  private func parts(of name: String, _ value: SettingValue?) -> [(String, SettingValue)] {
    let below = options.keys.filter { $0.hasPrefix(name + ".") }.sorted()
    guard case .text(let text)? = value, let document = try? JSONDocument.parse(Array(text.utf8)) else {
      return below.map { ($0, .unknown("")) }
    }
    return below.compactMap { option in
      var place = document
      for key in option.dropFirst(name.count + 1).split(separator: ".") {
        guard let next = place[String(key)] else { return nil }
        place = next
      }
      return (option, SettingValue(place))
    }
  }

  /// The YAML file that an option names; what the command line says too counts more.
  private func readFile(
    _ name: SettingValue?, at offset: Int, _ found: inout [String: Found], _ unknown: inout [Int],
    _ beside: (String) -> [UInt8]?
  ) {
    guard case .text(let path)? = name, let bytes = beside(path), let document = try? YAMLDocument.parse(bytes),
      let entries = document.merged
    else {
      unknown.append(offset)
      return
    }
    for entry in entries {
      for (option, value) in values(of: entry) where found[option] == nil {
        found[option] = Found(value: value, offset: offset, isElsewhere: true)
      }
    }
  }

  /// What an entry of the YAML file sets.
  func values(of entry: PositionedValue.Entry) -> [(String, SettingValue)] {
    let (name, _) = resolve("--" + (entry.key.string ?? ""))
    if let takesValue = options[name] {
      guard !takesValue else { return [(name, SettingValue(entry.value))] }
      return [(name, entry.value.bool.map { $0 ? .on : .off } ?? SettingValue(entry.value))]
    }
    guard isParent(name) else { return [] }
    return options.keys.filter { $0.hasPrefix(name + ".") }.sorted().compactMap { option in
      var place = entry.value
      for key in option.dropFirst(name.count + 1).split(separator: ".") {
        guard let next = place[String(key)] else { return nil }
        place = next
      }
      return (option, SettingValue(place))
    }
  }
}
