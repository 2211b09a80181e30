/// Keeps templates apart: none may claim what another claims, though they be written differently.
struct OverlapCheck {
  private let names: FleetNames
  /// Each by itself, with texts that it claims.
  private var known: [(matcher: TemplateMatcher, examples: [[UInt8]])] = []

  /// All of them, as the graph that they must make together has them.
  private var templates: [Template]

  init(_ templates: [Template], names: FleetNames) {
    self.names = names
    self.templates = templates
    for template in templates {
      if let entry = entry(template) { known.append(entry) }
    }
  }

  private func entry(_ template: Template) -> (matcher: TemplateMatcher, examples: [[UInt8]])? {
    guard let graph = try? TemplateGraph([template], names: names) else { return nil }
    return (TemplateMatcher(graph), template.examples(names).map { Array($0.utf8) })
  }

  /// Whether the template can be matched and has no text in common with those before it; if so it counts as one of them.
  mutating func admit(_ template: Template) -> Bool {
    guard var new = entry(template), new.examples.contains(where: { Self.claims(&new.matcher, $0) }) else {
      return false
    }
    for index in known.indices {
      let isShared =
        new.examples.contains { Self.claims(&known[index].matcher, $0) }
        || known[index].examples.contains { Self.claims(&new.matcher, $0) }
      if isShared { return false }
    }
    known.append(new)
    templates.append(template)
    return true
  }

  /// Whether all that were admitted make one graph.
  var isWhole: Bool { (try? TemplateGraph(templates, names: names)) != nil }

  /// Takes back what was admitted last.
  mutating func dismiss() {
    known.removeLast()
    templates.removeLast()
  }

  private static func claims(_ matcher: inout TemplateMatcher, _ text: [UInt8]) -> Bool {
    text.withUnsafeBytes { matcher.match($0, 0..<$0.count) } != nil
  }
}
