public import Vocabulary

extension Finding {
  /// A finding about a place in a document, found by reading its structure and not by judging text.
  ///
  /// - Parameter location: as read; its parts are guarded here.
  public init(
    rule: String, severity: Severity, sink: Sink, surface: Surface, message: String, remedy: String?,
    at location: Location, names: NameGuard
  ) {
    let pointer = location.pointer ?? ""
    var place = location
    place.path = location.path.map { names.printable(path: $0, isContent: false) }
    place.pointer = location.pointer.map(names.printable(pointer:))
    place.label = location.label.map(names.printable(name:))
    self.init(
      rule: rule, severity: severity, sink: sink, surface: surface,
      fingerprint: Fingerprint.ofDocument(rule: rule, path: sink.name, pointer: pointer), message: message,
      remedy: remedy, locations: [place])
  }
}
