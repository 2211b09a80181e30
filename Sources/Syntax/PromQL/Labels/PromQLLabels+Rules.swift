extension PromQLLabels {
  /// How a Prometheus treats labels, where versions differ.
  public struct Rules: Sendable, Hashable {
    public var version: PromQLVersion
    /// `--enable-feature=promql-delayed-name-removal`: names are removed from the result, and seen until then.
    public var delaysNameRemoval: Bool

    public init(version: PromQLVersion = .newest, delaysNameRemoval: Bool = false) {
      self.version = version
      self.delaysNameRemoval = delaysNameRemoval
    }

    /// Labels that say what a metric is: functions that change its meaning remove them.
    var metadata: Set<String> {
      version < PromQLVersion(3, 5) ? ["__name__"] : ["__name__", "__type__", "__unit__"]
    }

    /// Whether `.` in the expression of `label_replace` matches a newline.
    var dotMatchesNewline: Bool { version >= PromQLVersion(3, 0) }

    /// Whether a name that `group_left(__name__)` brings is removed again by `bool`.
    var boolRemovesIncludedName: Bool { version < PromQLVersion(3, 11) }

    /// Whether the result of `atan2` has the name of its left side.
    var atan2KeepsName: Bool { version < PromQLVersion(2, 47) }

    /// Whether `count_values by` loses labels from the second step of a range on: it appended to the list that it would use
    /// again.
    var countValuesLosesLabels: Bool { version < PromQLVersion(2, 52) }
  }
}
