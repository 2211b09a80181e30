/// Lines that somebody has to decide on: of which form, where, and what is known about what varies in them.
public struct LineDecision: Sendable {
  /// What stands in one gap, without any of it.
  public struct Gap: Sendable {
    /// Different values; the most that are told apart is 64.
    public var distinct: Int
    public var lengths: ClosedRange<Int>
    public var shape: ValueShape
    /// It stands where values do: in quotes, after a key or a word such as `user`.
    public var isValue: Bool

    public var isCapped: Bool { distinct >= LineCluster.Position.maximumDistinct }
  }

  public private(set) var template: String
  public private(set) var count: Int
  public private(set) var first: LearningPlace
  /// In the order in which they stand, of one form; empty where the lines are of forms that were seen too rarely.
  public private(set) var gaps: [Gap]
  /// Forms of lines that the template stands for.
  public private(set) var forms = 0

  init(_ template: String, _ cluster: LineCluster, _ gaps: [Int]) {
    self.template = template
    count = 0
    first = cluster.first
    self.gaps = gaps.map { index in
      let position = cluster.positions[index]
      return Gap(
        distinct: max(position.hashes.count, 1), lengths: position.lengths, shape: position.shape,
        isValue: position.kind != .word || position.role > .plain)
    }
    added = cluster.count
  }

  /// Lines of a form that was seen too rarely to say what in it is the program's.
  init(rare template: String, _ cluster: LineCluster) {
    self.init(template, cluster, [])
  }

  /// Lines that this decision brings when it is added to another of the same template.
  private let added: Int

  mutating func add(_ other: LineDecision) {
    if forms > 0, other.gaps.count != gaps.count { gaps = [] }
    count += other.added
    forms += 1
    if (other.first.path, other.first.line) < (first.path, first.line), other.first.path == first.path {
      first = other.first
    }
  }
}
