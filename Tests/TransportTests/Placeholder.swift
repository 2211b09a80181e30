import Testing

@Suite struct PlaceholderTransportTests {}
