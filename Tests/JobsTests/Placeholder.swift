import Testing

@Suite struct PlaceholderJobsTests {}
