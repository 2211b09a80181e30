import Testing

@Suite struct PlaceholderSyntaxTests {}
