package io.larder.store;

import io.larder.platform.Disk;
import io.larder.platform.Disks;
import io.larder.platform.Ticker;
import io.larder.platform.WallClock;
import io.larder.protocol.conf.ByteSize;
import io.larder.protocol.conf.TrunkSettings;
import io.larder.protocol.fileid.Extension;
import io.larder.protocol.fileid.GroupName;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.fileid.SlavePrefix;
import io.larder.protocol.fileid.Source;
import io.larder.store.duplicate.DuplicateSettings;
import io.larder.store.duplicate.DuplicateState;
import io.larder.store.trunk.TrunkParameters;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;

/// A store on temporary folders with one loop, and straight-line calls for what a client does.
final class StoreRig implements AutoCloseable {
  static final Source SELF = Source.ofStorageId(100_001);

  private static final int PIECE_BYTES = 64 * 1024;

  final Path folder;
  final Store store;
  final TestLoop loop = new TestLoop();
  final StoreLane lane;

  private StoreRig(Path folder, Store store) {
    this.folder = folder;
    this.store = store;
    store.identify(SELF);
    lane = loop.call(() -> store.lane(loop));
  }

  static StoreRig open(Path folder) {
    return open(folder, disk(), 1);
  }

  static Disk disk() {
    return Disks.choose(Disks.Form.BEST).disk();
  }

  static StoreRig open(Path folder, Disk disk, int paths) {
    return open(disk, settings(folder, paths));
  }

  static StoreRig open(Disk disk, StoreSettings settings) {
    return open(disk, settings, DuplicateSettings.OFF);
  }

