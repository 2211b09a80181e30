import Audit
import ConfigBundle
import Exercise
import Flow
import Platform
import Vocabulary

extension ConfigFinding {
  /// The finding that reports show, in a file that was read as this sink.
  func finding(in sink: Sink, names: NameGuard) -> Finding {
    var result = Finding(
      rule: rule, severity: severity, sink: sink, surface: surface, message: message, remedy: remedy,
      at: Location(line: line, column: column, pointer: pointer), names: names)
    // Guarded when the file was read.
    result.locations[0].path = sink.name
    add(to: &result, names)
    return result
  }

  /// The finding that reports show.
  func finding(names: NameGuard) -> Finding {
    var result = Finding(
      rule: rule, severity: severity, sink: Sink(surface == .alert ? .rules : .config, path), surface: surface,
      message: message, remedy: remedy,
      at: Location(path: path, line: line, column: column, pointer: pointer), names: names)
    add(to: &result, names)
    return result
  }

  private func add(to finding: inout Finding, _ names: NameGuard) {
    finding.flow = flow.isEmpty ? nil : flow.map { $0.printable(names) }
    let lines = paste.compactMap { $0.printable(names) }
    finding.paste = lines.isEmpty || lines.count < paste.count ? nil : lines
  }
}

extension FlowStep {
  fileprivate func printable(_ names: NameGuard) -> FindingStep {
    let words = text.map { word in
      switch word {
      case .words(let words): words
      case .name(let name): names.printable(identifier: name)
      }
    }
    let place = path.map {
      Location(path: names.printable(path: $0, isContent: false), line: line, column: column)
    }
    return FindingStep(words.joined(), at: place)
  }
}

extension PasteLine {
  /// Nil where a name in it must not be printed.
  fileprivate func printable(_ names: NameGuard) -> String? {
    var line = ""
    for word in text {
      switch word {
      case .words(let words): line += words
      case .name(let name):
        guard names.printable(identifier: name) == name else { return nil }
        line += name
      }
    }
    return line
  }
}

extension ExerciseFinding {
  /// The finding that reports show. The alert's or the course's name stands in for a pointer: it is what makes two findings of
  /// one file different, and it is printable.
  func finding(names: NameGuard) -> Finding {
    let subject = alert ?? course?.rawValue
    return Finding(
      rule: rule, severity: severity, sink: Sink(.rules, path ?? "rules"), surface: .alert, message: message,
      remedy: remedy, at: Location(path: path, line: line, pointer: subject.map { "/\($0)" }),
      names: names.knowing(subject.map { [$0] } ?? []))
  }
}
