/// Version of Sigilo, as `--version` and every report say it.
public enum SigiloVersion {
  public static let current = "0.1.0"
}
