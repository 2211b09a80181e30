import Launch
import Syntax
import Vocabulary

/// Holds files that start or configure programs to the clauses on settings of all contracts.
public struct SettingsJudge: Sendable {
  public let contracts: [Contract]
  /// Names without which a file starts or sets nothing that a clause is about.
  private let needles: SettingsText

  public init(_ contracts: some Sequence<Contract>) {
    let contracts = contracts.filter { $0.program != nil && !$0.settings.isEmpty }.sorted { $0.source < $1.source }
    self.contracts = contracts
    var names: [String] = []
    for contract in contracts {
      names += (contract.program?.commands ?? []).map { $0.max { $0.count < $1.count } ?? "" }
      names += contract.program?.images ?? []
      if contract.readsGrafanaConfig { names += [GrafanaSetting.chartKey, GrafanaSetting.operatorGroup] }
      for clause in contract.settings {
        names += clause.carriers.environment
        names += clause.keysAnywhere.compactMap { $0.split(separator: ".").last.map(String.init) }
        names += clause.carriers.options.map { String($0.drop { $0 == "-" }.prefix { $0 != "." }) }
      }
    }
    needles = SettingsText(names)
  }

  /// All findings of a file, in order of line, column and rule.
  ///
  /// - Parameter beside: gives files that this one names and that are at hand, by the name by which it calls them.
  public func findings(
    in file: SettingsFile, beside: @escaping (String) -> [UInt8]? = { _ in nil }
  ) -> [SettingFinding] {
    var found = FoundSettings(file)
    let configured = contracts.filter { contract in
      file.format.map { contract.program?.files.contains($0.rawValue) == true } ?? false
    }
    if !configured.isEmpty {
      for contract in configured { judge(contract, in: file, into: &found) }
    } else if file.format != .goTemplate, !file.isProse, needles.isIn(file.bytes) {
      judgeStarts(in: file, beside: beside, into: &found)
    }
    return found.sorted
  }

  // MARK: Configuration files

  private func judge(_ contract: Contract, in file: SettingsFile, into found: inout FoundSettings) {
    if file.format == .csv {
      for clause in contract.settings where clause.carriers.isCounters {
        for counter in CounterLine.all(in: file.bytes) where !contract.claims(counter) {
          found.add(clause, at: counter.offset)
        }
      }
      return
    }
    if file.format == .grafanaConfig { judge(contract, file.documents.flatMap(GrafanaSetting.all(in:)), into: &found) }
    for block in file.format == .alloyConfig ? AlloyBlock.all(in: file.bytes).flatMap(\.everyBlock) : [] {
      for clause in contract.settings where clause.carriers.blocks.contains(block.name) {
        guard clause.condition == .off else {
          found.add(clause, .mapping, at: block.offset)
          continue
        }
        for (name, value) in block.texts where name == "enabled" {
          if clause.condition.verdict(of: SettingValue(value)) == .broken {
            found.add(clause, .mapping, at: value.offset)
          }
        }
      }
    }
    for document in file.documents {
      for clause in contract.settings where !clause.carriers.keys.isEmpty {
        let entries = clause.carriers.keys.flatMap { DocumentPath($0).entries(in: document) }
        for entry in entries where clause.condition.verdict(of: SettingValue(entry.value)) == .broken {
          found.add(clause, at: entry)
        }
        judgeMissing(clause, in: document, isSet: !entries.isEmpty, into: &found)
      }
    }
  }

  private func judge(_ contract: Contract, _ settings: [GrafanaSetting], into found: inout FoundSettings) {
    for setting in settings {
      for clause in contract.settings where clause.carriers.environment.contains(setting.variable) {
        found.add(clause, setting.value, at: setting.entry)
      }
    }
  }

  private func judgeMissing(
    _ clause: SettingClause, in document: PositionedValue, isSet: Bool, into found: inout FoundSettings
  ) {
    guard clause.missing != nil else { return }
    guard let trigger = clause.trigger else {
      if !isSet { found.addMissing(clause, at: DocumentPath.Entry(pointer: "", place: document, value: document)) }
      return
    }
    let beside = trigger.keys.filter { $0.hasPrefix("^") }.map { String($0.dropFirst()) }
    if let path = clause.carriers.keys.first, !beside.isEmpty {
      let parts = path.split(separator: ".")
      for parent in DocumentPath(parts.dropLast().joined(separator: ".")).entries(in: document)
      where parent.value[String(parts.last ?? "")] == nil {
        let causes = beside.flatMap { DocumentPath($0).entries(in: parent.value) }
        if causes.contains(where: { trigger.isMet(by: $0.value) }) { found.addMissing(clause, at: parent) }
      }
      return
    }
    let causes = isSet ? [] : trigger.keys.flatMap { DocumentPath($0).entries(in: document) }
    if let cause = causes.first(where: { trigger.isMet(by: $0.value) }) { found.addMissing(clause, at: cause) }
  }

  // MARK: Starts

