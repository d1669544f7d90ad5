package io.larder.store;

import io.larder.platform.Disk;
import io.larder.platform.Ticker;
import io.larder.platform.WallClock;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.disk.DataInitFlag;
import io.larder.protocol.fileid.GroupName;
import io.larder.protocol.fileid.NewName;
import io.larder.protocol.fileid.Source;
import io.larder.protocol.wire.Counter;
import io.larder.store.duplicate.DuplicateSettings;
import io.larder.store.duplicate.DuplicateState;
import io.larder.store.folder.StoreFolder;
import io.larder.store.scrubber.ScrubFigures;
import io.larder.store.scrubber.ScrubSettings;
import io.larder.store.scrubber.Suspect;
import io.larder.store.trunk.TrunkParameters;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The storage engine of one host: the files of its store paths and the record of every change, the binlog.
///
/// From outside it never blocks. An event loop takes a [StoreLane] once and submits jobs through it; each job comes back
/// on that loop. Every store path has threads and queues of its own, so a path that hangs delays nobody else.
///
/// What is native and what is HTTP does not matter here: both submit the same jobs.
public final class Store implements AutoCloseable {
  private final GroupName group;
  private final WallClock clock;
  private final StoreFolders folders;
  private final StorePaths paths;
  private final FileDistribution distribution;
  private final PathThreads threads;
  private final Housekeeping housekeeping;
  private final TrunkEngine trunk;
  private final Scrubs scrubs;
  private final Duplicates duplicates;
  private final Counters counters;
  private final StoreSettings.Safety safety;
  private final List<Consumer<PathEvent>> listeners = new CopyOnWriteArrayList<>();

  private volatile @Nullable Source source; // set by whoever learns the identity
  private volatile boolean open = true; // cleared once, by close

  private Store(
      StoreSettings settings,
      GroupName group,
      StoreFolders folders,
      DuplicateSettings duplicateSettings,
      Ticker ticker,
      WallClock clock) {
    this.group = group;
    this.clock = clock;
    this.folders = folders;
    safety = settings.safety();
    counters = new Counters(folders.statistics());
    distribution = folders.distribution();
    paths =
        new StorePaths(
            folders.all().stream()
                .map(folder -> new StorePath(this, folder, folders.disk(), health(folder, clock)))
                .toList(),
            folders.binlog()::isBroken);
    threads = PathThreads.start(settings, paths, folders.binlog(), ticker);
    threads.all().forEach(thread -> counters.include(thread.tally()));
    threads.committers().forEach(thread -> counters.include(thread.tally()));
    trunk = new TrunkEngine(this, folders, settings, ticker, clock);
    duplicates = new Duplicates(this, folders, duplicateSettings, ticker);
    housekeeping = new Housekeeping(settings, this, folders);
    scrubs = new Scrubs(folders, paths, ticker, clock);
  }

  /// Opens the folders, makes what is missing, and starts the threads. Blocks: a worker thread's call.
  ///
  /// A new folder is ready at once; its directories are made in the background.
  ///
  /// @param settings what is fixed
  /// @param group the group whose files these are
  /// @param disk the form of the disk port, see [io.larder.platform.Disks]
  /// @param ticker measures stalls
  /// @param clock gives the seconds in binlog records that are no file time
  /// @throws IOException when a folder cannot be used, is another storage's, or is in use
  public static Store open(
      StoreSettings settings, GroupName group, Disk disk, Ticker ticker, WallClock clock)
      throws IOException {
    return open(settings, group, disk, ticker, clock, DuplicateSettings.OFF);
  }

  /// The same, looking for duplicates.
  ///
  /// @param duplicates whether and how
  public static Store open(
      StoreSettings settings,
      GroupName group,
      Disk disk,
      Ticker ticker,
      WallClock clock,
      DuplicateSettings duplicates)
      throws IOException {
    StoreFolders folders = StoreFolders.open(settings, disk, clock);
    Store store = new Store(settings, group, folders, duplicates, ticker, clock);
    store.measureSpace();
    store.housekeeping.start();
    store.trunk.start();
    store.duplicates.start();
    return store;
  }

  /// A lane for an event loop.
  ///
  /// @param loop runs what it is given on the loop's thread, in order, after the current pass (a Netty event loop does)
  public StoreLane lane(Executor loop) {
    Tally tally = new Tally();
    counters.include(tally);
    return new StoreLane(this, loop, threads.all().size(), tally);
  }

  /// The group whose files these are.
  public GroupName group() {
    return group;
  }

  /// Sets what others decide: path choice, reserve, read-only paths. Any thread; holds for jobs submitted later.
  public void apply(StorePolicy policy) {
    paths.apply(policy);
  }

  /// Sets the source that new names carry: the storage's id or address. Before it is set, new files are refused with 16.
  /// Any thread.
  public void identify(Source self) {
    source = self;
  }

  private PathHealth health(StoreFolder folder, WallClock clock) {
    PathHealth health =
        new PathHealth(
            folder.index(),
            folder.directory(),
            clock,
            event -> listeners.forEach(listener -> listener.accept(event)));
    health.ask(folders.modes().of(folder.index()));
    return health;
  }

