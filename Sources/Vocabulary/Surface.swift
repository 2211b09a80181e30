/// Where telemetry can carry text, as the promise names it: metrics, logs, alerts, configuration.
public enum Surface: String, Sendable, Codable, CaseIterable, Hashable {
  /// Metric names, label names and values, HELP texts, exemplars.
  case label
  /// Log lines, stream labels, structured metadata.
  case log
  /// Alert labels and annotations, notifications, rule templates.
  case alert
  /// Settings, dashboards, scripts.
  case config
}

/// The part of a record that a specimen is.
public enum Slot: UInt8, Sendable, Codable, CaseIterable, Hashable {
  case line, metricName, labelName, labelValue, help, exemplar, metadata, key, scalar, comment, annotation, expression,
    fileName
}