  static StoreRig open(Disk disk, StoreSettings settings, DuplicateSettings duplicates) {
    try {
      Store store =
          Store.open(
              settings,
              GroupName.of("group1"),
              disk,
              Ticker.system(),
              WallClock.system(),
              duplicates);
      return new StoreRig(settings.basePath(), store);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Settings for a base path with a number of store paths `p0`, `p1`, … in it.
  static StoreSettings settings(Path folder, int paths) {
    return settings(folder, paths, 1000);
  }

  static StoreSettings settings(Path folder, int paths, int queueJobsMax) {
    List<String> storePaths = new ArrayList<>();
    try {
      for (int i = 0; i < paths; i++) {
        storePaths.add(Files.createDirectories(folder.resolve("p" + i)).toString());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Duration hour = Duration.ofHours(1);
    return StoreSettings.of(folder, storePaths, new StoreSettings.Mark("10.0.0.1", 23000))
        .withSubdirs(4, new StoreSettings.Distribution.Rotate(3))
        .withIntervals(new StoreSettings.Intervals(hour, hour, hour, hour))
        .withLimits(new StoreSettings.Limits(queueJobsMax, 64L << 20, hour));
  }

  /// Waits until the 256 x 256 directories of every path are there, so that nothing in the background calls the disk.
  StoreRig quiet() {
    Awaitility.await()
        .pollInterval(Duration.ofMillis(1))
        .until(() ->
            store.paths().stream()
                .noneMatch(path ->
                    Files.exists(Path.of(path.directory(), "data/.larder/making-directories"))));
    return this;
  }

  /// Waits until duplicates are found, which nobody forbids.
  StoreRig linking() {
    store.refuseDuplicates(Optional.empty());
    return inState(DuplicateState.Status.ON);
  }

  StoreRig inState(DuplicateState.Status status) {
    Awaitility.await()
        .pollInterval(Duration.ofMillis(1))
        .until(() -> store.duplicateState().status() == status);
    return this;
  }

  /// Packs small files into trunk files from now on.
  StoreRig packing() {
    return packing(trunkParameters());
  }

  StoreRig packing(TrunkParameters parameters) {
    store.packSmallFiles(Optional.of(parameters));
    store.serveSlots(true);
    int paths = store.paths().size();
    Awaitility.await()
        .pollInterval(Duration.ofMillis(1))
        .until(() -> store.trunkState().filter(now -> now.pathsOpen() == paths).isPresent());
    return this;
  }

  /// Slots of 256 bytes and more in files of 4 MiB.
  static TrunkParameters trunkParameters() {
    return trunkParameters(64 << 10);
  }

  static TrunkParameters trunkParameters(int slotMax) {
    return new TrunkParameters(
        256,
        slotMax,
        256,
        4 << 20,
        new TrunkSettings.FreeSpace(true, false, false, false),
        new TrunkSettings.Advance(false, LocalTime.MIN, Duration.ZERO, new ByteSize(0)),
        new TrunkSettings.Log(Duration.ZERO, Duration.ZERO, LocalTime.MIN, 0));
  }

  // ---- what a client does

  static ByteBuf bytes(String text) {
    return bytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  static ByteBuf bytes(byte[] content) {
    return PooledByteBufAllocator.DEFAULT
        .directBuffer(Math.max(1, content.length))
        .writeBytes(content);
  }

  static UploadHead.NewFile plain() {
    return new UploadHead.NewFile(UploadHead.ANY_PATH, Extension.of("txt"), false);
  }

  static UploadHead.NewFile appender() {
    return new UploadHead.NewFile(0, Extension.of("log"), true);
  }

  static LogicalName name(String text) {
    return LogicalName.parse(text);
  }

  CompletableFuture<Asked.Outcome> uploading(UploadHead head, byte[] content) {
    Asked.AnUpload job = new Asked.AnUpload();
    loop.execute(() -> job.submit(lane, head, bytes(content)));
    return job.done;
  }

  Asked.Outcome upload(UploadHead head, String content) {
    return TestLoop.await(uploading(head, content.getBytes(StandardCharsets.ISO_8859_1)));
  }

  /// The name of a file that must have been stored.
  String stored(UploadHead head, String content) {
    Asked.Outcome outcome = upload(head, content);
    if (outcome.status() != 0) {
      throw new AssertionError(outcome.toString());
    }
    return outcome.name();
  }

  Asked.Outcome slave(String master, String prefix, String extension, String content) {
    return upload(
        new UploadHead.Slave(name(master), SlavePrefix.of(prefix), Extension.of(extension)),
        content);
  }

  Asked.Outcome change(ChangeHead head, String content) {
    Asked.AChange job = new Asked.AChange();
    loop.execute(() -> job.submit(lane, head, bytes(content)));
    return TestLoop.await(job.done);
  }

  /// An upload whose body comes in pieces.
  Asked.Outcome uploadStreamed(UploadHead head, String content) {
    Asked.AStreamedUpload job = new Asked.AStreamedUpload();
    loop.execute(() -> {
      job.begin(lane, head, content.length());
      pieces(content).forEach(job::offer);
      job.finish();
    });
    return TestLoop.await(job.done);
  }

  /// A change, in pieces when it is long; whether it was done.
  boolean changeAnySize(ChangeHead head, String content) {
    if (content.length() < PIECE_BYTES) {
      return change(head, content).status() == 0;
    }
    Asked.AStreamedChange job = new Asked.AStreamedChange();
    loop.execute(() -> {
      job.begin(lane, head, content.length());
      pieces(content).forEach(job::offer);
      job.finish();
    });
    return TestLoop.await(job.done).status() == 0;
  }

  private static List<ByteBuf> pieces(String content) {
    List<ByteBuf> pieces = new ArrayList<>();
    for (int at = 0; at < content.length(); at += PIECE_BYTES) {
      pieces.add(bytes(content.substring(at, Math.min(content.length(), at + PIECE_BYTES))));
    }
    return pieces;
  }

  /// Puts a copy of a packed file into its slot.
  Asked.Outcome copy(String name, int type, String content) {
    Asked.ACopy job = new Asked.ACopy();
    loop.execute(() -> job.submit(lane, name(name), type, 1_795_000_000, bytes(content)));
    return TestLoop.await(job.done);
  }

  Asked.Outcome append(String name, String content) {
    return change(new ChangeHead.Append(name(name)), content);
  }

  Asked.Outcome modify(String name, long offset, String content) {
    return change(new ChangeHead.Modify(name(name), offset), content);
  }

  Asked.Outcome truncate(String name, long size) {
    Asked.ATruncate job = new Asked.ATruncate();
    loop.execute(() -> job.submit(lane, name(name), size));
    return TestLoop.await(job.done);
  }

  Asked.Outcome delete(String name) {
    Asked.ADelete job = new Asked.ADelete();
    loop.execute(() -> job.submit(lane, name(name)));
    return TestLoop.await(job.done);
  }

  Asked.Outcome regenerate(String name) {
    Asked.ARegenerate job = new Asked.ARegenerate();
    loop.execute(() -> job.submit(lane, name(name)));
    return TestLoop.await(job.done);
  }

  Asked.Outcome link(String source, Optional<String> master, String prefix, String extension) {
    Asked.ALink job = new Asked.ALink();
    loop.execute(() ->
        job.submit(
            lane,
            name(source),
            master.map(StoreRig::name),
            SlavePrefix.of(prefix),
            Extension.of(extension)));
    return TestLoop.await(job.done);
  }

  Asked.Outcome setMetadata(String name, SetMetadata.Mode mode, String items) {
    Asked.ASetMetadata job = new Asked.ASetMetadata();
    loop.execute(() -> job.submit(lane, name(name), mode, items));
    return TestLoop.await(job.done);
  }

  Asked.Items metadata(String name) {
    Asked.AGetMetadata job = new Asked.AGetMetadata();
    loop.execute(() -> job.submit(lane, name(name)));
    return TestLoop.await(job.done);
  }

  Asked.FileAnswer info(String name, boolean computeCrc) {
    Asked.AnInfo job = new Asked.AnInfo();
    loop.execute(() -> {
      if (job.submit(lane, name(name), computeCrc)) {
        job.completed();
      }
    });
    return TestLoop.await(job.done);
  }

  /// Reads a whole file by way of the reader thread; a refusal is `status N`.
  String read(String name) {
    Asked.AFile file = new Asked.AFile();
    loop.run(() -> file.open(lane, name(name)));
    int status = TestLoop.await(file.opened);
    if (status != 0) {
      return "status " + status;
    }
    int size = (int) file.size();
    ByteBuf into = PooledByteBufAllocator.DEFAULT.directBuffer(Math.max(1, size));
    loop.run(() -> file.read(0, size, into));
    int read = TestLoop.await(file.read);
    loop.run(file::close);
    String content = into.toString(StandardCharsets.ISO_8859_1);
    into.release();
    return read == size ? content : "read " + read;
  }

  // ---- what is on disk

  Path onDisk(String name) {
    LogicalName logical = name(name);
    return folder.resolve("p" + logical.storePath()).resolve("data").resolve(logical.trueName());
  }

  /// The binlog, without the times.
  List<String> binlog() {
    try {
      return Files.readAllLines(folder.resolve("data/sync/binlog.000"), StandardCharsets.ISO_8859_1)
          .stream()
          .map(line -> line.substring(line.indexOf(' ') + 1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Every stored file of all paths, as true names.
  List<String> files() {
    List<String> files = new ArrayList<>();
    try (var paths = Files.newDirectoryStream(folder, "p[0-9]")) {
      for (Path path : paths) {
        for (Path outer : directories(path.resolve("data"))) {
          for (Path inner : directories(outer)) {
            try (var entries = Files.newDirectoryStream(inner, Files::isRegularFile)) {
              entries.forEach(file -> files.add(folder.relativize(file).toString()));
            }
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    files.sort(null);
    return files;
  }

  private static List<Path> directories(Path in) throws IOException {
    List<Path> found = new ArrayList<>();
    try (var entries = Files.newDirectoryStream(in, "[0-9A-F][0-9A-F]")) {
      entries.forEach(found::add);
    }
    return found;
  }

  @Override
  public void close() {
    store.close();
    loop.close();
  }
}
