public import Vocabulary
import Yams

/// YAML as positioned values.
public enum YAMLDocument {
  /// Parses a stream of one or more documents.
  ///
  /// - Parameters:
  ///   - bytes: UTF-8, at most 8 MB.
  ///   - path: named in errors.
  /// - Returns: the root of each document; nothing for a stream without any.
  /// - Throws: a `Fault` (`usage`) with line and column, which never quotes the source, where the text is not YAML or
  ///   repeats a key (Prometheus and its relatives refuse that too); `incomplete` where a limit is reached: depth 200,
  ///   1,000,000 nodes after aliases are followed.
  public static func parseAll(_ bytes: UnsafeRawBufferPointer, path: String? = nil) throws(Fault) -> [PositionedValue] {
    try YAMLGuard.check(bytes, path: path)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      let place = UTF8Check.firstInvalid(in: bytes)
      throw Fault(
        .usage, "not valid UTF-8", at: Location(path: path, line: place?.line, column: place?.column),
        remedy: "save the file as UTF-8")
    }
    var roots: [PositionedValue] = []
    var builder = TreeBuilder(marks: MarkResolver(bytes), path: path)
    do {
      // Of what type a scalar is, whoever reads it decides; telling it by regular expressions takes longer than all the rest.
      let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
      while let root = try parser.nextRoot() { roots.append(try builder.value(of: root, depth: 0)) }
    } catch let fault as Fault {
      throw fault
    } catch {
      throw YAMLErrors.fault(error, path: path, marks: &builder.marks)
    }
    return roots
  }

  /// Parses a stream that must hold exactly one document.
  public static func parse(_ bytes: UnsafeRawBufferPointer, path: String? = nil) throws(Fault) -> PositionedValue {
    let roots = try parseAll(bytes, path: path)
    guard let root = roots.first else { throw Fault(.usage, "empty YAML document", at: Location(path: path, line: 1)) }
    guard roots.count == 1 else {
      throw Fault(
        .usage, "more than one YAML document",
        at: Location(path: path, line: roots[1].line, column: roots[1].column), remedy: "keep one document in the file")
    }
    return root
  }

  public static func parse(_ bytes: [UInt8], path: String? = nil) throws(Fault) -> PositionedValue {
    try unwrapping { try bytes.withUnsafeBytes { raw in try parse(raw, path: path) } }
  }

  public static func parseAll(_ bytes: [UInt8], path: String? = nil) throws(Fault) -> [PositionedValue] {
    try unwrapping { try bytes.withUnsafeBytes { raw in try parseAll(raw, path: path) } }
  }
}

/// `withUnsafeBytes` rethrows untyped; only faults can come out of it here.
func unwrapping<Value>(_ body: () throws -> Value) throws(Fault) -> Value {
  do {
    return try body()
  } catch let fault as Fault {
    throw fault
  } catch {
    throw Fault(.internal, "an error of an unexpected type")
  }
}

private struct TreeBuilder {
  var marks: MarkResolver
  let path: String?
  private var nodes = 0

  init(marks: MarkResolver, path: String?) {
    self.marks = marks
    self.path = path
  }

  mutating func value(of node: Node, depth: Int) throws(Fault) -> PositionedValue {
    let place = marks.place(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
    nodes += 1
    guard nodes <= YAMLGuard.maximumNodes, depth <= YAMLGuard.maximumDepth else {
      let limit = depth > YAMLGuard.maximumDepth ? "depth \(YAMLGuard.maximumDepth)" : "\(YAMLGuard.maximumNodes) nodes"
      throw Fault(
        .incomplete, "YAML beyond \(limit) is not read",
        at: Location(path: path, line: place.line, column: place.column),
        remedy: "split the document or write fewer aliases")
    }
    let content: PositionedValue.Content
    switch node {
    case .scalar(let scalar): content = .scalar(scalar.string, style(of: scalar.style))
    case .sequence(let sequence):
      var elements: [PositionedValue] = []
      for element in sequence { elements.append(try value(of: element, depth: depth + 1)) }
      content = .sequence(elements)
    case .mapping(let mapping):
      var entries: [PositionedValue.Entry] = []
      for (key, value) in mapping {
        let key = try self.value(of: key, depth: depth + 1)
        entries.append(.init(key: key, value: try self.value(of: value, depth: depth + 1)))
      }
      content = .mapping(entries)
    case .alias: content = .scalar("", .plain)
    }
    return PositionedValue(content, line: place.line, column: place.column, offset: place.offset)
  }

  private func style(of style: Node.Scalar.Style) -> PositionedValue.Style {
    switch style {
    case .any, .plain: .plain
    case .singleQuoted: .singleQuoted
    case .doubleQuoted: .doubleQuoted
    case .literal: .literal
    case .folded: .folded
    }
  }
}

/// Yams's errors without the snippets of source that they carry.
private enum YAMLErrors {
  static func fault(_ error: any Error, path: String?, marks: inout MarkResolver) -> Fault {
    func located(_ problem: String, _ mark: Mark?) -> Fault {
      let place = mark.map { marks.place(line: $0.line, column: $0.column) }
      return Fault(
        .usage, "not valid YAML: \(problem)", at: Location(path: path, line: place?.line, column: place?.column))
    }
    switch error as? YamlError {
    case .scanner(_, let problem, let mark, _)?: return located(problem, mark)
    case .parser(_, let problem, let mark, _)?: return located(problem, mark)
    case .composer(_, let problem, let mark, _)?: return located(problem, mark)
    case .reader(let problem, _, _, _)?: return located(problem, nil)
    case .duplicatedKeysInMapping(_, let context)?: return located("a key is repeated", context.mark)
    default: return located("it cannot be loaded", nil)
    }
  }
}
