import Contracts
import Launch
import Syntax

/// Addresses that a program is given where it is started.
///
/// Sources: grafana/loki clients/pkg/promtail/client/config.go and pkg/ruler/base/ruler.go (3.6); grafana/grafana
/// pkg/setting/setting.go, by which `GF_SMTP_HOST` stands for `host` in `[smtp]`.
extension TelemetryExport {
  private static let promtail = ProgramName(commands: [["promtail"]], images: ["grafana/promtail"])
  private static let loki = ProgramName(commands: [["loki"]], images: ["grafana/loki"])
  private static let grafana = ProgramName(
    commands: [["grafana-server"], ["grafana", "server"]],
    images: ["grafana/grafana", "grafana/grafana-oss", "grafana/grafana-enterprise"])

  /// Words without one of which a file says nothing of these.
  private static let needles = ["client.url", "ruler.alertmanager-url", "GF_SMTP_HOST"]

  /// Those of a file that starts programs.
  static func ofLaunches(in file: CheckedFile) -> [TelemetryExport] {
    guard needles.contains(where: { file.bytes.firstRange(of: $0.utf8) != nil }) else { return [] }
    let settings = SettingsFile(path: file.path, bytes: file.bytes)
    guard !settings.isProse else { return [] }
    let reading = LaunchReader.read(
      file.bytes, documents: settings.documents,
      programs: Programs([promtail, loki, grafana], variables: ["GF_SMTP_HOST", "GF_SMTP_ENABLED"]))
    var counter = PositionCounter()
    return reading.launches.flatMap { launch -> [TelemetryExport] in
      let found: [(Freight, PlacedText)] =
        switch launch.program {
        case promtail: values(of: "client.url", in: launch.arguments).map { (.lines, $0) }
        case loki: values(of: "ruler.alertmanager-url", in: launch.arguments).map { (.alerts, $0) }
        default: mailServer(launch).map { [(.mails, $0)] } ?? []
        }
      return found.compactMap { freight, text in
        guard text.isKnown, let offset = text.offsets.first else { return nil }
        file.bytes.withUnsafeBytes { counter.move(to: offset, in: $0) }
        return TelemetryExport(
          freight, "",
          PositionedValue(.scalar(text.string, .plain), line: counter.line, column: counter.column, offset: offset))
      }
    }
  }

  /// Grafana sends no mail unless it is told to.
  private static func mailServer(_ launch: Launch) -> PlacedText? {
    guard launch.assignment(of: "GF_SMTP_ENABLED")?.value.string == "true" else { return nil }
    return launch.assignment(of: "GF_SMTP_HOST")?.value
  }

  /// Values of an option as Go's flag package reads it: one hyphen or two, `=` or the next argument.
  private static func values(of option: String, in arguments: [Argument]) -> [PlacedText] {
    arguments.indices.compactMap { index in
      let text = arguments[index].text
      let name = text.bytes.prefix { $0 != UInt8(ascii: "=") }
      guard ["-\(option)", "--\(option)"].contains(where: { name.elementsEqual($0.utf8) }) else { return nil }
      if name.count < text.bytes.count { return text[name.count + 1..<text.bytes.count] }
      return index + 1 < arguments.count ? arguments[index + 1].text : nil
    }
  }
}
