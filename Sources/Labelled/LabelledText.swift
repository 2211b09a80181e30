package import Foundation
package import Vocabulary

/// A text that is known to hold conversation or not, as a line of JSON has it: what the language model is trained on and the
/// judge is measured with. Further keys are ignored.
package struct LabelledText: Decodable, Sendable {
  package var id: String
  package var surface: Surface
  package var text: String
  /// 1: conversation; 0: operational.
  package var label: Int
  package var kind: String
  package var lang: String
  /// Where the text is from, and of which document there.
  package var source: String?
  package var doc: String?
  /// The form of what stands around a conversation, e.g. `bare` or `vllm`.
  package var carrier: String?
  /// Of a label, its value; `text` is then `name="value"`.
  package var value: String?
  /// Too short to be told by itself.
  package var veryShort: Bool?

  package init(
    id: String, surface: Surface, text: String, label: Int, kind: String, lang: String, source: String? = nil,
    doc: String? = nil, carrier: String? = nil, value: String? = nil, veryShort: Bool? = nil
  ) {
    self.id = id
    self.surface = surface
    self.text = text
    self.label = label
    self.kind = kind
    self.lang = lang
    self.source = source
    self.doc = doc
    self.carrier = carrier
    self.value = value
    self.veryShort = veryShort
  }

  package var isContent: Bool { label == 1 }
  package var isVeryShort: Bool { veryShort ?? false }
  /// Nothing stands around the text, but for a label's name.
  package var isBare: Bool { carrier == "bare" || carrier == "label_value" }
}

/// Reads labelled texts, one a line.
package struct LabelledTextReader {
  private let decoder = JSONDecoder()

  package init() { decoder.keyDecodingStrategy = .convertFromSnakeCase }

  /// - Throws: a usage fault with `place` for a line of another form; it never quotes the line.
  package func read(_ line: Data, at place: Location) throws(Fault) -> LabelledText {
    guard let text = try? decoder.decode(LabelledText.self, from: line), text.label == 0 || text.label == 1 else {
      throw Fault(
        .usage, "no labelled text", at: place,
        remedy: #"Give {"id","surface","text","label","kind","lang"} a line; label is 0 or 1."#)
    }
    return text
  }
}
