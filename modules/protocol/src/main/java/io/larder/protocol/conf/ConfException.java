package io.larder.protocol.conf;

/// Settings that a node cannot start with. Its message names place, key, value, reason and what is allowed.
///
/// It has no stack trace: the fault is in a file of the operator, not in the code.
public final class ConfException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Origin at;
  private final String key;
  private final String value;
  private final String reason;
  private final String allowed;

  /// @param at the place of the value
  /// @param key the setting or directive
  /// @param value what stands there, empty when nothing does
  /// @param reason what is wrong with it
  /// @param allowed what would be right
  public ConfException(Origin at, String key, String value, String reason, String allowed) {
    super(message(at, key, value, reason, allowed), null, false, false);
    this.at = at;
    this.key = key;
    this.value = value;
    this.reason = reason;
    this.allowed = allowed;
  }

  private static String message(
      Origin at, String key, String value, String reason, String allowed) {
    String shown = value.isEmpty() ? key : key + " = " + value;
    return at + ": " + shown + ": " + reason + " (allowed: " + allowed + ")";
  }

  /// The place of the value.
  public Origin at() {
    return at;
  }

  /// The setting or directive that is refused.
  public String key() {
    return key;
  }

  /// The value as written, empty when there is none.
  public String value() {
    return value;
  }

  /// What is wrong with the value.
  public String reason() {
    return reason;
  }

  /// What would be accepted.
  public String allowed() {
    return allowed;
  }
}
