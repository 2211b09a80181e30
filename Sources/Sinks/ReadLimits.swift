/// How much of one document is held in memory. What is larger is judged as text, window by window.
public struct ReadLimits: Sendable, Hashable {
  /// Largest document whose structure is read; memory grows with documents up to this size and no further.
  public var maximumDocument: Int
  /// Folders that are not walked into: version control's own stores. Coverage lists them.
  public var excludedFolders: Set<String>

  public init(maximumDocument: Int = 64 << 20, excludedFolders: Set<String> = [".git", ".hg", ".svn"]) {
    self.maximumDocument = maximumDocument
    self.excludedFolders = excludedFolders
  }

  /// What a compressed file may come to: `freeExpansion` bytes, and beyond that so many times what was read of it. Logs
  /// compress to a tenth or a thirtieth; a file of more is made to keep its reader busy, and reading stops there.
  static let maximumExpansion = 200
  static let freeExpansion = 64 << 20

  /// Size of a batch's buffer.
  static let batch = 2 << 20
  /// Bytes that two windows of one long line or value share, so that what stands on the seam is seen whole.
  static let overlap = 8 << 10
}
