package io.larder.server.command;

import io.larder.platform.Disk;
import io.larder.platform.Disks;
import io.larder.server.dump.BinlogDump;
import io.larder.server.dump.BinlogFilter;
import io.larder.server.dump.DumpException;
import io.larder.server.dump.DumpOutput;
import io.larder.server.dump.FileIdDump;
import io.larder.server.dump.MarkDump;
import io.larder.server.dump.OutputClosedException;
import io.larder.server.dump.TrunkDump;
import io.larder.server.dump.VarsDump;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `larder dump`: shows files of a data directory, a C storage's or ours. Reads only.
@Command(
    name = "dump",
    description = {
      "Show the files of a data directory: logs, trunk files, marks, small files; and what a file id says.",
      "Works on the files of FastDFS and of Larder. Only reads; a running node does not notice. Times are in UTC.",
      "Exit code 0: shown; 65: it is another kind of file, or a name or content is wrong; 69: it cannot be read."
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class DumpCommand implements Runnable {
  private static final long FOLLOW_NANOS = 500_000_000L;

  @Spec private @Nullable CommandSpec spec;

  /// What all dumps understand.
  static final class Common {
    @Option(names = "--json", description = "One JSON object per line instead of text.")
    private boolean json;
  }

  /// Which records of a binlog are shown.
  static final class Selection {
    @Option(
        names = "--name",
        paramLabel = "TEXT",
        description = "Only records with TEXT in a name.")
    private String name = "";

    @Option(
        names = "--op",
        paramLabel = "LETTERS",
        description =
            "Only these operations: C A D U M T L R by clients here, lower case by peers.")
    private String ops = "";

    @Option(
        names = "--since",
        paramLabel = "TIME",
        converter = TimeOption.Reader.class,
        description = "Only records of this time or later.")
    private @Nullable TimeOption since;

    @Option(
        names = "--until",
        paramLabel = "TIME",
        converter = TimeOption.Reader.class,
        description = "Only records of this time or earlier.")
    private @Nullable TimeOption until;

    @Option(names = "--broken", description = "Only lines that cannot be read.")
    private boolean broken;

    private BinlogFilter filter() {
      return new BinlogFilter(name, ops, seconds(since), seconds(until), broken);
    }

    private static OptionalLong seconds(@Nullable TimeOption time) {
      return time == null ? OptionalLong.empty() : OptionalLong.of(time.epochSeconds());
    }
  }

  @Override
  public void run() {
    if (spec != null) {
      throw new CommandLine.ParameterException(
          spec.commandLine(),
          "Missing command: binlog, trunk, fileid, mark or vars, for example larder dump binlog FILE");
    }
  }

  @Command(
      name = "binlog",
      description = {
        "Show the records of the sync binlog with their places: a file (also .gz), data/sync, or a base path.",
        "Lines that cannot be read are shown as such, with the reason."
      },
      mixinStandardHelpOptions = true)
  int binlog(
      @Parameters(paramLabel = "PATH", description = "binlog.NNN, data/sync or base_path")
          Path path,
      @Option(
              names = "--from",
              paramLabel = "POS",
              converter = PositionOption.Reader.class,
              description = "Begin at OFFSET or FILE:OFFSET; inside a line, at the next one.")
          @Nullable PositionOption from,
      @Option(names = "--follow", description = "Go on showing what is added, until Ctrl-C.")
          boolean follow,
      @Mixin Selection selection,
      @Mixin Common common) {
    Optional<BooleanSupplier> following =
        follow ? Optional.of(DumpCommand::waitForMore) : Optional.empty();
    return run(
        common,
        (disk, out) -> {
          new BinlogDump(disk, selection.filter(), out)
              .dump(path, Optional.ofNullable(from).map(PositionOption::position), following);
          return ExitCode.OK;
        });
  }

  private static boolean waitForMore() {
    LockSupport.parkNanos(FOLLOW_NANOS);
    return !Thread.interrupted();
  }

  @Command(
      name = "trunk",
      description = {
        "Show a trunk file slot by slot, or the free blocks that a trunk binlog or storage_trunk.dat leaves.",
        "Exit code 65 when --check finds content that does not fit."
      },
      mixinStandardHelpOptions = true)
  int trunk(
      @Parameters(
              paramLabel = "PATH",
              description = "HH/LL/000001 of a store path, data/trunk/binlog or storage_trunk.dat")
          Path path,
      @Option(names = "--check", description = "Read the content of slots and compare its CRC32.")
          boolean check,
      @Option(names = "--lines", description = "Of a log: show every line, too.") boolean lines,
      @Option(
              names = "--free",
              paramLabel = "LOG",
              description = "Of a trunk file: the trunk binlog that says what of it is free.")
          @Nullable Path free,
      @Mixin Common common) {
    TrunkDump.Options options = new TrunkDump.Options(check, lines, Optional.ofNullable(free));
    return run(
        common,
        (disk, out) -> new TrunkDump(disk, options, out).dump(path) ? ExitCode.OK : ExitCode.DATA);
  }

  @Command(
      name = "fileid",
      description = {
        "Show what file ids say: group, place on disk, source, time, size, CRC32, kind.",
        "With the group or without; from standard input, one per line, when none is named.",
        "Exit code 65 when one is wrong; it says what is wrong with it."
      },
      mixinStandardHelpOptions = true)
  int fileid(
      @Parameters(
              paramLabel = "ID",
              arity = "0..*",
              description = "group1/M00/00/00/NAME or M00/00/00/NAME")
          @Nullable List<String> ids,
      @Mixin Common common) {
    return run(
        common,
        (_, out) -> {
          FileIdDump dump = new FileIdDump(out);
          List<String> named = ids == null ? List.of() : ids;
          boolean right = named.isEmpty() ? fromInput(dump) : dump.dump(named);
          out.flush();
          return right ? ExitCode.OK : ExitCode.DATA;
        });
  }

  private static boolean fromInput(FileIdDump dump) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.ISO_8859_1));
    boolean right = true;
    String line = in.readLine();
    while (line != null) {
      right = (line.isBlank() || dump.dump(line)) && right;
      line = in.readLine();
    }
    return right;
  }

  @Command(
      name = "mark",
      description =
          "Show mark files: how far each peer has been sent the sync binlog or the trunk binlog.",
      mixinStandardHelpOptions = true)
  int mark(
      @Parameters(
              paramLabel = "PATH",
              description = "A .mark file, data/sync, data/trunk or base_path")
          Path path,
      @Mixin Common common) {
    return run(
        common,
        (disk, out) -> {
          new MarkDump(disk, out).dump(path);
          return ExitCode.OK;
        });
  }

  @Command(
      name = "vars",
      description = {
        "Show the small files, decoded: identity, marks of store paths, counters, what Larder keeps for itself.",
        "These are .data_init_flag, .fastdfs_vars, storage_stat.dat, binlog_index.dat, .recovery.flag,",
        "and below .larder: checkpoint, path-modes, trunk-lots, scrub, suspects, intents."
      },
      mixinStandardHelpOptions = true)
  int vars(
      @Parameters(paramLabel = "PATH", description = "One of these files, base_path or store_pathN")
          Path path,
      @Mixin Common common) {
    return run(
        common,
        (disk, out) -> {
          new VarsDump(disk, out).dump(path);
          return ExitCode.OK;
        });
  }

  private interface Dump {
    int run(Disk disk, DumpOutput out) throws IOException;
  }

  private static int run(Common common, Dump dump) {
    DumpOutput out = new DumpOutput(System.out, common.json);
    try {
      return run(out, dump);
    } catch (OutputClosedException _) {
      return ExitCode.OK;
    }
  }

  private static int run(DumpOutput out, Dump dump) {
    try {
      return dump.run(Disks.choose(Disks.Form.BEST).disk(), out);
    } catch (DumpException e) {
      out.flush();
      throw e.isWrongFile()
          ? CommandFailure.data(String.valueOf(e.getMessage()))
          : CommandFailure.unavailable(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      out.flush();
      throw CommandFailure.unavailable(String.valueOf(e.getMessage()));
    }
  }
}
