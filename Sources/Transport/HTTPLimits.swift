/// What one request may cost.
public struct HTTPLimits: Sendable, Hashable {
  /// Time for the whole exchange, retries included.
  public var deadline: Duration
  /// Largest body that is taken.
  public var maximumBytes: Int
  /// How often to try again after a refused connection or (GET only) a 5xx answer.
  public var retries: Int

  public init(deadline: Duration = .seconds(30), maximumBytes: Int = 64 << 20, retries: Int = 2) {
    self.deadline = deadline
    self.maximumBytes = maximumBytes
    self.retries = retries
  }
}

/// An answer with any status below 500.
public struct HTTPResponse: Sendable {
  public var status: Int
  public var contentType: String?
  public var body: [UInt8]
  /// The body went on beyond the limit, and the caller had asked to get what fits.
  public var isTruncated: Bool
  /// Where a redirection points to.
  var location: String?

  init(status: Int, contentType: String? = nil, body: [UInt8], isTruncated: Bool = false, location: String? = nil) {
    self.status = status
    self.contentType = contentType
    self.body = body
    self.isTruncated = isTruncated
    self.location = location
  }
}
