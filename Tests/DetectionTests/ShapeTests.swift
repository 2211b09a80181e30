import Testing

@testable import Detection

@Suite struct ShapeTests {
  @Test(arguments: [
    ("paciente Iracema, 42", "w5-8 w5-8, n1-4"), ("id=7f3a9b21cd", "w1-4=x9-16"), ("gpu12  é", "m5-8 w1-4"), ("", ""),
    ("----", "-"), ("a\u{7}b", "w1-4·w1-4"),
  ])
  func showsClassesAndLengthClasses(text: String, shape: String) { #expect(redacted(text) == shape) }

  @Test func holdsNoWordOfTheText() {
    let text = "Resuma o laudo da paciente Iracema Potiguara, CPF 111.444.777-35!"
    let shape = redacted(text)
    for word in text.split(whereSeparator: { !$0.isLetter && !$0.isNumber }) where word.count > 1 {
      #expect(!shape.contains(word))
    }
  }

  @Test func isBounded() { #expect(redacted(String(repeating: "a b1, ", count: 10_000)).utf8.count < 300) }

  @Test func skeletonsDifferOnlyInWhatIsNotMasked() {
    let line = "Request chatcmpl-8b475b27ed53dcff took 12 ms on gpu1"
    #expect(skeleton(line) == skeleton("Request chatcmpl-93fd01e6772841a8 took 7 ms on gpu2"))
    #expect(skeleton(line) != skeleton("Request chatcmpl-8b475b27ed53dcff lost 12 ms on gpu1"))
  }

  @Test func lengthsFallIntoClasses() {
    #expect(
      [1, 16, 17, 256, 257, 5_000].map(Shape.lengthClass) == [
        "1-16 bytes", "1-16 bytes", "17-64 bytes", "65-256 bytes", "257-1024 bytes", "over 4096 bytes",
      ])
  }

  private func redacted(_ text: String) -> String { Array(text.utf8).withUnsafeBytes(Shape.redacted) }

  private func skeleton(_ text: String) -> [UInt8] {
    var key: [UInt8] = []
    Array(text.utf8).withUnsafeBytes { Shape.skeletonKey($0, into: &key) }
    return key
  }
}
