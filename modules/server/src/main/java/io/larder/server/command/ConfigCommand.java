package io.larder.server.command;

import io.larder.protocol.conf.ConfException;
import io.larder.protocol.conf.ConfFile;
import io.larder.protocol.conf.ConfReport;
import io.larder.protocol.conf.Overrides;
import io.larder.protocol.conf.StorageIds;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `larder config`: explains conf files without starting anything.
@Command(
    name = "config",
    description = "Explain conf files: what is wrong with them, and what is in effect.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class ConfigCommand implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    if (spec != null) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "Missing command: check or show, for example larder config check FILE");
    }
  }

  @Command(
      name = "check",
      description = {
        "Name every problem of a file with its line and remedy.",
        "Exit code 0: a node would start with it (warnings are allowed); 78: it would not."
      },
      mixinStandardHelpOptions = true)
  int check(
      @Parameters(
              paramLabel = "FILE",
              description =
                  "tracker.conf, storage.conf, client.conf, http.conf or storage_ids.conf")
          Path file,
      @Option(
              names = "--kind",
              description =
                  "The kind of the file when its name does not tell: ${COMPLETION-CANDIDATES}.")
          @Nullable ConfKind kind) {
    if (String.valueOf(file.getFileName()).contains("storage_ids")) {
      return checkIds(file);
    }
    ConfReport report = report(file, kind);
    report.explained().forEach(System.out::println);
    long count = report.problems().size();
    System.out.println(
        count == 0
            ? file + ": no problems"
            : file + ": " + count + (count == 1 ? " problem" : " problems"));
    return report.hasErrors() ? ExitCode.CONFIG : ExitCode.OK;
  }

  @Command(
      name = "show",
      description =
          "Print every setting in effect and where it came from: command line, environment, file and line, default.",
      mixinStandardHelpOptions = true)
  int show(
      @Parameters(
              paramLabel = "FILE",
              description = "tracker.conf, storage.conf, client.conf or http.conf")
          Path file,
      @Option(
              names = "--kind",
              description =
                  "The kind of the file when its name does not tell: ${COMPLETION-CANDIDATES}.")
          @Nullable ConfKind kind) {
    ConfReport report = report(file, kind);
    report.shown().forEach(System.out::println);
    List<String> problems = report.explained();
    problems.forEach(System.err::println);
    return report.hasErrors() ? ExitCode.CONFIG : ExitCode.OK;
  }

  private static ConfReport report(Path file, @Nullable ConfKind named) {
    ConfKind kind = named == null ? ConfKind.of(file) : named;
    try {
      ConfFile read = ConfFile.read(new HostFiles(), file.toAbsolutePath().toString());
      return kind.report(kind.settings(read, new Overrides(List.of(), System.getenv())));
    } catch (ConfException e) {
      throw CommandFailure.config(String.valueOf(e.getMessage()));
    }
  }

  private static int checkIds(Path file) {
    try {
      StorageIds ids = StorageIds.read(new HostFiles(), file.toAbsolutePath().toString());
      System.out.println(file + ": no problems, " + ids.entries().size() + " storages");
      return ExitCode.OK;
    } catch (ConfException e) {
      throw CommandFailure.config(String.valueOf(e.getMessage()));
    }
  }
}
