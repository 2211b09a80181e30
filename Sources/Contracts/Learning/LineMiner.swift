/// Finds the forms of lines, in the manner of Drain: lines of one structure are compared word by word with the forms found so
/// far, and join the most like or begin a form of their own. Memory is bounded by the number of forms.
///
/// Source: He, Zhu, Zheng, Lyu, "Drain: An Online Log Parsing Approach with Fixed Depth Tree", ICWS 2017. In place of its tree over
/// the first words there is the structure of the whole line: which types, signs and words stand in it.
struct LineMiner {
  static let maximumClusters = 4_000
  /// Forms of one structure; beyond, a line joins the most like whatever it is.
  static let maximumOfOneStructure = 48
  /// Share of words that two lines of a form have in common.
  static let leastLikeness = 0.6

  private(set) var clusters: [LineCluster] = []
  private var byStructure: [[UInt16]: [Int]] = [:]
  /// Lines of forms that found no room.
  private(set) var overflow = 0
  private var structure: [UInt16] = []

  /// - Returns: index of the form that the line is of; nil where there was no room for another.
  mutating func add(
    _ tokens: [LineToken], _ bytes: UnsafeRawBufferPointer, isContinuation: Bool, after head: LineHead?,
    at place: @autoclosure () -> LearningPlace
  ) -> Int? {
    structure.removeAll(keepingCapacity: true)
    structure.append(isContinuation ? 1 : 0)
    for token in tokens { structure.append(token.code) }
    let known = byStructure[structure] ?? []
    var best: (cluster: Int, likeness: Double)?
    for cluster in known {
      let likeness = clusters[cluster].likeness(tokens, bytes)
      if likeness > best?.likeness ?? -1 { best = (cluster, likeness) }
    }
    if let best, best.likeness >= Self.leastLikeness || known.count >= Self.maximumOfOneStructure {
      clusters[best.cluster].add(tokens, bytes, after: head)
      return best.cluster
    }
    guard clusters.count < Self.maximumClusters else {
      overflow += 1
      return nil
    }
    clusters.append(LineCluster(tokens, isContinuation: isContinuation, at: place()))
    clusters[clusters.count - 1].add(tokens, bytes, after: head)
    byStructure[structure, default: []].append(clusters.count - 1)
    return clusters.count - 1
  }
}
