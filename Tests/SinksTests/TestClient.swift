import Transport

extension HTTPClient {
  static func forTests(deadline: Duration = .seconds(300), maximumBytes: Int = 1 << 20) -> HTTPClient {
    HTTPClient(limits: HTTPLimits(deadline: deadline, maximumBytes: maximumBytes, retries: 0), loopbackOnly: true)
  }
}
