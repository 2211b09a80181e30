/// The keys of a YAML text by where they stand, and what it says that it is, told from its lines without parsing them.
struct YAMLOutline {
  /// Keys at the left margin.
  private(set) var top: Set<String> = []
  /// Keys further right, in flow collections, and those of elements at the margin.
  private(set) var nested: Set<String> = []
  /// Whether the API's group is that of Grafana's dashboards, whatever its version.
  private(set) var isOfGrafanasDashboards = false
  private(set) var lines = 0
  /// Lines that begin at the margin, and how many of them look like a key, an element or a document mark.
  private(set) var marginLines = 0
  private(set) var structuredLines = 0
  /// Whether the first document is a flow collection, whose keys no margin tells apart.
  private(set) var beginsInFlow = false
  private var hasBegun = false
  private var ownKinds: Set<String> = []
  private var itemKinds: Set<String> = []
  /// Whether the last key at the margin is `items`, and where the keys of its elements stand.
  private var isInItems = false
  private var itemColumn: Int?

  /// Kubernetes' names for what the documents are, or for the items of a list.
  ///
  /// Source: kubernetes/apimachinery pkg/apis/meta/v1: the kind of a list is `List`, or that of its items with `List` behind it.
  var kinds: Set<String> {
    let isList = ownKinds.isEmpty || ownKinds.contains { $0.hasSuffix("List") }
    let listed = ownKinds.filter { $0.hasSuffix("List") }.map { String($0.dropLast("List".count)) }
    return ownKinds.union(listed).union(isList ? itemKinds : [])
  }

  /// An alert or recording rule stands somewhere, or there are none at all (`rules: []`).
  var holdsRules: Bool { nested.contains("alert") || nested.contains("record") || nested.contains("rules") }

  /// Every file that is read passes here, so this looks at bytes.
  init(_ bytes: UnsafeRawBufferPointer) {
    var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.endIndex
      add(bytes[start..<end])
      start = end + 1
    }
  }

  /// Of documents that were parsed, where lines don't tell.
  init(_ documents: [PositionedValue]) {
    for document in documents {
      top.formUnion((document.mapping ?? []).compactMap(\.key.string))
      document.walk { pointer, value, isKey in
        // Those of the document itself have a pointer of one part.
        guard isKey, pointer.dropFirst().contains("/"), let key = value.string else { return }
        nested.insert(key)
      }
      isOfGrafanasDashboards =
        isOfGrafanasDashboards || document["apiVersion"]?.string?.hasPrefix(ResourceShape.grafanasDashboards) == true
      if let kind = document["kind"]?.string { ownKinds.insert(kind) }
      itemKinds.formUnion((document["items"]?.array ?? []).compactMap { $0["kind"]?.string })
    }
  }

  private mutating func add(_ line: Slice<UnsafeRawBufferPointer>) {
    let body = line.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    guard let first = body.first, first != UInt8(ascii: "#") else { return }
    lines += 1
    let isElement = body.starts(with: "- ".utf8) || body.elementsEqual("-".utf8)
    let entry = isElement ? body.drop { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: " ") } : body
    let pair = YAMLPair(entry)
    let isMark = first == UInt8(ascii: "%") || body.starts(with: "---".utf8) || body.starts(with: "...".utf8)
    if !isMark, !hasBegun { (hasBegun, beginsInFlow) = (true, YAMLFlowKeys.begin(body)) }
    if body.startIndex == line.startIndex {
      marginLines += 1
      if pair != nil || isElement || isMark { structuredLines += 1 }
      if !isElement { (isInItems, itemColumn) = (pair?.key == "items", nil) }
    }
    if isInItems, isElement, itemColumn == nil { itemColumn = line.distance(to: entry) }
    if let pair { add(pair, isTop: body.startIndex == line.startIndex && !isElement, at: line.distance(to: entry)) }
    YAMLFlowKeys.forEach(in: pair?.value ?? entry) { inner, depth in
      nested.insert(inner.key)
      // `- {kind: …}`, `items: [{kind: …}]`
      let isItems =
        pair == nil ? line.distance(to: entry) == itemColumn && depth == 1 : pair?.key == "items" && depth == 2
      if isInItems, isItems, inner.key == "kind" { itemKinds.insert(inner.word) }
    }
  }

  private mutating func add(_ pair: YAMLPair, isTop: Bool, at column: Int) {
    guard isTop else {
      nested.insert(pair.key)
      if isInItems, pair.key == "kind", column == itemColumn { itemKinds.insert(pair.word) }
      return
    }
    top.insert(pair.key)
    if pair.key == "kind" { ownKinds.insert(pair.word) }
    if pair.key == "apiVersion", pair.unquoted.starts(with: ResourceShape.grafanasDashboards.utf8) {
      isOfGrafanasDashboards = true
    }
  }
}

extension Slice<UnsafeRawBufferPointer> {
  fileprivate func distance(to part: Self) -> Int { part.startIndex - startIndex }
}
