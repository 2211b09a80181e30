/// The data that programs hand to templates.
extension TemplateValue {
  /// Prometheus's alerting rule (`template.AlertTemplateData`).
  public static func rule(
    labels: [String: String], value: Double, externalLabels: [String: String] = [:], externalURL: String = ""
  ) -> TemplateValue {
    .object(
      Object(
        .rule,
        [
          ("Labels", .map(Map(texts: labels))), ("ExternalLabels", .map(Map(texts: externalLabels))),
          ("ExternalURL", .string(externalURL)), ("Value", .float(value)),
        ]))
  }

  /// Loki's labels of an entry, and what Promtail's stage `replace` sees.
  public static func texts(_ fields: [String: [UInt8]]) -> TemplateValue {
    .map(Map(fields.mapValues { .text($0) }, .texts))
  }

  /// What Promtail's stage `template` sees.
  public static func extracted(_ fields: [String: [UInt8]]) -> TemplateValue {
    .map(Map(fields.mapValues { .text($0) }, .values))
  }

  /// Grafana's rule: its labels, its values by their letter, and all values as one text.
  public static func grafanaRule(
    labels: [String: String], values: [String: (labels: [String: String], value: Double)], value: String
  ) -> TemplateValue {
    let values = values.mapValues { value in
      TemplateValue.object(
        Object(.grafanaValue, [("Labels", .map(Map(texts: value.labels, .labels))), ("Value", .float(value.value))]))
    }
    return .object(
      Object(
        .grafanaRule,
        [
          ("Labels", .map(Map(texts: labels, .labels))), ("Values", .map(Map(values, .grafanaValues))),
          ("Value", .string(value)),
        ]))
  }
}

/// Alertmanager's notification (`template.Data`).
public struct NotificationData: Sendable, Hashable {
  public var receiver = ""
  public var status = "firing"
  public var alerts: [Alert] = []
  public var groupLabels: [String: String] = [:]
  public var commonLabels: [String: String] = [:]
  public var commonAnnotations: [String: String] = [:]
  public var externalURL = ""

  public init() {}

  public struct Alert: Sendable, Hashable {
    public var status = "firing"
    public var labels: [String: String] = [:]
    public var annotations: [String: String] = [:]
    public var startsAt = TemplateTime.zero
    public var endsAt = TemplateTime.zero
    public var generatorURL = ""
    public var fingerprint = ""

    public init() {}
  }

  /// As a template sees it. Alertmanager hands over a pointer, its `amtool` a value.
  public func value(isPointer: Bool = true) -> TemplateValue {
    let alerts = alerts.map { alert in
      TemplateValue.object(
        TemplateValue.Object(
          .alert,
          [
            ("Status", .string(alert.status)), ("Labels", .map(.init(texts: alert.labels, .pairs))),
            ("Annotations", .map(.init(texts: alert.annotations, .pairs))), ("StartsAt", .time(alert.startsAt)),
            ("EndsAt", .time(alert.endsAt)), ("GeneratorURL", .string(alert.generatorURL)),
            ("Fingerprint", .string(alert.fingerprint)),
          ]))
    }
    return .object(
      TemplateValue.Object(
        .notification,
        [
          ("Receiver", .string(receiver)), ("Status", .string(status)), ("Alerts", .list(.init(alerts, .alerts))),
          ("GroupLabels", .map(.init(texts: groupLabels, .pairs))),
          ("CommonLabels", .map(.init(texts: commonLabels, .pairs))),
          ("CommonAnnotations", .map(.init(texts: commonAnnotations, .pairs))), ("ExternalURL", .string(externalURL)),
        ], isPointer: isPointer))
  }
}
