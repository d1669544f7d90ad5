package io.larder.protocol.conf;

/// Something about the settings that a person should know. Reading goes on.
///
/// @param severity how bad it is
/// @param at the place it is about
/// @param key the setting, directive or variable it is about
/// @param message one sentence that says what is wrong and what to do
public record ConfProblem(Severity severity, Origin at, String key, String message) {

  /// How bad a problem is.
  public enum Severity {
    /// Harmless: said so that nobody wonders.
    NOTE,
    /// Accepted, but probably not what was meant, or an old name.
    WARNING,
    /// A node would not start with it.
    ERROR
  }

  static ConfProblem note(Origin at, String key, String message) {
    return new ConfProblem(Severity.NOTE, at, key, message);
  }

  static ConfProblem warning(Origin at, String key, String message) {
    return new ConfProblem(Severity.WARNING, at, key, message);
  }

  static ConfProblem error(Origin at, String key, String message) {
    return new ConfProblem(Severity.ERROR, at, key, message);
  }

  /// The problem as a line for people.
  @Override
  public String toString() {
    return severity + " " + at + ": " + key + ": " + message;
  }
}
