public import Vocabulary

extension Judge {
  /// The evidence of a judgement with what moved its detectors, where they can tell; never any text.
  ///
  /// - Parameters:
  ///   - bytes: what was judged.
  ///   - name: of a label value, the name it was judged with.
  public func explained(
    _ evidence: [Evidence], of bytes: UnsafeRawBufferPointer, surface: Surface, slot: Slot,
    name: UnsafeRawBufferPointer? = nil
  ) -> [Evidence] {
    let language = detectors.rule(of: .language, among: detectors.applicable(surface, slot))
    return evidence.map { evidence in
      var evidence = evidence
      if let language, detectors.rules[language].id == evidence.detector {
        evidence.reasons = reasons(
          forLanguageOf: LanguageJudge.Specimen(bytes: bytes, surface: surface, slot: slot, name: name))
      }
      return evidence
    }
  }
}
