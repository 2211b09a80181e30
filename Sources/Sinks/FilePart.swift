import Foundation
import Syntax
public import Vocabulary

/// One piece of reading, small enough to be handed to a worker: a file, a folder's name, or whole lines of a large file.
public struct FilePart: Sendable {
  /// Some whole lines of a file that is read line by line, whose format was told by its beginning.
  struct Cut: Sendable {
    var range: Range<Int>
    var format: Format
  }

  /// As the user gave it, and below that as the walk found it; `-` is standard input.
  public let path: String
  /// The path of the user's under which it was found.
  public let given: String
  let kind: FoundFile.Kind
  let cut: Cut?

  /// The only part of its file, or the one that holds its first line.
  public var isFirst: Bool { cut.map { $0.range.lowerBound == 0 } ?? true }
  /// The user named it, and did not name a folder above it.
  public var isNamed: Bool { path == given }

  /// A regular file, which can be read again.
  public var isFile: Bool { if case .file = kind { true } else { false } }

  /// Bytes before a part that are looked at for a record that goes on in it.
  private static let maximumLead = 64 << 10

  /// Whole lines before a part.
  static func lead(_ descriptor: Int32, before offset: Int) -> [UInt8] {
    guard offset > 0 else { return [] }
    let start = max(0, offset - maximumLead)
    var bytes = [UInt8](repeating: 0, count: offset - start)
    let count = max(0, pread(descriptor, &bytes, bytes.count, off_t(start)))
    guard count == bytes.count else { return [] }
    guard start > 0 else { return bytes }
    return bytes.firstIndex(of: 0x0A).map { Array(bytes[($0 + 1)...]) } ?? []
  }

  init(_ path: String, given: String, kind: FoundFile.Kind, cut: Cut? = nil) {
    self.path = path
    self.given = given
    self.kind = kind
    self.cut = cut
  }
}

/// What reading a part came to.
public struct PartReading: Sendable {
  /// None for a folder.
  public var coverage: Coverage?
  /// Line breaks in a part that is a stream of lines, by which lines of the parts after it are to be counted on.
  public var lines = 0
}

extension FileSink {
  /// Files are cut from twice this size on. Small parts let a worker know what the others have just judged: with large ones all
  /// judge the beginnings of theirs afresh at the same time.
  public static let partSize = 2 << 20

  /// Everything that is to be read for these paths, in order; nothing but file names and beginnings of large files is
  /// read for it.
  ///
  /// - Parameters:
  ///   - paths: files, folders, `-` for standard input; one that is repeated counts once.
  ///   - cutting: bytes of a part of a large file; nil leaves files whole.
  /// - Throws: `usage` where there is no such file or folder.
  public static func parts(
    of paths: [String], limits: ReadLimits = ReadLimits(), cutting: Int? = partSize
  ) throws(Fault) -> [FilePart] {
    var parts: [FilePart] = []
    var walk = FileWalk(excluding: limits.excludedFolders)
    var named: Set<String> = []
    for path in paths where named.insert(path).inserted {
      if path == "-" {
        parts.append(FilePart(path, given: path, kind: .input))
        continue
      }
      guard exists(path) else {
        throw Fault(.usage, "no such file or folder", at: Location(path: path), remedy: "check the spelling")
      }
      try walk.walk(path) { found in
        let cuts = cutting.map { Self.cuts(of: found, size: $0) } ?? []
        if cuts.isEmpty {
          parts.append(FilePart(found.path, given: path, kind: found.kind))
        } else {
          parts += cuts.map { FilePart(found.path, given: path, kind: found.kind, cut: $0) }
        }
      }
    }
    return parts
  }

  private static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  /// Where a large file of lines can be cut; empty where it can't, or where that cannot be told.
  private static func cuts(of found: FoundFile, size: Int) -> [FilePart.Cut] {
    var status = stat()
    guard case .file = found.kind, stat(found.path, &status) == 0, Int(status.st_size) >= 2 * size else { return [] }
    let descriptor = open(found.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return [] }
    defer { close(descriptor) }
    guard let head = try? ByteSource(descriptor: descriptor).read(upTo: recognised).bytes else { return [] }
    let format = head.withUnsafeBytes { Format.recognise(path: found.path, bytes: $0, isWhole: false) }
    guard format.notation == .lines else { return [] }
    var starts = [0]
    while let start = lineStart(descriptor, from: starts[starts.count - 1] + size), start < Int(status.st_size) {
      starts.append(start)
    }
    // The last part goes as far as the file does by then.
    return zip(starts, starts.dropFirst() + [Int.max]).map { FilePart.Cut(range: $0..<$1, format: format) }
  }

  /// The first byte at or after an offset that begins a line; nil where there is none.
  private static func lineStart(_ descriptor: Int32, from offset: Int) -> Int? {
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    var offset = offset - 1
    while true {
      let count = pread(descriptor, &buffer, buffer.count, off_t(offset))
      guard count > 0 else { return nil }
      if let place = buffer[..<count].firstIndex(of: 0x0A) { return offset + place + 1 }
      offset += count
    }
  }
}
