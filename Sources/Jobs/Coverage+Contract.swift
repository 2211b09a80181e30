import Audit
import Vocabulary

extension Coverage {
  /// Nothing states what may stand in it, or in some of it.
  var isUnbound: Bool { contract == "none" || contract.hasSuffix(", none") }

  /// Something that a source emits, which a contract can state. Alerts and configurations are made by people, and checked as such.
  var isEmitted: Bool { surface == .label || surface == .log }

  /// That it is bound to no contract: what a source may emit was stated nowhere.
  func withoutContract(names: NameGuard) -> Finding {
    Finding(
      rule: "no-contract", severity: isEmitted ? .exposure : .hygiene, sink: sink, surface: surface,
      message: contract == "none"
        ? "No contract claims this sink: it was judged by detection and canaries alone."
        : "No contract claims some of what this sink holds: that was judged by detection and canaries alone.",
      remedy: "Bind it to the contract of its source: `sources` in policy.yaml, or the inventory (--fleet).",
      at: Location(), names: names)
  }
}
