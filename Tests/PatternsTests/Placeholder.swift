import Testing

@Suite struct PlaceholderPatternsTests {}
