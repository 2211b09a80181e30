import Testing

@testable import Detection

@Suite struct ChecksumTests {
  @Test(arguments: ["111.444.777-35", "52998224725"])
  func holdsForCPF(number: String) { expectHoldsUntilADigitChanges(.cpf, number) }

  /// 12.ABC.345/01DE-35 is the example of Receita Federal's own description of the alphanumeric CNPJ.
  @Test(arguments: ["11.222.333/0001-81", "12.ABC.345/01DE-35", "00000000000191"])
  func holdsForCNPJ(number: String) { expectHoldsUntilADigitChanges(.cnpj, number) }

  @Test(arguments: ["4539 1488 0343 6467", "5555-5555-5555-4444", "378282246310005"])
  func holdsForCards(number: String) { expectHoldsUntilADigitChanges(.luhn, number) }

  @Test(arguments: ["120.56412.54-5", "17000000030"])
  func holdsForPIS(number: String) { expectHoldsUntilADigitChanges(.pis, number) }

  /// The fifth digit weighs eleven and so is not checked.
  @Test func holdsForHealthCards() {
    #expect(holds(.cns, "700 0000 0000 0005") && holds(.cns, "898000000000002"))
    #expect(!holds(.cns, "700 0000 0000 0006") && !holds(.cns, "898100000000002"))
    #expect(!holds(.cns, "300000000000005"))
  }

  /// Examples of the IBAN registry.
  @Test(arguments: ["GB82 WEST 1234 5698 7654 32", "DE89370400440532013000", "BR1500000000000010932840814P2"])
  func holdsForIBAN(number: String) { expectHoldsUntilADigitChanges(.iban, number) }

  /// The sum alone is right for one number in 97; a length that its country doesn't have is right for none.
  @Test func anIBANHasItsCountrysLength() {
    #expect(!holds(.iban, "GB60WEST123456987654321") && !holds(.iban, "ZZ82WEST12345698765432"))
  }

  @Test(arguments: Checksum.allCases)
  func refusesOneDigitRepeatedAndOtherLengths(checksum: Checksum) {
    for length in 0...25 { #expect(!holds(checksum, String(repeating: "0", count: length))) }
  }

  @Test func checkDigitsOfACNPJAreDigits() { #expect(!holds(.cnpj, "12.ABC.345/01DE-3F")) }

  private func expectHoldsUntilADigitChanges(_ checksum: Checksum, _ number: String) {
    #expect(holds(checksum, number))
    for index in number.indices where number[index].isNumber {
      let digit = number[index].wholeNumberValue ?? 0
      var changed = number
      changed.replaceSubrange(index...index, with: String((digit + 1) % 10))
      #expect(!holds(checksum, changed))
    }
  }

  private func holds(_ checksum: Checksum, _ text: String) -> Bool {
    Array(text.utf8).withUnsafeBytes { checksum.holds(for: $0) }
  }
}
