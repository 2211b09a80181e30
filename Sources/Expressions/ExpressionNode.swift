/// An expression as a tree.
indirect enum ExpressionNode: Sendable {
  case empty
  case literal(UInt32)
  case set(CodePointSet)
  case assertion(Assertion)
  /// Groups count from 1.
  case capture(ExpressionNode, index: Int)
  case concatenation([ExpressionNode])
  case alternation([ExpressionNode])
  /// Without `maximum` there is none.
  case repetition(ExpressionNode, minimum: Int, maximum: Int?, isGreedy: Bool)

  /// What matches between characters.
  enum Assertion: UInt8, Sendable {
    case beginLine, endLine, beginText, endText, wordBoundary, notWordBoundary
  }

  /// True where it may match without taking a character, for which Go asks while it builds loops.
  var isNullable: Bool {
    switch self {
    case .empty, .assertion: true
    case .literal, .set: false
    case .capture(let node, _): node.isNullable
    case .concatenation(let nodes): nodes.allSatisfy(\.isNullable)
    case .alternation(let nodes): nodes.contains(where: \.isNullable)
    case .repetition(let node, let minimum, _, _): minimum == 0 || node.isNullable
    }
  }
}
