import Testing

@Suite struct PlaceholderPlatformTests {}
