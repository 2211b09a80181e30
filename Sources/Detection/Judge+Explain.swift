public import Vocabulary

extension Judge {
  /// The evidence of a judgement with what moved its detectors, where they can tell; never any text.
  ///
  /// - Parameter bytes: what was judged.
  public func explained(
    _ evidence: [Evidence], of bytes: UnsafeRawBufferPointer, surface: Surface, slot: Slot
  ) -> [Evidence] {
    let language = detectors.rule(of: .language, among: detectors.applicable(surface, slot))
    return evidence.map { evidence in
      var evidence = evidence
      if let language, detectors.rules[language].id == evidence.detector {
        evidence.reasons = reasons(forLanguageOf: bytes, surface: surface, slot: slot)
      }
      return evidence
    }
  }
}
