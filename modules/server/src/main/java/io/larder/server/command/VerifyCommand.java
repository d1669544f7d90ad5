package io.larder.server.command;

import io.larder.platform.Disk;
import io.larder.platform.Disks;
import io.larder.platform.Ticker;
import io.larder.platform.WallClock;
import io.larder.protocol.conf.ConfException;
import io.larder.protocol.conf.ConfFile;
import io.larder.protocol.conf.Overrides;
import io.larder.protocol.conf.StorageConf;
import io.larder.protocol.conf.StoreLayout;
import io.larder.store.verify.PlanFinder;
import io.larder.store.verify.Summary;
import io.larder.store.verify.Verify;
import io.larder.store.verify.VerifyPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `larder verify`: checks the folders of a storage that is off, a C storage's or ours, and repairs what is safe.
@Command(
    name = "verify",
    description = {
      "Check a data directory at rest, of FastDFS or of Larder: names, sizes and CRC32 of files, links, metadata,"
          + " trunk files, logs, marks.",
      "Each finding is one line with what to do about it. The node must be off, or PATH a copy.",
      "Exit code 0: clean (notes are allowed); 1: errors or warnings; 64, 69, 78: it could not be checked."
    },
    mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
  private static final int FOUND = 1;
  private static final long MEGABYTE = 1_000_000L;

  @Parameters(
      paramLabel = "PATH",
      arity = "1..*",
      description = "base_path and store paths, or a storage.conf that names them.")
  private List<Path> paths = List.of();

  @Option(
      names = "--repair",
      description =
          "Repair what is safe: cut torn last lines of logs, move aside what nobody was ever told of, write"
              + " missing marks. What leaves its place is kept in data/.larder/repair-TIME.")
  private boolean repair;

  @Option(names = "--sizes-only", description = "Do not read content: a quick pass.")
  private boolean sizesOnly;

  @Option(
      names = {"--read-only", "--no-lock"},
      description = "Take no locks and write nothing: for a copy, a snapshot, read-only media.")
  private boolean readOnly;

  @Option(
      names = "--throttle",
      paramLabel = "MB/s",
      description = "Read no more than this many megabytes per second.")
  private long throttle;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description =
          "List at most N findings of one kind, all are counted (default: ${DEFAULT-VALUE}).",
      defaultValue = "" + VerifyPlan.LISTED_DEFAULT)
  private int limit;

  @Option(
      names = "--scratch",
      paramLabel = "DIR",
      description = "Folder for sorted runs when the logs are large (default: the system's).")
  private @Nullable Path scratch;

  @Option(names = "--json", description = "One JSON object per line instead of text.")
  private boolean json;

  @Override
  public Integer call() {
    if (repair && readOnly) {
      throw CommandFailure.usage("--repair writes, --read-only must not. Remedy: choose");
    }
    Disk disk = Disks.choose(Disks.Form.BEST).disk();
    try {
      return check(disk, plan(disk, options()));
    } catch (ConfException e) {
      throw CommandFailure.config(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw CommandFailure.unavailable(String.valueOf(e.getMessage()));
    }
  }

  private VerifyPlan.Options options() {
    Path folder = scratch == null ? Path.of(System.getProperty("java.io.tmpdir")) : scratch;
    return new VerifyPlan.Options(
        sizesOnly,
        !readOnly,
        repair,
        throttle * MEGABYTE,
        limit,
        folder.toAbsolutePath().normalize());
  }

  // ---- what is checked

  private VerifyPlan plan(Disk disk, VerifyPlan.Options options) throws IOException {
    if (paths.size() == 1 && Files.isRegularFile(paths.getFirst())) {
      return ofConf(paths.getFirst(), options);
    }
    List<Path> folders = paths.stream().map(path -> path.toAbsolutePath().normalize()).toList();
    return PlanFinder.find(disk, folders, options);
  }

  private static VerifyPlan ofConf(Path file, VerifyPlan.Options options) {
    ConfFile read = ConfFile.read(new HostFiles(), file.toAbsolutePath().toString());
    StorageConf conf =
        StorageConf.read(
            ConfKind.STORAGE.settings(read, new Overrides(List.of(), System.getenv())));
    SortedMap<Integer, String> stores = new TreeMap<>();
    for (StoreLayout.StorePath path : conf.layout().paths()) {
      stores.put(stores.size(), path.folder());
    }
    return new VerifyPlan(
        Optional.of(Path.of(conf.basePath())),
        stores,
        OptionalInt.of(conf.layout().subdirs()),
        options);
  }

  // ---- checking

  private int check(Disk disk, VerifyPlan plan) throws IOException {
    VerifyReport report = new VerifyReport(System.out, json, limit);
    Verify verify = new Verify(plan, disk, Ticker.system(), WallClock.system(), report);
    try (Interruption _ = Interruption.of(verify::stop);
        VerifyDisplay display = VerifyDisplay.start(verify, Ticker.system())) {
      report.over(display::aside);
      Summary summary = verify.run();
      display.end();
      report.summary(summary);
      return summary.isClean() && !summary.interrupted() ? ExitCode.OK : FOUND;
    }
  }
}
