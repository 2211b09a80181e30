import CLibFuzzer
import Glibc

/// Gives the judge to libFuzzer, whose options it takes: `fuzz CORPUS -max_total_time=600`. Built and run by `make fuzz`.
@main
enum Fuzz {
  nonisolated(unsafe) fileprivate static let subject = Subject()

  static func main() {
    if let corpus = CommandLine.arguments.dropFirst().first(where: { !$0.hasPrefix("-") }) { Seeds.write(to: corpus) }
    var count = CommandLine.argc
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
    exit(LLVMFuzzerRunDriver(&count, &arguments) { testOneInput($0, $1) })
  }
}

@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ data: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  Fuzz.subject.judge(UnsafeRawBufferPointer(start: data, count: count))
  return 0
}
