public import Vocabulary

/// What must hold of one setting of a program, wherever it is set: on its command line, in its environment or in its
/// configuration file.
public struct SettingClause: Sendable, Hashable {
  public var id: String
  /// Rule of the findings; several clauses may share one.
  public var rule: String
  public var severity: Severity
  /// What holds where the clause is obeyed.
  public var title: BilingualText
  public var why: BilingualText
  public var remedy: BilingualText
  /// Versions of the program of which it holds, where they differ from the contract's.
  public var versions: String?
  public var carriers: SettingCarriers
  public var condition: SettingCondition
  /// How grave it is that nothing sets it; nil where the program's default obeys the clause.
  public var missing: Severity?
  /// Where it is missing only under some other setting.
  public var trigger: SettingTrigger?
  /// No other program has a setting of that name, so that it is judged wherever it is mentioned.
  public var isDistinctive: Bool
  /// How a vetted launch or configuration sets it: an option, `NAME=value`, or the value of the first key.
  public var vetted: String?
  /// Launches or configurations that obey the clause.
  public var examples: [String]
  /// Those that do not; a `↓` stands before each place that must be found.
  public var counterExamples: [String]
  public var place: Location?

  /// Rule of the finding that nothing sets it, kept apart from settings that are wrong: it may be of another severity.
  var missingRule: String { trigger == nil ? id : rule }
}

/// The names of a setting.
public struct SettingCarriers: Sendable, Hashable {
  /// Options of the command line, with their hyphens; a point leads into an option that takes JSON.
  public var options: [String]
  /// The options take a value.
  public var takesValue: Bool
  public var environment: [String]
  /// Paths into the configuration file, keys parted by points: `*` is any key or element, `**` at the beginning any depth, and `.`
  /// the file itself.
  public var keys: [String]
  /// Blocks of a configuration in Alloy's language; what must be off is their attribute `enabled`.
  public var blocks: [String]
  /// Lines of the DCGM exporter's counters file.
  public var isCounters: Bool

  var names: [String] { options + environment + keys + blocks + (isCounters ? ["counters"] : []) }
}

/// What must hold of a setting that is set.
public enum SettingCondition: Sendable, Hashable {
  /// Its name does not stand there, whatever it is set to.
  case nonexistent
  /// It is not set, or to nothing.
  case absent
  /// It is not switched on.
  case off
  /// It is switched on.
  case on
  case oneOf([String])
  case noneOf([String])
  /// Every element of the list is one of these.
  case only([String])
  case atMost(Double)
  /// It is a field that the contract's clauses on metrics claim, as what they claim it.
  case claimed
}

/// Keys of which one must hold one of the values. A `^` before a key means that it stands beside the clause's own.
public struct SettingTrigger: Sendable, Hashable {
  public var keys: [String]
  public var holds: [String]
}

/// How a program is started and configured.
public struct ProgramClause: Sendable, Hashable {
  /// How it reads its command line.
  public enum Grammar: String, Sendable, CaseIterable {
    /// Python's: `--option value`, `--option=value`, `--no-option`, beginnings of names; `_` for `-`.
    case argparse
    /// Python's click: whole names only.
    case click
    /// Go's kingpin, of Prometheus and its relatives: `--no-option`.
    case kingpin
    /// Go's flag package and its relatives: one hyphen or two, `-option=false`.
    case go
  }

  public var commands: [[String]]
  public var images: [String]
  public var grammar: Grammar
  /// Options that take no value; a `*` at the end stands for any rest.
  public var switches: [String]
  /// Further options, which decide whether the beginning of a name is that of one option only.
  public var otherOptions: [String]
  /// The option that names a YAML file of options.
  public var optionsFile: String?
  /// Formats of its configuration files, as coverage prints them.
  public var files: [String]
}
