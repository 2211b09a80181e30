import Fleet
import Syntax

/// Alertmanager: every receiver of the fleet gets every alert; groups are made by closed labels only.
enum AlertmanagerConfig {
  static func yaml(_ fleet: Fleet) -> String {
    var text = """
      global:
        resolve_timeout: 5m

      route:
        receiver: \(Quoting.yaml(fleet.receivers.first?.name ?? "none"))
        # Labels with closed values only: a group's key is part of every notification and of Alertmanager's own log.
        group_by: [alertname, job, instance]
        group_wait: 30s
        group_interval: 5m
        repeat_interval: 4h

      """
    if fleet.receivers.count > 1 {
      text += "  routes:\n"
      for receiver in fleet.receivers {
        text += "    - receiver: \(Quoting.yaml(receiver.name))\n      continue: true\n"
      }
    }
    text += "\nreceivers:\n"
    text += fleet.receivers.isEmpty ? "  - name: 'none'\n" : fleet.receivers.map(entry).joined()
    return text
  }

  private static func entry(_ receiver: Receiver) -> String {
    let head = "  - name: \(Quoting.yaml(receiver.name))\n"
    switch receiver.kind {
    case .webhook:
      return head + """
            webhook_configs:
              - url: \(Quoting.yaml(receiver.target))
                send_resolved: true

        """
    case .email:
      return head + """
            email_configs:
              - to: \(Quoting.yaml(receiver.target))
                from: \(Quoting.yaml(receiver.sender))
                smarthost: \(Quoting.yaml(receiver.smarthost))
                send_resolved: true

        """
    }
  }
}
