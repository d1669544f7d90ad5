package io.larder.protocol.conf;

/// Where a value came from; also the place that a problem points at.
public sealed interface Origin {

  /// An option of the command line.
  ///
  /// @param option as the user typed it, for example `--http`
  record CommandLine(String option) implements Origin {
    @Override
    public String toString() {
      return "command line " + option;
    }
  }

  /// A variable of the environment.
  ///
  /// @param name for example `LARDER_TRACKER_PORT`
  record Environment(String name) implements Origin {
    @Override
    public String toString() {
      return "environment " + name;
    }
  }

  /// A line of a conf file.
  ///
  /// @param file the name under which the file was read
  /// @param line counted from 1; 0 means the file as a whole
  record InFile(String file, int line) implements Origin {
    @Override
    public String toString() {
      return line > 0 ? file + ":" + line : file;
    }
  }

  /// Nobody said anything: the default of the table.
  record Default() implements Origin {
    @Override
    public String toString() {
      return "default";
    }
  }
}
