/// Check digits by which a number is told from any other of its length. All of them look only at the digits (and for CNPJ
/// and IBAN the letters) of the matched text.
public enum Checksum: String, Sendable, Hashable, CaseIterable {
  /// Brazilian taxpayer number of a person: 11 digits, the last two are check digits modulo 11.
  case cpf
  /// Brazilian taxpayer number of a company: 14 characters, the last two are check digits modulo 11. From July 2026 on the
  /// first twelve may be capital letters, which count as their ASCII code less 48
  /// (Receita Federal, Instrução Normativa RFB 2.229/2024).
  case cnpj
  /// Brazilian number of a person in the social funds (PIS, PASEP, NIS, NIT): 11 digits, the last one is a check digit
  /// modulo 11.
  case pis
  /// Brazilian health card (Cartão Nacional de Saúde): 15 digits whose sum, weighted from 15 down to 1, is a multiple of 11;
  /// the first is 1 or 2 for a lasting number, 7, 8 or 9 for a provisional one (DATASUS).
  case cns
  /// Payment card: 13 to 19 digits whose Luhn sum is a multiple of ten (ISO/IEC 7812-1).
  case luhn
  /// Bank account: its country's length, and one as the rest modulo 97 (ISO 13616, ISO/IEC 7064 MOD 97-10).
  case iban

  private static let capacity = 34

  func holds(for bytes: UnsafeRawBufferPointer) -> Bool {
    withUnsafeTemporaryAllocation(of: Int.self, capacity: Self.capacity) { buffer in
      var count = 0
      for byte in bytes {
        switch byte {
        case 0x30...0x39: break
        case 0x41...0x5A where self == .cnpj || self == .iban: break
        default: continue
        }
        guard count < Self.capacity else { return false }
        buffer[count] = Int(byte) - 48
        count += 1
      }
      let values = UnsafeBufferPointer(rebasing: buffer[..<count])
      // All characters alike is not a number that anyone was given.
      guard values.contains(where: { $0 != values[0] }) else { return false }
      switch self {
      case .cpf: return count == 11 && Self.areTaxDigitsRight(values, at: [9, 10], wrap: .max)
      case .cnpj:
        return count == 14 && values[12] < 10 && values[13] < 10
          && Self.areTaxDigitsRight(values, at: [12, 13], wrap: 9)
      case .pis: return count == 11 && Self.areTaxDigitsRight(values, at: [10], wrap: 9)
      case .cns: return count == 15 && Self.isHealthCard(values)
      case .luhn: return (13...19).contains(count) && Self.isLuhn(values)
      case .iban: return Self.isIBAN(values)
      }
    }
  }

  /// Each check digit: weights rise from 2 leftwards, and start over past `wrap`.
  private static func areTaxDigitsRight(_ values: UnsafeBufferPointer<Int>, at positions: [Int], wrap: Int) -> Bool {
    for position in positions {
      var sum = 0
      var weight = 2
      for index in stride(from: position - 1, through: 0, by: -1) {
        sum += values[index] * weight
        weight = weight == wrap ? 2 : weight + 1
      }
      let rest = sum % 11
      guard values[position] == (rest < 2 ? 0 : 11 - rest) else { return false }
    }
    return true
  }

  private static func isHealthCard(_ values: UnsafeBufferPointer<Int>) -> Bool {
    guard [1, 2, 7, 8, 9].contains(values[0]) else { return false }
    return values.indices.reduce(0) { $0 + values[$1] * (15 - $1) } % 11 == 0
  }

  private static func isLuhn(_ values: UnsafeBufferPointer<Int>) -> Bool {
    var sum = 0
    for (distance, value) in values.reversed().enumerated() {
      let doubled = distance % 2 == 1 ? value * 2 : value
      sum += doubled > 9 ? doubled - 9 : doubled
    }
    return sum % 10 == 0
  }

  /// Country and check digits go to the end; a letter counts as two digits, A as 10.
  private static func isIBAN(_ values: UnsafeBufferPointer<Int>) -> Bool {
    guard values.count >= 15, values[0] >= 17, values[1] >= 17,
      lengths[(values[0] - 17) * 26 + values[1] - 17] == values.count
    else { return false }
    var rest = 0
    for distance in values.indices {
      let value = values[(distance + 4) % values.count]
      rest = value < 10 ? (rest * 10 + value) % 97 : (rest * 100 + value - 7) % 97
    }
    return rest == 1
  }

  /// By country, from the IBAN registry of SWIFT; 0 where there is none.
  private static let lengths: [Int] = {
    var table = [Int](repeating: 0, count: 26 * 26)
    let registry: [(Int, StaticString)] = [
      (15, "NO"), (16, "BE"), (18, "DKFIFOGLNL"), (19, "MKSI"), (20, "ATBAEEKZLTLUXK"), (21, "CHHRLILV"),
      (22, "BGBHCRDEGBGEIEMERSVA"), (23, "AEGIILIQTL"), (24, "ADCZESMDPKROSASESKTNVG"), (25, "LYPTST"), (26, "ISTR"),
      (27, "FRGRITMCMRSM"), (28, "ALAZBYCYDOGTHULBPLSV"), (29, "BREGPSQAUA"), (30, "JOKWMU"), (31, "MTSC"),
      (32, "LC"),
    ]
    for (length, codes) in registry {
      for index in stride(from: 0, to: codes.utf8CodeUnitCount, by: 2) {
        table[Int(codes.utf8Start[index] - 65) * 26 + Int(codes.utf8Start[index + 1] - 65)] = length
      }
    }
    return table
  }()
}
