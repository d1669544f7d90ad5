package io.larder.server.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The `larder` command line.
@Command(
    name = "larder",
    description =
        "A distributed file store for small and medium files, a drop-in successor of FastDFS.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      UpCommand.class,
      TrackerCommand.class,
      StorageCommand.class,
      ConfigCommand.class,
      DumpCommand.class,
      VerifyCommand.class,
      RehearseCommand.class,
      CommandLine.HelpCommand.class,
    },
    footer = {
      "",
      "Start a complete node:   larder up",
      "Then upload a file:      curl -F file=@photo.jpg http://localhost:8080/upload",
    })
public final class Main {
  private Main() {}

  /// Runs the command line and ends the JVM with its exit code.
  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    CommandLine line =
        new CommandLine(new Main())
            .setExecutionExceptionHandler(new Failures())
            .setUsageHelpAutoWidth(true)
            .setUsageHelpLongOptionsMaxWidth(36);
    wrongWordsEndWith(ExitCode.USAGE, line);
    return line;
  }

  private static void wrongWordsEndWith(int exitCode, CommandLine line) {
    line.getCommandSpec().exitCodeOnInvalidInput(exitCode);
    line.getSubcommands().values().forEach(each -> wrongWordsEndWith(exitCode, each));
  }
}
