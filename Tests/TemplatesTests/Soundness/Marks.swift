import Foundation
import Syntax

@testable import Templates

/// Data in which every text is a word of its own, and the words that stand for each part of it.
enum Marks {
  static func data(_ dialect: TemplateDialect) -> TemplateValue {
    switch dialect {
    case .prometheus:
      .rule(labels: labels, value: 8764.5, externalLabels: ["a": "qxazu"], externalURL: "http://qurzu/qurzu")
    case .alertmanager: notification.value()
    case .loki: .texts(["a": Array("qaazu".utf8), "b": Array("qbbzu".utf8)])
    case .promtail: .extracted(fields.mapValues { Array($0.utf8) })
    case .grafanaRules:
      .grafanaRule(
        labels: labels, values: ["A": (["a": "qwazu"], 8764.5), "B": (["a": "qwazu", "b": "qwbzu"], 8764.5)],
        value: "[ var='A' labels={a=qwazu} value=8764.5 ]")
    case .grafanaNotifications: grafanaNotification
    }
  }

  static let fields = ["a": "qaazu", "b": "qbbzu", "Value": "qvazu", "Entry": "qlizu"]

  static let environment: TemplateEnvironment = {
    var environment = TemplateEnvironment()
    environment.externalURL = "http://qurzu/qurzu"
    environment.query = { _ in [.init(labels: ["a": "qsazu", "b": "qsbzu"], value: 123.25)] }
    environment.line = Array("qlizu".utf8)
    environment.timestamp = TemplateTime(seconds: 6_847_532_198)
    return environment
  }()

  static func words(_ dialect: TemplateDialect) -> [(word: String, source: TemplateSource)] {
    switch dialect {
    case .prometheus, .grafanaRules:
      labelWords + [
        ("qxazu", .entry(.externalLabels, "a")), ("qurzu", .field("ExternalURL")), ("qsazu", .queryLabel(0, "a")),
        ("qsbzu", .queryLabel(0, "b")), ("8764", .value), ("123.25", .queryValue(0)),
        ("qwazu", .entry(.valueLabels, "a")), ("qwbzu", .entry(.valueLabels, "b")),
      ]
    case .alertmanager: labelWords + notificationWords
    case .grafanaNotifications:
      labelWords + notificationWords + [
        ("qsizu", .entry(.labels, "a")), ("qdazu", .entry(.annotations, "a")), ("qvszu", .entry(.valueLabels, "a")),
        ("qgkzu", .entry(.groupLabels, "a")), ("qvvzu", .entry(.variables, "a")), ("qvezu", .field("AppVersion")),
        ("qimzu", .field("ImageURL")), ("8764", .entry(.values, "A")),
      ]
    case .loki, .promtail:
      [
        ("qaazu", .entry(.fields, "a")), ("qbbzu", .entry(.fields, "b")), ("qvazu", .entry(.fields, "Value")),
        ("qlizu", .line),
        ("6847532198", .field("Timestamp")), ("2186-", .field("Timestamp")),
      ]
    }
  }

  /// What of the data stands in an output.
  static func found(in output: [UInt8], _ dialect: TemplateDialect) -> Set<TemplateSource> {
    let text = String(decoding: GoText.lowered(output), as: UTF8.self)
    return Set(words(dialect).filter { text.contains($0.word) }.map(\.source))
  }

  /// Whether a source is foretold, by itself or among others.
  static func isIn(_ source: TemplateSource, _ foretold: Set<TemplateSource>) -> Bool {
    if foretold.contains(source) || foretold.contains(.anything) { return true }
    switch source {
    case .entry(let map, _): return foretold.contains(.entries(map))
    case .queryLabel(_, let name):
      return foretold.contains {
        switch $0 {
        case .queryLabels: true
        case .queryLabel(_, let other): other == name
        default: false
        }
      }
    case .queryValue: return foretold.contains { if case .queryValue = $0 { true } else { false } }
    default: return false
    }
  }

  // MARK: Parts

  private static let labels = ["a": "qaazu", "b": "qbbzu"]

  private static let labelWords: [(word: String, source: TemplateSource)] = [
    ("qaazu", .entry(.labels, "a")), ("qbbzu", .entry(.labels, "b")),
  ]

  private static let notificationWords: [(word: String, source: TemplateSource)] = [
    ("qnazu", .entry(.annotations, "a")), ("qgazu", .entry(.groupLabels, "a")), ("qcazu", .entry(.commonLabels, "a")),
    ("qcbzu", .entry(.commonLabels, "b")), ("qmazu", .entry(.commonAnnotations, "a")), ("qrezu", .field("Receiver")),
    ("qgezu", .field("GeneratorURL")), ("qfizu", .field("Fingerprint")), ("qstzu", .field("Status")),
    ("qurzu", .field("ExternalURL")),
  ]

  private static let notification: NotificationData = {
    var data = NotificationData()
    data.receiver = "qrezu"
    data.status = "qstzu"
    data.externalURL = "http://qurzu/qurzu"
    data.groupLabels = ["a": "qgazu"]
    data.commonLabels = ["a": "qcazu", "b": "qcbzu"]
    data.commonAnnotations = ["a": "qmazu"]
    var alert = NotificationData.Alert()
    alert.labels = labels
    alert.annotations = ["a": "qnazu"]
    alert.generatorURL = "qgezu"
    alert.fingerprint = "qfizu"
    data.alerts = [alert, alert]
    return data
  }()

  /// `ExtendedData` of grafana/alerting (`templates/template_data.go`).
  private static let grafanaNotification: TemplateValue = {
    guard case .object(var data) = notification.value() else { return .none }
    let alerts = (0..<2).map { _ in
      TemplateValue.object(
        TemplateValue.Object(
          .grafanaAlert,
          [
            ("Status", .string("firing")), ("Labels", .map(.init(texts: labels, .pairs))),
            ("Annotations", .map(.init(texts: ["a": "qnazu"], .pairs))), ("StartsAt", .time(.zero)),
            ("EndsAt", .time(.zero)), ("GeneratorURL", .string("qgezu")), ("Fingerprint", .string("qfizu")),
            ("SilenceURL", .string("qsizu")), ("DashboardURL", .string("qdazu")), ("PanelURL", .string("qdazu")),
            ("RuleUID", .string("")), ("Values", .map(.init(["A": .float(8764.5)], .numbers))),
            ("ValueString", .string("qvszu")), ("ImageURL", .string("qimzu")), ("EmbeddedImage", .string("")),
          ]))
    }
    data.kind = .grafanaNotification
    data.fields = data.fields.map { $0.name == "Alerts" ? ("Alerts", .list(.init(alerts, .alerts))) : $0 }
    data.fields += [
      ("AppVersion", .string("qvezu")), ("GroupKey", .string("qgkzu")), ("Vars", .map(.init(texts: ["a": "qvvzu"]))),
    ]
    return .object(data)
  }()
}