  private func judgeStarts(
    in file: SettingsFile, beside: @escaping (String) -> [UInt8]?, into found: inout FoundSettings
  ) {
    let programs = Programs(
      contracts.compactMap(\.program).map { ProgramName(commands: $0.commands, images: $0.images) },
      variables: Set(contracts.flatMap { $0.settings.flatMap(\.carriers.environment) }))
    let reading = LaunchReader.read(
      file.bytes, documents: file.documents, programs: programs,
      companions: file.companions.map { UnitCompanion(bytes: $0.bytes, isAfter: $0.isAfter) }, beside: beside)
    for contract in contracts {
      guard let program = contract.program else { continue }
      let options = OptionReader(contract, program)
      let name = ProgramName(commands: program.commands, images: program.images)
      let launches = reading.launches.filter { $0.program == name }
      for launch in launches { judge(launch, of: contract, options, beside, into: &found) }
      // What a start above has seen has been dealt with there, even if only to be overruled.
      let seen = Set(launches.flatMap { $0.environment.map(\.offset) })
      for assignment in reading.assignments where !seen.contains(assignment.offset) {
        for clause in contract.settings
        where clause.isDistinctive && clause.carriers.environment.contains(assignment.name) {
          found.add(clause, SettingValue(assignment.value), at: assignment.offset)
        }
      }
      judgeOptionsFile(file, contract, options, into: &found)
      judgeKeysAnywhere(file.documents, contract, into: &found)
      if contract.readsGrafanaConfig {
        judge(contract, file.documents.flatMap(GrafanaSetting.inManifest), into: &found)
      }
    }
    Mentions(contracts).add(to: &found, in: file.bytes, isRead: reading.isRead)
  }

  private func judge(
    _ launch: Launch, of contract: Contract, _ options: OptionReader, _ beside: (String) -> [UInt8]?,
    into found: inout FoundSettings
  ) {
    // Who asks how to start it does not start it.
    guard !launch.arguments.contains(where: { ["--help", "--version"].contains($0.text.string) }) else { return }
    if launch.isElsewhere { return judgeOwnVariables(of: launch, contract, into: &found) }
    let (given, unknown) = options.read(launch.arguments, beside: beside)
    for offset in unknown { found.addUnknown(of: contract, at: offset) }
    if contract.readsGrafanaConfig { judgeArguments(of: launch, contract, into: &found) }
    for clause in contract.settings {
      var isSet = false
      for option in clause.carriers.options {
        guard let option = given[option] else { continue }
        isSet = true
        if !option.isElsewhere { found.add(clause, option.value, at: option.offset) }
      }
      for name in clause.carriers.environment {
        guard let assignment = launch.assignment(of: name), !assignment.value.isEmpty else { continue }
        isSet = true
        if !assignment.isElsewhere { found.add(clause, SettingValue(assignment.value), at: assignment.offset) }
      }
      let isLaunched = !clause.carriers.options.isEmpty || !clause.carriers.environment.isEmpty
      guard !isSet, isLaunched, clause.missing != nil, clause.trigger == nil else { continue }
      if !unknown.isEmpty, !clause.carriers.options.isEmpty { continue }
      if let file = launch.missingFiles.first, !clause.carriers.environment.isEmpty {
        found.addUnknown(of: contract, at: file)
      } else {
        found.addMissing(clause, at: launch.offset)
      }
    }
  }

  /// Grafana's settings on the command line of its server; what they overrule in the environment is a finding all the same.
  private func judgeArguments(of launch: Launch, _ contract: Contract, into found: inout FoundSettings) {
    for argument in launch.arguments {
      guard let setting = GrafanaSetting.inArgument(argument.text),
        !setting.isDefault || launch.assignment(of: setting.variable)?.value.isEmpty ?? true
      else { continue }
      for clause in contract.settings where clause.carriers.environment.contains(setting.variable) {
        found.add(clause, setting.value, at: argument.offset)
      }
    }
  }

  /// A command of another file for which this one sets variables: a drop-in that leaves its unit's command alone.
  private func judgeOwnVariables(of launch: Launch, _ contract: Contract, into found: inout FoundSettings) {
    for clause in contract.settings {
      for name in clause.carriers.environment {
        guard let assignment = launch.assignment(of: name), !assignment.isElsewhere, !assignment.value.isEmpty else {
          continue
        }
        found.add(clause, SettingValue(assignment.value), at: assignment.offset)
      }
    }
  }

  /// Keys that belong to one program alone, in whatever file: what it reads beside its configuration, or Helm's values.
  private func judgeKeysAnywhere(
    _ documents: [PositionedValue], _ contract: Contract, into found: inout FoundSettings
  ) {
    for document in documents {
      for clause in contract.settings {
        for entry in clause.keysAnywhere.flatMap({ DocumentPath($0).entries(in: document) }) {
          found.add(clause, SettingValue(entry.value), at: entry)
        }
      }
    }
  }

  /// A YAML file of options, told by the distinctive ones in it.
  private func judgeOptionsFile(
    _ file: SettingsFile, _ contract: Contract, _ options: OptionReader, into found: inout FoundSettings
  ) {
    guard options.program.optionsFile != nil else { return }
    for document in file.documents {
      for entry in document.merged ?? [] {
        for (name, value) in options.values(of: entry) {
          for clause in contract.settings where clause.isDistinctive && clause.carriers.options.contains(name) {
            found.add(clause, value, at: entry.key.offset)
          }
        }
      }
    }
  }
}

extension SettingClause {
  /// Keys that are judged at any depth of any file.
  fileprivate var keysAnywhere: [String] { isDistinctive ? carriers.keys.filter { $0.hasPrefix("**.") } : [] }
}

extension Contract {
  fileprivate var readsGrafanaConfig: Bool { program?.files.contains(Format.grafanaConfig.rawValue) == true }
}
