package io.larder.store.verify;

import io.larder.platform.Disk;
import io.larder.platform.Ticker;
import io.larder.platform.WallClock;
import io.larder.store.names.LoggedNames;
import io.larder.store.names.NameLog;
import io.larder.store.names.Scratch;
import io.larder.store.scrub.Pace;
import io.larder.store.scrub.Stop;
import io.larder.store.scrub.StoppedException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Checks the folders of a storage that is off, and repairs what is safe when that is wanted.
///
/// 1. The folders are opened and held, so that no node starts on them.
/// 2. Identity, marks and our own state are looked at; the logs are read once and sorted by name on scratch.
/// 3. Each store path is walked by a thread of its own, directory by directory, beside its part of what was sorted.
/// 4. Repairs are done, when everything that they rest on is known.
///
/// Memory: 32 MiB for the names of the logs, 8 MiB for the blocks of the trunk binlog, as much again while they are read,
/// about 2 MiB per store path, and the names of the largest directory (some 120 bytes each). One run per object.
public final class Verify {
  private static final int NAMES_MEMORY = 32 << 20;
  private static final int BLOCKS_MEMORY = 8 << 20;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final VerifyPlan plan;
  private final Disk disk;
  private final Ticker ticker;
  private final WallClock clock;
  private final Listener listener;
  private final VerifyProgress progress = new VerifyProgress();
  private final Stop stop = new Stop();
  private final Map<Integer, StoreContext> contexts = new TreeMap<>();
  private final Map<Integer, PathWalk> walks = new TreeMap<>();

  /// Hears what is found and done, one call at a time.
  public interface Listener {
    /// Something does not fit.
    void found(Finding finding);

    /// A repair is going to be done, or could not be.
    void repairing(String text);
  }

  /// @param disk where the folders are
  /// @param ticker for the time it takes
  /// @param clock for the names of folders with what was repaired
  public Verify(VerifyPlan plan, Disk disk, Ticker ticker, WallClock clock, Listener listener) {
    this.plan = plan;
    this.disk = disk;
    this.ticker = ticker;
    this.clock = clock;
    this.listener = listener;
  }

  /// How far it is. Any thread.
  public VerifyProgress progress() {
    return progress;
  }

  /// Ends it early; what was found until then is told. Any thread.
  public void stop() {
    stop.wish();
  }

  /// Does it.
  ///
  /// @throws IOException when it cannot be done: a folder cannot be opened or is in use, scratch cannot be written
  public Summary run() throws IOException {
    long begun = ticker.nanos();
    Findings findings = new Findings(plan.options().listedMax(), listener::found);
    Pace pace = new Pace(ticker, plan.options().bytesPerSecond(), stop::await);
    Inspection inspection =
        new Inspection(disk, plan, findings, progress, new Compared(), pace, stop, new Repairs());
    boolean interrupted = false;
    long repaired = 0;
    long salt = (ProcessHandle.current().pid() << 32) ^ begun;
    try (Folders folders = Folders.open(disk, plan, Verify::isStorage);
        Scratch scratch = new Scratch(disk, plan.options().scratch(), salt);
        NameLog names = new NameLog(scratch, plan.storePaths().keySet(), NAMES_MEMORY);
        FreeBlocks free = new FreeBlocks(scratch, plan.storePaths().keySet(), BLOCKS_MEMORY)) {
      check(inspection, folders, names, free);
      repaired = plan.options().repair() ? repair(inspection.repairs()) : 0;
    } catch (StoppedException _) {
      interrupted = true;
    }
    progress.enter(VerifyProgress.Phase.DONE, 1);
    return summary(inspection, ticker.nanos() - begun, repaired, interrupted);
  }

  private static boolean isStorage(long process) {
    return ProcessHandle.of(process)
        .flatMap(running -> running.info().command())
        .filter(command -> command.endsWith("fdfs_storaged"))
        .isPresent();
  }

  private void check(Inspection inspection, Folders folders, NameLog names, FreeBlocks free)
      throws IOException {
    new IdentityCheck(inspection, folders).check();
    Logs logs = new Logs(inspection, folders.base(), names, free);
    LogFacts facts = logs.read();
    int directories = 0;
    for (var path : folders.stores().entrySet()) {
      boolean isBase = plan.base().equals(Optional.of(Path.of(storePath(path.getKey()))));
      boolean recovering = RootCheck.check(inspection, path.getValue(), isBase);
      new OwnStateCheck(inspection, new Places()).checkStore(path.getValue());
      StoreContext context =
          new StoreContext(inspection, path.getKey(), folders.stores(), facts, recovering);
      PathWalk walk = new PathWalk(context);
      directories += walk.look();
      contexts.put(path.getKey(), context);
      walks.put(path.getKey(), walk);
    }
    progress.enter(VerifyProgress.Phase.FILES, directories);
    walk(names, free, logs.lots());
  }

  private String storePath(int index) {
    return plan.storePaths().getOrDefault(index, "");
  }

  private void walk(NameLog names, FreeBlocks free, List<TrunkLots.Piece> lots) throws IOException {
    List<WalkThread> threads = new ArrayList<>();
    for (var walk : walks.entrySet()) {
      int index = walk.getKey();
      LoggedNames named = names.names(index);
      FreeBlocksOfPath blocks = free.of(index);
      List<TrunkLots.Piece> reserved =
          lots.stream().filter(lot -> lot.storePath() == index).toList();
      threads.add(
          WalkThread.start(index, stop, () -> walk.getValue().walk(named, blocks, reserved)));
    }
    for (WalkThread thread : threads) {
      thread.join();
    }
    for (WalkThread thread : threads) {
      thread.check();
    }
    if (stop.isWished()) {
      throw new StoppedException();
    }
  }

  private long repair(Repairs repairs) {
    progress.enter(VerifyProgress.Phase.REPAIR, repairs.offered().size());
    String time = TIME.format(Instant.ofEpochSecond(clock.seconds()));
    Consumer<String> teller = listener::repairing;
    return new RepairRun(disk, time, this::agrees, teller).run(repairs.offered());
  }

  /// Whether a store path is this storage's beyond doubt: its directories are whole and files that the log has are in it.
  private boolean agrees(int storePath) {
    PathWalk walk = walks.get(storePath);
    StoreContext context = contexts.get(storePath);
    return walk != null && context != null && walk.isComplete() && context.matches() > 0;
  }

  private Summary summary(Inspection inspection, long nanos, long repaired, boolean interrupted) {
    Compared compared = inspection.compared();
    return new Summary(
        inspection.findings().counts(),
        progress.files(),
        progress.bytes(),
        compared.crcs(),
        compared.sizes(),
        compared.nothing(),
        nanos,
        repaired,
        inspection.repairs().more(),
        interrupted);
  }
}
