import Foundation
import Syntax
import Vocabulary

extension Rewriting {
  /// An Alertmanager configuration whose every receiver is a loopback webhook and whose every wait is divided.
  ///
  /// Grouping, matching and inhibition stay; global settings (which hold credentials), templates and time intervals (which
  /// would make the outcome depend on the hour) go.
  static func alertmanager(
    _ file: ConfigTree.File, webhook: URL, _ compression: Compression
  ) throws(Fault) -> Rewriting {
    var rewriting = Rewriting(file, try YAMLDocument.parse(file.bytes, path: file.path))
    var document = rewriting.document
    rewriting.keepOnly(["global", "route", "receivers", "inhibit_rules"], of: &document, at: "")
    if var global = document["global"], global.mapping != nil {
      rewriting.keepOnly(["resolve_timeout"], of: &global, at: "/global")
      rewriting.compress("resolve_timeout", of: &global, at: "/global", by: compression.duration)
      document.set("global", to: global)
    }
    if var route = document["route"] {
      // Alertmanager's own defaults, written out so that they are divided as well.
      for (key, value) in [("group_wait", "30s"), ("group_interval", "5m"), ("repeat_interval", "4h")]
      where route[key] == nil {
        route.set(key, to: .text(value))
      }
      rewriting.compress(route: &route, at: "/route", compression)
      document.set("route", to: route)
    }
    document.editEach("receivers") { receiver, index in
      // A receiver that sends nowhere stays one: what is routed to it reaches nobody.
      guard receiver.keys.contains(where: { $0 != "name" }) else { return }
      let hook = PositionedValue.map([
        "url": .text(webhook.appendingPathComponent("\(index)").absoluteString), "send_resolved": .flag(true),
      ])
      receiver = .map(["name": receiver["name"] ?? .text("receiver-\(index)"), "webhook_configs": .list([hook])])
      rewriting.note("/receivers/\(index)", "became a webhook on loopback")
    }
    rewriting.document = document
    return rewriting
  }

  private mutating func compress(route: inout PositionedValue, at pointer: String, _ compression: Compression) {
    remove(["mute_time_intervals", "active_time_intervals"], from: &route, at: pointer)
    for key in ["group_wait", "group_interval", "repeat_interval"] {
      compress(key, of: &route, at: pointer, by: compression.interval)
    }
    var copy = self
    route.editEach("routes") { child, index in
      copy.compress(route: &child, at: "\(pointer)/routes/\(index)", compression)
    }
    self = copy
  }
}
