package io.larder.server.command;

/// The exit codes of the command, after `sysexits.h`, so that scripts and service managers can tell them apart.
final class ExitCode {
  static final int OK = 0;

  /// Wrong words on the command line.
  static final int USAGE = 64;

  /// A file or a name that is not what it should be.
  static final int DATA = 65;

  /// Something it needs is not there: a port in use, a folder that cannot be written.
  static final int UNAVAILABLE = 69;

  /// A defect of Larder itself.
  static final int SOFTWARE = 70;

  /// A conf file or setting that cannot be accepted.
  static final int CONFIG = 78;

  private ExitCode() {}
}
