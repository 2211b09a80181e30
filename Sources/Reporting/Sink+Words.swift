import Vocabulary

extension Sink {
  /// Sink and place, where the place does not name the sink itself.
  func whereabouts(_ place: Location?) -> String {
    guard let place, !place.description.isEmpty else { return description }
    return place.path == name ? "\(kind.rawValue) \(place)" : "\(self) \(place)"
  }

  /// The same without the pointer in files of a configuration: pointers are long, and an editor jumps to lines. An answer of
  /// Prometheus or a notification is one long line, in which only the pointer says anything.
  func briefWhereabouts(_ place: Location?) -> String {
    let isConfiguration = [Kind.rules, .dashboard, .template, .config].contains(kind)
    guard isConfiguration, var place, place.line != nil, place.pointer != nil else { return whereabouts(place) }
    // The label is the pointer's last part.
    (place.pointer, place.label) = (nil, nil)
    return whereabouts(place)
  }
}
