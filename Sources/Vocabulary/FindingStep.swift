/// One station on the way that text can take, from where it enters to where somebody reads it.
///
/// Printable as it stands: whoever makes one has guarded the names in it, as those of a `Location`.
public struct FindingStep: Sendable, Codable, Hashable {
  /// What it says, in words.
  public var text: String
  /// Where it stands; nil for what no file says.
  public var location: Location?

  public init(_ text: String, at location: Location? = nil) {
    self.text = text
    self.location = location
  }
}
