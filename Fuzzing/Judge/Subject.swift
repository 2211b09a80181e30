import Detection
import Glibc
import Policy
import Vocabulary

/// The judge as scans use it beside its slow reference, and what must hold of whatever they make of any bytes.
final class Subject {
  static let markers = [["dorivaleno", "mupatirego", "kaselumibo"], ["bafolitezu", "gonevirasa"]]

  private let settings: DetectionSettings
  private let judge: Judge
  private let reference: Judge

  init() {
    do {
      var settings = try PolicySet.embedded().detection
      let canaries = CanarySet(messages: Self.markers)
      judge = Judge(try Detectors(settings), canaries: canaries)
      self.settings = settings
      settings.isReference = true
      reference = Judge(try Detectors(settings), canaries: canaries)
    } catch {
      fatalError("\(error)")
    }
  }

  /// - Parameter input: one byte that says surface and slot, then the specimen.
  func judge(_ input: UnsafeRawBufferPointer) {
    guard input.count > 1 else { return }
    let surfaces = Surface.allCases
    let slots = Slot.allCases
    let surface = surfaces[Int(input[0]) % surfaces.count]
    let slot = slots[Int(input[0]) / surfaces.count % slots.count]
    let text = UnsafeRawBufferPointer(rebasing: input[1...])

    judge.beginSource()
    let judgement = judge.judge(text, surface: surface, slot: slot)
    if let judgement { check(judgement, of: text, surface) }
    judge.beginSource()
    require(judge.judge(text, surface: surface, slot: slot) == judgement, "the same specimen, another judgement")
    if let judgement {
      let explained = judge.explained(judgement.evidence, of: text, surface: surface, slot: slot)
      require(explained.map(\.weight) == judgement.evidence.map(\.weight), "an explanation changed the evidence")
    }
    reference.beginSource()
    compare(judgement, reference.judge(text, surface: surface, slot: slot))
    plant(in: text, surface, slot)
  }

  private func check(_ judgement: Judgement, of text: UnsafeRawBufferPointer, _ surface: Surface) {
    for evidence in judgement.evidence {
      require(
        0 <= evidence.start && evidence.start <= evidence.end && evidence.end <= text.count,
        "evidence of \(evidence.detector) lies outside the specimen")
      require(evidence.weight.isFinite, "a weight of \(evidence.detector) is no number")
    }
    require(
      Set(judgement.evidence.map(\.detector)).count == judgement.evidence.count, "two pieces of evidence of one rule")
    if let range = judgement.canaryRange {
      require(0 <= range.lowerBound && range.upperBound <= text.count, "a canary lies outside the specimen")
    }
    let isEnough = !judgement.evidence.isEmpty && judgement.logOdds >= settings.threshold(on: surface)
    require(judgement.isContent == (isEnough || judgement.canaryMarkers > 0), "the verdict does not follow")
  }

  /// The fast path may skip work and never a verdict. Limits count differently in machine code.
  private func compare(_ fast: Judgement?, _ slow: Judgement?) {
    guard fast?.undecided.isEmpty ?? true, slow?.undecided.isEmpty ?? true else { return }
    // Both score language alike, and take texts that differ in digits alone for one: what it says of a text can depend on what
    // a judge saw before, and only one of the two sees planted texts.
    let first = fast?.evidence.map(\.detector).filter { $0 != "language" } ?? []
    let second = slow?.evidence.map(\.detector).filter { $0 != "language" } ?? []
    require(first == second, "fast and reference differ: \(Set(first).symmetricDifference(second).sorted())")
  }

  /// A marker that stands whole in any text is found, and one that a record cuts.
  private func plant(in text: UnsafeRawBufferPointer, _ surface: Surface, _ slot: Slot) {
    let middle = text.count / 2
    var planted = Array(text[..<middle])
    planted += Array(" dorivaleno ".utf8)
    planted += text[middle...]
    judge.beginSource()
    let whole = planted.withUnsafeBytes { judge.judge($0, surface: surface, slot: slot) }
    require((whole?.canaryMarkers ?? 0) > 0, "a planted marker was not found")
    guard slot != .fileName else { return }
    judge.beginSource()
    _ = (Array(text[..<middle]) + Array("\n dori".utf8)).withUnsafeBytes {
      judge.judge($0, surface: surface, slot: slot)
    }
    let rest = (Array("valeno ".utf8) + text[middle...]).withUnsafeBytes {
      judge.judge($0, surface: surface, slot: slot)
    }
    require((rest?.canaryMarkers ?? 0) > 0, "a marker that a record cut was not found")
  }

  private func require(_ condition: Bool, _ problem: @autoclosure () -> String) {
    guard !condition else { return }
    let line = Array("\(problem())\n".utf8)
    _ = write(STDERR_FILENO, line, line.count)
    abort()
  }
}
