/// Unicode's simple case folding, as Go's `unicode.SimpleFold` has it: `K`, `k` and the Kelvin sign are one letter.
enum CaseFolding {
  /// Code points that are one letter, by each of them; nothing for those that stand alone.
  ///
  /// Made from the mappings of the standard library. A mapping to more than one code point (`ß` to `SS`) is no simple one.
  private static let orbits: [UInt32: [UInt32]] = {
    var leader: [UInt32: UInt32] = [:]
    func root(_ point: UInt32) -> UInt32 {
      var point = point
      while let next = leader[point], next != point { point = next }
      return point
    }
    var members: Set<UInt32> = []
    for value in UInt32(0x41)...0x1FFFF {
      // The dotted capital and the dotless small i fold to nothing but themselves.
      guard let scalar = Unicode.Scalar(value), value != 0x130, value != 0x131, scalar.properties.changesWhenCaseMapped
      else { continue }
      for mapping in [scalar.properties.lowercaseMapping, scalar.properties.uppercaseMapping] {
        let scalars = mapping.unicodeScalars
        guard let other = scalars.first, scalars.count == 1, other != scalar else { continue }
        members.formUnion([value, other.value])
        let (one, two) = (root(value), root(other.value))
        leader[max(one, two)] = min(one, two)
      }
    }
    var groups: [UInt32: [UInt32]] = [:]
    for member in members.sorted() { groups[root(member), default: []].append(member) }
    var orbits: [UInt32: [UInt32]] = [:]
    for group in groups.values { for member in group { orbits[member] = group } }
    return orbits
  }()

  private static let letters = orbits.keys.sorted()

  static func partners(of set: CodePointSet) -> CodePointSet {
    var out: [ClosedRange<UInt32>] = []
    for letter in letters where set.contains(letter) {
      for partner in orbits[letter] ?? [] { out.append(partner...partner) }
    }
    return CodePointSet(out)
  }
}
