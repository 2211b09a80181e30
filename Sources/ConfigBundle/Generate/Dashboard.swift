import Foundation

/// A Grafana dashboard of numbers: time series and stats over Prometheus, nothing that shows a log line or a text.
///
/// Fields: Grafana's dashboard JSON model, schema version 38.
struct Dashboard {
  var uid: String
  var title: String
  var panels: [Panel]

  /// Panels stand two a row in the order given; stats four a row.
  var json: String {
    var placed: [JSONDashboard.Panel] = []
    var x = 0
    var y = 0
    var rowHeight = 0
    for (index, panel) in panels.enumerated() {
      let width = panel.kind == .stat ? 6 : 12
      let height = panel.kind == .stat ? 4 : 8
      if x + width > 24 || (rowHeight != 0 && rowHeight != height) {
        (x, y, rowHeight) = (0, y + rowHeight, 0)
      }
      placed.append(panel.placed(id: index + 1, at: .init(h: height, w: width, x: x, y: y)))
      (x, rowHeight) = (x + width, height)
    }
    return JSONDashboard(uid: uid, title: title, panels: placed).text
  }
}

struct Panel {
  enum Kind: String { case stat, timeseries }
  /// Grafana's unit ids.
  enum Unit: String {
    case short, percentunit, celsius, watt, s, reqps, bytes, decmbytes
    case perSecond = "cps"
    case bytesPerSecond = "Bps"
  }

  var kind: Kind = .timeseries
  var title: String
  var unit: Unit = .short
  /// Queries and their legends; a legend may name closed labels only.
  var queries: [(expression: String, legend: String)]

  init(_ title: String, as kind: Kind = .timeseries, unit: Unit = .short, _ queries: (String, String)...) {
    self.kind = kind
    self.title = title
    self.unit = unit
    self.queries = queries.map { (expression: $0.0, legend: $0.1) }
  }

  fileprivate func placed(id: Int, at position: JSONDashboard.GridPosition) -> JSONDashboard.Panel {
    JSONDashboard.Panel(
      datasource: .prometheus, fieldConfig: .init(defaults: .init(unit: unit.rawValue)), gridPos: position, id: id,
      targets: queries.enumerated().map { index, query in
        JSONDashboard.Target(
          datasource: .prometheus, expr: query.expression, legendFormat: query.legend,
          refId: String(UnicodeScalar(UInt8(65 + index))))
      },
      title: title, type: kind.rawValue)
  }
}

/// The JSON that Grafana reads.
private struct JSONDashboard: Encodable {
  struct Source: Encodable {
    static let prometheus = Source(type: "prometheus", uid: "${datasource}")
    var type: String
    var uid: String
  }
  struct GridPosition: Encodable { var h, w, x, y: Int }
  struct Target: Encodable {
    var datasource: Source
    var expr: String
    var legendFormat: String
    var refId: String
  }
  struct Panel: Encodable {
    struct FieldConfig: Encodable {
      struct Defaults: Encodable { var unit: String }
      var defaults: Defaults
      var overrides: [String] = []
    }
    var datasource: Source
    var fieldConfig: FieldConfig
    var gridPos: GridPosition
    var id: Int
    var targets: [Target]
    var title: String
    var type: String
  }
  struct Variable: Encodable {
    var label = "Data source"
    var name = "datasource"
    var query = "prometheus"
    var type = "datasource"
  }
  struct Templating: Encodable { var list = [Variable()] }
  struct Range: Encodable {
    var from = "now-1h"
    var to = "now"
  }

  var editable = false
  var graphTooltip = 1
  var panels: [Panel]
  var refresh = "30s"
  var schemaVersion = 38
  var tags = ["sigilo"]
  var templating = Templating()
  var time = Range()
  var timezone = "browser"
  var title: String
  var uid: String
  var version = 1

  init(uid: String, title: String, panels: [Panel]) {
    self.uid = uid
    self.title = title
    self.panels = panels
  }

  var text: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard let data = try? encoder.encode(self) else { preconditionFailure("strings and integers always encode") }
    return String(decoding: data, as: UTF8.self) + "\n"
  }
}
