public import Policy
public import Vocabulary

/// Everything by which findings of a run are accepted: comments of files, the policy's exceptions, the baseline, in this order.
public struct Acceptances: Sendable {
  /// By the name of the file's sink.
  public var comments: [String: [AcceptComment]]
  public var exceptions: ExceptionSet
  public var baseline: Baseline?
  /// `YYYY-MM-DD` in UTC.
  public var today: String
  public var extent: RunExtent

  public init(
    comments: [String: [AcceptComment]] = [:], exceptions: ExceptionSet = ExceptionSet(), baseline: Baseline? = nil,
    today: String, extent: RunExtent
  ) {
    self.comments = comments
    self.exceptions = exceptions
    self.baseline = baseline
    self.today = today
    self.extent = extent
  }

  /// - Returns: the findings, what is accepted marked, with one finding more for each acceptance that does not serve.
  public func apply(to table: FindingTable) -> [Finding] {
    let extent = extent.counted(table.uncounted)
    var comments = AcceptComments(comments, today: today, extent: extent)
    var exceptions = Exceptions(exceptions, today: today, extent: extent)
    var findings = exceptions.apply(to: comments.apply(to: table.sorted))
    if let baseline { findings = baseline.apply(to: findings) }
    return findings + comments.remarks(on: findings).sorted + exceptions.remarks
  }
}
