public import Foundation
public import Platform
public import Vocabulary

/// What a live run hands to whoever looks at it while it still runs.
public struct LiveEndpoints: Sendable {
  public var prometheus: URL
  public var alertmanager: URL
  /// The synthetic exporters; append `metrics`, for LiteLLM `metrics/`.
  public var exporters: [PlatformTarget: URL]
  /// Log files by logical name.
  public var logFiles: [String: String]
  /// What came so far.
  public var notifications: [Notification]
  /// Requests so far that carried a canary.
  public var canariesSent: Int
  /// The servers' process ids.
  public var processes: [Int32]
}

/// One change of an alert's state.
public struct AlertMoment: Sendable, Codable, Hashable {
  public enum State: String, Sendable, Codable, Hashable, CaseIterable {
    case inactive, pending, firing, notified, resolved
    case resolutionNotified = "resolution notified"
  }

  public var alert: String
  public var state: State
  /// Seconds since the course's clock started.
  public var seconds: Double
}

/// What came of a live run. Times and counts are of this run alone and belong in `live.json`.
public struct LiveResult: Sendable {
  public var checks: [Check]
  public var substitutions: [Substitution]
  public var timeline: [AlertMoment]
  public var notifications: [Notification]
  /// E.g. `["alertmanager": "0.25.0", "prometheus": "2.42.0"]`.
  public var engineVersions: [String: String]
  public var measurements: LiveMeasurements
}

public struct LiveMeasurements: Sendable, Codable, Hashable {
  /// The machine was too busy for what was seen to say anything about the alerts: a hole of a minute of simulated time or
  /// more, where intervals of 15 s are usual.
  public var isMachineTooBusy: Bool { longestPauseSeconds * factor > 60 }

  /// How many times faster than the wall the platform's clock ran.
  public var factor: Double
  /// Seconds until both servers and all exporters answered.
  public var startSeconds: Double
  /// Seconds of the whole run.
  public var totalSeconds: Double
  /// Longest time for which the machine did not let the platform run.
  public var longestPauseSeconds: Double
  /// Series in Prometheus at the end.
  public var series: Int
  public var targets: Int
  public var notifications: Int
  /// Series with data by panel query.
  public var panels: [String: Int]
}
