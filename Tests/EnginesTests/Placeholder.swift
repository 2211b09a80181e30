import Testing

@Suite struct PlaceholderEnginesTests {}
