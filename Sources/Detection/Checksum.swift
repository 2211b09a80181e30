/// Check digits by which a number is told from any other of its length. All of them look only at the digits (and for CNPJ
/// the letters) of the matched text.
public enum Checksum: String, Sendable, Hashable, CaseIterable {
  /// Brazilian taxpayer number of a person: 11 digits, the last two are check digits modulo 11.
  case cpf
  /// Brazilian taxpayer number of a company: 14 characters, the last two are check digits modulo 11. From July 2026 on the
  /// first twelve may be capital letters, which count as their ASCII code less 48
  /// (Receita Federal, Instrução Normativa RFB 2.229/2024).
  case cnpj
  /// Payment card: 13 to 19 digits whose Luhn sum is a multiple of ten (ISO/IEC 7812-1).
  case luhn

  func holds(for bytes: UnsafeRawBufferPointer) -> Bool {
    withUnsafeTemporaryAllocation(of: Int.self, capacity: 20) { buffer in
      var count = 0
      for byte in bytes {
        let value: Int
        switch byte {
        case 0x30...0x39: value = Int(byte) - 48
        case 0x41...0x5A where self == .cnpj: value = Int(byte) - 48
        default: continue
        }
        guard count < 20 else { return false }
        buffer[count] = value
        count += 1
      }
      let values = UnsafeBufferPointer(rebasing: buffer[..<count])
      switch self {
      case .cpf: return count == 11 && Self.areTaxDigitsRight(values, wrap: .max)
      case .cnpj: return count == 14 && values[12] < 10 && values[13] < 10 && Self.areTaxDigitsRight(values, wrap: 9)
      case .luhn: return (13...19).contains(count) && Self.isLuhn(values)
      }
    }
  }

  /// Both check digits: weights rise from 2 leftwards, and start over past `wrap`. All characters alike is not a number
  /// that anyone was given.
  private static func areTaxDigitsRight(_ values: UnsafeBufferPointer<Int>, wrap: Int) -> Bool {
    guard values.contains(where: { $0 != values[0] }) else { return false }
    for position in [values.count - 2, values.count - 1] {
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

  private static func isLuhn(_ values: UnsafeBufferPointer<Int>) -> Bool {
    guard values.contains(where: { $0 != values[0] }) else { return false }
    var sum = 0
    for (distance, value) in values.reversed().enumerated() {
      let doubled = distance % 2 == 1 ? value * 2 : value
      sum += doubled > 9 ? doubled - 9 : doubled
    }
    return sum % 10 == 0
  }
}
