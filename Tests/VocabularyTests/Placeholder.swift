import Testing

@Suite struct PlaceholderVocabularyTests {}
