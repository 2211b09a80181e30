/// The features of a text as one flat list, for training.
extension LanguageReading {
  package var wholeStretch: LanguageStretch { LanguageStretch(from: 0, to: fields.cuts.count - 1) }

  /// The text behind its first delimiter: of a label, its value.
  package var valueStretch: LanguageStretch {
    LanguageStretch(from: fields.cuts.count > 2 ? 1 : 0, to: fields.cuts.count - 1)
  }

  /// The number of fields that the delimiters make.
  package var fieldCount: Int { fields.cuts.count - 1 }

  package func forEachWhole(_ body: (UInt32, Float) -> Void) {
    forEachWholeStream { features, weight in
      let value = weight / Float(max(1, features.count)).squareRoot()
      for feature in features { body(feature, value) }
    }
    forEachWholeFeature(body)
  }

  package func forEachCarried(_ stretch: LanguageStretch, _ body: (UInt32, Float) -> Void) {
    forEachStretchStream(stretch) { features, weight in
      let value = weight / Float(max(1, features.count)).squareRoot()
      for feature in features { body(feature, value) }
    }
    forEachLineFeature(isWhole: isWhole(stretch), body)
    forEachLeftFeature(cut: stretch.from, body)
    forEachStretchFeature(stretch, body)
  }
}
