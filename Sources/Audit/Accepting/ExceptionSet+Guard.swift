public import Detection
public import Policy
import Vocabulary

extension ExceptionSet {
  /// The same without entries whose owner or reason reads like conversation: reports print both, and hold no content whoever
  /// wrote it. Such an entry accepts nothing.
  public func guarded(by detectors: Detectors) -> ExceptionSet {
    guard !entries.isEmpty else { return self }
    let judge = Judge(detectors, canaries: nil)
    var result = self
    result.entries = entries.filter { entry in
      let isContent = [entry.owner, entry.reason].contains { text in
        var text = text
        return text.withUTF8 {
          judge.judge(UnsafeRawBufferPointer($0), surface: .config, slot: .line)?.isContent ?? false
        }
      }
      if isContent {
        result.unread.append(
          UnreadException(
            problem: "its owner or reason reads like conversation, which no report may print", place: entry.place))
      }
      return !isContent
    }
    return result
  }
}
