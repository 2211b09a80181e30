import Testing

@Suite struct PlaceholderSinksTests {}
