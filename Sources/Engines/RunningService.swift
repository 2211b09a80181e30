public import Foundation

/// A server that answers on loopback, as long as the call that hands it over lasts.
public struct RunningService: Sendable, Hashable {
  public var engine: Engine
  /// `http://127.0.0.1:PORT`.
  public var url: URL
  public var port: Int
  public var processID: Int32

  public init(engine: Engine, url: URL, port: Int, processID: Int32) {
    self.engine = engine
    self.url = url
    self.port = port
    self.processID = processID
  }
}
