import Launch
import Syntax

/// A setting of Grafana's configuration file, by the variable of the environment that sets it too.
///
/// Source: grafana/grafana pkg/setting/setting.go (`EnvKey`; an empty value leaves the default; `String()` of a key puts `%(name)s`
/// in) and pkg/setting/expanders.go (`$__env{…}`, `$__file{…}`, `${…}`).
struct GrafanaSetting {
  /// `GF_AUTH_ANONYMOUS_ENABLED` for `enabled` in `[auth.anonymous]`.
  var variable: String
  var value: SettingValue
  var entry: DocumentPath.Entry

  /// Of a file that was read as INI.
  static func all(in document: PositionedValue) -> [GrafanaSetting] {
    (document.mapping ?? []).flatMap { section in
      (section.value.mapping ?? []).compactMap { setting in
        guard let name = section.key.string, let key = setting.key.string, let text = setting.value.string,
          !text.isEmpty
        else { return nil }
        let pointer = "/\(JSONPointer.escaped(name))/\(JSONPointer.escaped(key))"
        return GrafanaSetting(
          variable: variable(section: name, key: key), value: value(text),
          entry: DocumentPath.Entry(pointer: pointer, place: setting.key, value: setting.value))
      }
    }
  }

  /// The key under which Helm's values hold the file, as sections.
  ///
  /// Source: grafana/helm-charts charts/grafana/values.yaml (`grafana.ini`).
  static let chartKey = "grafana.ini"

  /// The group of grafana-operator's resources; in its `Grafana`, `spec.config` holds the file as sections.
  ///
  /// Source: grafana/grafana-operator api/v1beta1/grafana_types.go.
  static let operatorGroup = "integreatly.org"

  /// Of every such key and resource of a document.
  static func inManifest(_ document: PositionedValue) -> [GrafanaSetting] {
    var settings: [GrafanaSetting] = []
    document.walk { pointer, value, isKey in
      guard !isKey else { return }
      var files = [(chartKey, value[chartKey])]
      if value["kind"]?.string == "Grafana", value["apiVersion"]?.string?.contains(operatorGroup + "/") == true {
        files.append(("spec/config", value["spec"]?["config"]))
      }
      for (path, file) in files {
        for var setting in file.map(all(in:)) ?? [] {
          setting.entry.pointer = "\(pointer)/\(path)\(setting.entry.pointer)"
          settings.append(setting)
        }
      }
    }
    return settings
  }

  /// What an argument of its server sets: `cfg:log.level=debug`, which counts more than the environment, or `cfg:default.log.level=debug`,
  /// which counts less.
  ///
  /// Source: grafana/grafana pkg/setting/setting.go (`getCommandLineProperties`, `loadConfiguration`).
  static func inArgument(_ argument: PlacedText) -> (variable: String, value: SettingValue, isDefault: Bool)? {
    let prefix = Array("cfg:".utf8)
    guard argument.bytes.starts(with: prefix), let equals = argument.bytes.firstIndex(of: UInt8(ascii: "=")) else {
      return nil
    }
    var name = argument[prefix.count..<equals].string
    let isDefault = name.hasPrefix("default.")
    if isDefault { name.removeFirst("default.".count) }
    guard let point = name.lastIndex(of: ".") else { return nil }
    let variable = variable(section: String(name[..<point]), key: String(name[point...].dropFirst()))
    return (variable, SettingValue(argument[equals + 1..<argument.bytes.count]), isDefault)
  }

  static func variable(section: String, key: String) -> String {
    let section = section.uppercased().replacing(".", with: "_").replacing("-", with: "_")
    return "GF_\(section)_\(key.uppercased().replacing(".", with: "_"))"
  }

  /// Unknown where something is put in when Grafana starts.
  private static func value(_ text: String) -> SettingValue {
    ["${", "$__", "%("].contains(where: text.contains) ? .unknown("") : .text(text)
  }
}
