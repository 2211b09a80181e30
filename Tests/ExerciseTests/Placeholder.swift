import Testing

@Suite struct PlaceholderExerciseTests {}
