@testable import Contracts

/// Texts that a contract's own clauses claim, and the same with another text in one of their slots.
struct Specimens {
  let contract: Contract
  let names: FleetNames

  init(_ contract: Contract) {
    self.contract = contract
    names = contract.exampleNames
  }

  /// A line with every part that may be absent.
  func claimed(by template: Template) -> String { usual(template.elements) }

  /// Once for each slot of the template: the line with the text in that slot.
  func lines(of template: Template, holding text: String) -> [String] { variants(template.elements, text) }

  private func usual(_ elements: [Template.Element]) -> String {
    elements.map { element in
      switch element {
      case .literal(let bytes): String(decoding: bytes, as: UTF8.self)
      case .slot(let slot): example(of: slot.kind)
      case .optional(let inner): usual(inner)
      case .choice(let choices): usual(choices[0])
      }
    }.joined()
  }

  private func variants(_ elements: [Template.Element], _ text: String) -> [String] {
    elements.indices.flatMap { index -> [String] in
      let inner =
        switch elements[index] {
        case .literal: [String]()
        case .slot: [text]
        case .optional(let inner): variants(inner, text)
        case .choice(let choices): choices.flatMap { variants($0, text) }
        }
      let (before, after) = (usual(Array(elements[..<index])), usual(Array(elements[(index + 1)...])))
      return inner.map { before + $0 + after }
    }
  }

  private func example(of kind: SlotKind) -> String {
    switch kind {
    case .integer, .grouped, .float, .floats: "1"
    case .percent: "1%"
    case .duration: "1s"
    case .timestamp: "2026-11-22T10:08:43Z"
    case .time: "10:08:43"
    case .monthDay: "11-22"
    case .ip: "10.0.0.1"
    case .port: "8000"
    case .status: "200"
    case .requestID: "a8d3d75584c4a8eb"
    case .uuid: "0cb8c6c3-b269-4fea-9965-8d74057087c1"
    case .hex(let lengths): String(repeating: "a", count: lengths.lowerBound)
    case .pci: "00000000:1A:00.0"
    case .gpuUUID: "GPU-0cb8c6c3-b269-4fea-9965-8d74057087c1"
    case .mac: "02:8b:45:8e:bb:ed"
    case .version: "1.2.3"
    case .source: "a.py:1"
    case .exception: "Error"
    case .device: "eth0"
    case .name: "name"
    case .file: "/srv/a"
    case .spaces: " "
    case .art: "─"
    case .settings: "{'port': 1}"
    case .oneOf(let texts): texts.sorted()[0]
    case .fleet(let kind): names.names[kind]?.sorted().first ?? ""
    }
  }
}
