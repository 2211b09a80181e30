import Testing

@Suite struct PlaceholderFleetTests {}
