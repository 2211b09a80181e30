import Testing

@testable import Compression

@Suite struct DecompressorTests {
  /// The same sentence, by Python's gzip, zlib and by the zstd program.
  static let sentence = "Could you please explain to me how I should talk to my daughter about the divorce?"

  @Test(arguments: Compression.allCases)
  func readsWhatOthersWrote(_ compression: Compression) throws {
    let bytes = try #require(Samples.streams[compression])
    #expect(bytes.withUnsafeBytes { Compression($0) } == compression)
    #expect(decompress(bytes, compression) == Array(Self.sentence.utf8))
  }

  @Test(arguments: Compression.allCases)
  func readsMemberAfterMember(_ compression: Compression) throws {
    let bytes = try #require(Samples.streams[compression])
    // Nothing says where a zlib stream is followed by another.
    let times = compression == .zlib ? 1 : 2
    #expect(decompress(bytes + bytes, compression).count == times * Self.sentence.utf8.count)
  }

  @Test func cutStreamsYieldWhatStandsBeforeTheCut() throws {
    for compression in [Compression.gzip, .zlib] {
      let bytes = try #require(Samples.streams[compression])
      for count in 4..<bytes.count {
        #expect(Self.sentence.utf8.starts(with: decompress(Array(bytes[..<count]), compression)))
      }
      #expect(decompress(Array(bytes[..<60]), compression).count > 20)
    }
  }

  @Test(arguments: Compression.allCases)
  func damagedStreamsEnd(_ compression: Compression) throws {
    let bytes = try #require(Samples.streams[compression])
    var generator = SystemRandomNumberGenerator()
    for place in 4..<bytes.count {
      var damaged = bytes
      damaged[place] ^= UInt8.random(in: 1...255, using: &generator)
      #expect(decompress(damaged, compression, limit: 512).count <= 512)
    }
  }

  @Test func aLimitIsKeptAndToldOf() throws {
    let bytes = try #require(Samples.streams[.gzip])
    let (out, wasCut) = bytes.withUnsafeBytes { Decompressor().decompress($0, .gzip, limit: 10) }
    #expect(wasCut && out == Array(Self.sentence.utf8.prefix(10)))
  }

  private func decompress(_ bytes: [UInt8], _ compression: Compression, limit: Int = 4_096) -> [UInt8] {
    bytes.withUnsafeBytes { Decompressor().decompress($0, compression, limit: limit).bytes }
  }
}
