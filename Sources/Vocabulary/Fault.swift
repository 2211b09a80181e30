/// One clear error: what is wrong, where, and what to do about it. It never quotes what a source emitted.
///
/// Every target throws this type, so that the command line prints all errors alike and picks the exit code.
public struct Fault: Error, Sendable, Codable, Hashable, CustomStringConvertible {
  public var status: ExitStatus
  /// What is wrong, one sentence without a full stop.
  public var problem: String
  /// Where: file with line and column, option, or program.
  public var place: Location?
  /// What to do.
  public var remedy: String?

  public init(_ status: ExitStatus, _ problem: String, at place: Location? = nil, remedy: String? = nil) {
    self.status = status
    self.problem = problem
    self.place = place
    self.remedy = remedy
  }

  public var description: String {
    let head = place.map { "\($0): \(problem)" } ?? problem
    return remedy.map { "\(head)\n  \($0)" } ?? head
  }
}
