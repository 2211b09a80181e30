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

  /// Of every such key of a document.
  static func inChart(_ document: PositionedValue) -> [GrafanaSetting] {
    var settings: [GrafanaSetting] = []
    document.walk { pointer, value, isKey in
      guard !isKey, let file = value[chartKey] else { return }
      for var setting in all(in: file) {
        setting.entry.pointer = "\(pointer)/\(chartKey)\(setting.entry.pointer)"
        settings.append(setting)
      }
    }
    return settings
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
