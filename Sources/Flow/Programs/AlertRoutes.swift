import Syntax

/// Alertmanager's configuration: which receivers an alert reaches, and what each sends.
///
/// Source: alertmanager/config/config.go and dispatch/route.go (0.25 to 0.28).
struct AlertRoutes: Sendable, Hashable {
  struct Receiver: Sendable, Hashable {
    var name: String
    var integrations: [Integration]
    var place: FlowPlace
  }

  /// One way in which a receiver is told: a webhook, a mail, a chat.
  struct Integration: Sendable, Hashable {
    /// `webhook` of `webhook_configs`.
    var kind: String
    var value: PositionedValue
    var pointer: String
    /// What `global` says of where its kind sends.
    var common: PositionedValue?

    init(kind: String, value: PositionedValue, pointer: String, global: PositionedValue? = nil) {
      self.kind = kind
      self.value = value
      self.pointer = pointer
      common = global?[Self.commonKey(of: kind)]
    }
  }

  struct Route: Sendable, Hashable {
    var receiver: String
    var matchers: [LabelMatcher]
    /// Whether it has conditions that could not be read, which then may hold.
    var isVague: Bool
    var goesOn: Bool
    var routes: [Route]
  }

  var path: String
  /// Whether it is Grafana's own, which takes the alerts of Grafana's rules and no others.
  var isGrafanas = false
  var route: Route?
  var receivers: [Receiver]

  init(_ document: PositionedValue, path: String) {
    self.path = path
    receivers = (document["receivers"]?.array ?? []).enumerated().compactMap { index, value in
      guard let name = value["name"]?.string else { return nil }
      let integrations = (value.mapping ?? []).flatMap { entry -> [Integration] in
        guard let key = entry.key.string, key.hasSuffix("_configs") else { return [] }
        return (entry.value.array ?? []).enumerated().map { place, config in
          Integration(
            kind: String(key.dropLast("_configs".count)), value: config,
            pointer: "/receivers/\(index)/\(key)/\(place)", global: document["global"])
        }
      }
      return Receiver(name: name, integrations: integrations, place: FlowPlace(path, value))
    }
    route = document["route"].map { Route($0, inheriting: nil, depth: 0) }
  }

  /// Names of the receivers that an alert may reach, in the order of the routes.
  ///
  /// - Parameter labels: those whose values are known; nil for one whose value is not. The alert may have others.
  func receivers(of labels: [String: String?]) -> [String] {
    var names: [String] = []
    if let route { _ = route.collect(labels, into: &names) }
    return names
  }
}

/// Where something stands in a file of the tree.
struct FlowPlace: Sendable, Hashable {
  var path: String
  var line: Int
  var column: Int

  init(_ path: String, _ value: PositionedValue) {
    self.path = path
    line = value.line
    column = value.column
  }
}

extension AlertRoutes.Route {
  /// Routes nest as deep as documents may; deeper ones than this are left out.
  private static let maximumDepth = 64

  init(_ value: PositionedValue, inheriting parent: AlertRoutes.Route?, depth: Int) {
    receiver = value["receiver"]?.string ?? parent?.receiver ?? ""
    goesOn = value["continue"]?.bool ?? false
    matchers = []
    isVague = false
    routes = []
    for (key, op) in [("match", LabelMatcher.Operator.equal), ("match_re", .matches)] {
      for entry in value[key]?.mapping ?? [] {
        matchers.append(LabelMatcher(name: entry.key.string ?? "", op: op, value: entry.value.string ?? ""))
      }
    }
    for text in value["matchers"]?.array ?? value["matchers"].map({ [$0] }) ?? [] {
      guard let found = text.string.flatMap({ AlertMatchers.parse($0) }) else {
        isVague = true
        continue
      }
      matchers += found
    }
    // Grafana's form: [label, operator, value].
    for entry in value["object_matchers"]?.array ?? [] {
      let parts = (entry.array ?? []).compactMap(\.string)
      guard parts.count == 3, let op = LabelMatcher.Operator(rawValue: parts[1]) else {
        isVague = true
        continue
      }
      matchers.append(LabelMatcher(name: parts[0], op: op, value: parts[2]))
    }
    guard depth < Self.maximumDepth else { return }
    let inherited = self
    routes = (value["routes"]?.array ?? []).map { Self($0, inheriting: inherited, depth: depth + 1) }
  }

  /// Three values: it takes the alert for certain, perhaps (nil), or not.
  private func takes(_ labels: [String: String?]) -> Bool? {
    var isCertain = !isVague
    for matcher in matchers {
      switch (labels[matcher.name] ?? nil).map(matcher.accepts) {
      case true: continue
      case false: return false
      case nil: isCertain = false
      }
    }
    return isCertain ? true : nil
  }

  /// - Returns: whether no other route beside it sees the alert.
  fileprivate func collect(_ labels: [String: String?], into names: inout [String]) -> Bool {
    let taken = takes(labels)
    guard taken != false else { return false }
    var isHandled = false
    for child in routes where !isHandled {
      isHandled = child.collect(labels, into: &names)
    }
    // A child that takes it for certain takes it from its parent, whether or not others beside the child see it too.
    let byChild = routes.contains { $0.takes(labels) == true }
    if !byChild, !names.contains(receiver) { names.append(receiver) }
    return taken == true && !goesOn
  }
}
