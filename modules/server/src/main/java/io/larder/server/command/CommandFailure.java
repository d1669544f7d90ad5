package io.larder.server.command;

/// A command that cannot go on, with a message that names the cause and the remedy.
final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  private CommandFailure(int exitCode, String message) {
    super(message, null, false, false);
    this.exitCode = exitCode;
  }

  /// A failure of a command that has exit codes of its own.
  static CommandFailure of(int exitCode, String message) {
    return new CommandFailure(exitCode, message);
  }

  static CommandFailure config(String message) {
    return new CommandFailure(ExitCode.CONFIG, message);
  }

  static CommandFailure unavailable(String message) {
    return new CommandFailure(ExitCode.UNAVAILABLE, message);
  }

  static CommandFailure data(String message) {
    return new CommandFailure(ExitCode.DATA, message);
  }

  static CommandFailure usage(String message) {
    return new CommandFailure(ExitCode.USAGE, message);
  }

  int exitCode() {
    return exitCode;
  }
}
