/// Training examples as sparse rows, each with its class and cost.
struct SparseRows {
  private(set) var offsets = [0]
  private(set) var indices: [UInt32] = []
  private(set) var values: [Float] = []
  private(set) var signs: [Float] = []
  private(set) var costs: [Double] = []

  private var open: [(index: UInt32, value: Float)] = []

  var count: Int { signs.count }

  mutating func add(_ index: UInt32, _ value: Float) { open.append((index, value)) }

  /// Ends the row: features that occur several times become one.
  mutating func end(isContent: Bool, cost: Double) {
    open.sort { $0.index != $1.index ? $0.index < $1.index : $0.value < $1.value }
    for (index, value) in open {
      if indices.count > offsets.last!, indices.last == index {
        values[values.count - 1] += value
      } else {
        indices.append(index)
        values.append(value)
      }
    }
    open.removeAll(keepingCapacity: true)
    offsets.append(indices.count)
    signs.append(isContent ? 1 : -1)
    costs.append(cost)
  }
}
