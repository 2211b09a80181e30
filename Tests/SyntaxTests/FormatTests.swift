import Testing

@testable import Syntax

@Suite struct FormatTests {
  @Test(.enabled(if: Shared.isThere, "no evaluation data beside the checkout"))
  func recognisesRealFilesByContent() throws {
    var counts: [String: Int] = [:]
    for path in Shared.files("corpora/real") + Shared.files("facts/samples") {
      let bytes = try Shared.bytes(path)
      let format = bytes.withUnsafeBytes { Format.recognise(path: path, bytes: $0) }
      let folder = path.split(separator: "/").dropLast().last.map(String.init) ?? ""
      counts["\(folder) \(format.rawValue)", default: 0] += 1
      if folder == "samples" || folder == "expositions" { print(path.split(separator: "/").last!, format.rawValue) }
    }
    for (name, count) in counts.sorted(by: { $0.key < $1.key }) { print(count, name) }
  }
}
