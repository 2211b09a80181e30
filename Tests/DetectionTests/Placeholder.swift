import Testing

@Suite struct PlaceholderDetectionTests {}