  /// Lets a store path do more or less, now and after a restart. Blocks: a worker thread's call.
  ///
  /// @param index its number
  /// @param mode what it may do, as far as its faults allow
  /// @throws RefusedException 22 when there is no such path
  /// @throws IOException when it cannot be written down; nothing has changed then
  public void setPathMode(int index, PathMode mode) throws IOException {
    StorePath path = paths.at(index);
    folders.modes().set(index, mode);
    path.health().ask(mode);
  }

  /// Tells of every change of what a store path may do; on the thread that saw it, so the listener must not block.
  public void onPathEvent(Consumer<PathEvent> listener) {
    listeners.add(listener);
  }

  /// The store paths as they stand now. Any thread; never touches the disk.
  public List<PathState> paths() {
    return paths.states();
  }

  /// A counter's value now, counted from the first start of the storage. Any thread.
  public long count(Counter counter) {
    return counters.get(counter);
  }

  /// Counts something done outside the store (a peer's sync). Any thread.
  public void add(Counter counter, long amount) {
    counters.add(counter, amount);
  }

  /// The identity of this storage as it is on disk. Any thread; does not touch the disk.
  public DataInitFlag initFlag() {
    return folders.initFlag();
  }

  /// Changes the identity, on disk and then here. Blocks: a worker thread's call; changes come one after the other.
  ///
  /// @param change gets the present identity; must keep the marks of the store paths
  /// @throws IOException when it cannot be written; nothing has changed then
  public void changeInitFlag(UnaryOperator<DataInitFlag> change) throws IOException {
    folders.change(change);
  }

  /// Measures free space now; it is measured by itself from time to time. Blocks: a worker thread's call.
  public void measureSpace() {
    paths.all().forEach(StorePath::measure);
  }

  // ---- trunk files

  /// Packs small files into trunk files, as the tracker says. Any thread; carried out in the background.
  ///
  /// @param how they are cut; empty: small files are plain ones
  public void packSmallFiles(Optional<TrunkParameters> how) {
    trunk.cutBy(how);
  }

  /// Says whether this storage hands out the slots of its group. Any thread; carried out in the background.
  public void serveSlots(boolean here) {
    trunk.serve(here);
  }

  /// Says that trunk files up to a number exist somewhere, so that none of them is made again. Any thread.
  public void trunkFilesExist(int lastId) {
    trunk.raiseFileId(lastId);
  }

  /// How the free space in trunk files stands; empty when this storage does not hand it out. Any thread.
  public Optional<TrunkState> trunkState() {
    return trunk.state();
  }

  // ---- scrub

  /// Says how stored files are read from time to time to see whether they are still right. Any thread; holds from now on.
  public void scrub(ScrubSettings how) {
    scrubs.by(how);
  }

  /// How the scrub of each store path stands. Any thread; never touches the disk.
  public List<ScrubFigures> scrubs() {
    return scrubs.figures();
  }

  /// The files that are suspect, of all store paths. Any thread; never touches the disk.
  public List<Suspect> suspects() {
    return scrubs.suspects();
  }

  // ---- duplicates

  /// Whether uploads are to become links; then somebody must say whether the group allows it.
  public boolean wantsDuplicates() {
    return duplicates.isWanted();
  }

  /// Says whether another member of the group forbids that uploads become links. Until this is said once, none does. Any
  /// thread.
  ///
  /// @param why which member, and what can be done; empty: nobody does
  public void refuseDuplicates(Optional<String> why) {
    duplicates.refuse(why);
  }

  /// How the search for duplicates stands. Any thread.
  public DuplicateState duplicateState() {
    return duplicates.state();
  }

  // ---- for the jobs

  Duplicates duplicates() {
    return duplicates;
  }

  Housekeeping housekeeping() {
    return housekeeping;
  }

  TrunkEngine trunk() {
    return trunk;
  }

  StorePaths storePaths() {
    return paths;
  }

  PathThread thread(int number) {
    return threads.all().get(number);
  }

  boolean isOpen() {
    return open;
  }

  /// The second of records that carry no file time.
  long now() {
    return clock.seconds();
  }

  /// The source of new names.
  ///
  /// @throws RefusedException 16 while it is not known
  Source source() {
    Source self = source;
    if (self == null) {
      throw new RefusedException(Status.EBUSY, "this storage does not know its own id yet");
    }
    return self;
  }

  NewName.Directory nextDirectory(PathThread on) {
    return distribution.next(on.path().index(), source(), on.random());
  }

  StoreSettings.Safety safety() {
    return safety;
  }

  FileDistribution distribution() {
    return distribution;
  }

  Counters counters() {
    return counters;
  }

  /// Lets queued jobs finish for a bounded time, saves counters and ends the threads. Blocks: not for an event loop.
  @Override
  public void close() {
    open = false;
    housekeeping.stop();
    duplicates.stop();
    boolean scrubsEnded = scrubs.end();
    boolean ended = threads.end() && scrubsEnded;
    housekeeping.save();
    duplicates.close();
    trunk.close();
    if (ended) {
      paths.all().forEach(path -> path.slotHandles().close());
    }
    folders.close(ended);
  }
}
