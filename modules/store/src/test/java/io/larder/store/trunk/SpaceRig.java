package io.larder.store.trunk;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.FakeTicker;
import io.larder.platform.MemoryDisk;
import io.larder.protocol.disk.TrunkSlotHeader;
import io.larder.protocol.fileid.NewName;
import io.larder.store.folder.StoreFolder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// A trunk server on temporary folders, and what an engine does with its slots: writing files and deleting them.
final class SpaceRig implements AutoCloseable {
  private static final int CONTENT = 100;

  final Path base;
  final Path data;
  final FakeTicker time;
  final FlagFile flag;
  final TrunkLog log;
  final LocalSlotSource source;
  final Set<Integer> full = ConcurrentHashMap.newKeySet(); // store paths that may not grow
  final List<TrunkSpan> givenUp = new ArrayList<>(); // slots that somebody else makes free
  private final Disk disk;
  final List<StoreFolder> folders = new ArrayList<>();

  /// How a rig is made.
  record Plan(
      Path base,
      Disk disk,
      int paths,
      TrunkParameters parameters,
      Executor background,
      Consumer<Path> folderMaker,
      FakeTicker time) {
    static Plan of(Path base) {
      return new Plan(
          base,
          LogRig.disk(),
          1,
          Spans.parameters(),
          Runnable::run,
          SpaceRig::makeFolder,
          newTime());
    }

    static Plan in(MemoryDisk memory) {
      Path base = Path.of("/larder");
      return new Plan(
          base, memory, 1, Spans.parameters(), Runnable::run, memory::makeDirectories, newTime());
    }

    Plan on(Disk other) {
      return new Plan(base, other, paths, parameters, background, folderMaker, time);
    }

    Plan paths(int count) {
      return new Plan(base, disk, count, parameters, background, folderMaker, time);
    }

    Plan with(TrunkParameters other) {
      return new Plan(base, disk, paths, other, background, folderMaker, time);
    }

    Plan inBackground(Executor other) {
      return new Plan(base, disk, paths, parameters, other, folderMaker, time);
    }

    Plan at(FakeTicker sameTime) {
      return new Plan(base, disk, paths, parameters, background, folderMaker, sameTime);
    }

    private static FakeTicker newTime() {
      return new FakeTicker(LogRig.NOW * 1000);
    }

    SpaceRig open() throws IOException {
      return new SpaceRig(this);
    }
  }

  private SpaceRig(Plan plan) throws IOException {
    base = plan.base();
    data = base.resolve("data");
    plan.folderMaker().accept(data);
    disk = plan.disk();
    time = plan.time();
    try {
      for (int i = 0; i < plan.paths(); i++) {
        Path path = base.resolve("p" + i);
        plan.folderMaker().accept(path);
        folders.add(StoreFolder.open(disk, i, path.toString()));
      }
      flag = new FlagFile(disk, data);
      log = TrunkLog.open(disk, base, flag, time);
    } catch (IOException e) {
      closeFolders();
      throw e;
    }
    TrunkSite site =
        new TrunkSite(
            disk,
            base,
            folders,
            flag,
            TrunkDirectories.inTurn(path -> new NewName.Directory(path, 0, 0)),
            path -> !full.contains(path),
            path -> givenUp,
            time,
            time,
            plan.background());
    source = LocalSlotSource.open(site, plan.parameters(), log);
  }

  private static void makeFolder(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static SpaceRig open(Path base) throws IOException {
    return Plan.of(base).open();
  }

  // ---- what an engine does

  /// A lot that must be there.
  Lot lot(int slotSize) {
    return source.reserve(0, slotSize).orElseThrow();
  }

  /// A header as an upload writes it.
  static TrunkSlotHeader header(TrunkSpan slot) {
    return new TrunkSlotHeader(
        TrunkSlotHeader.FILE, slot.size(), CONTENT, 0x1234, (int) LogRig.NOW, "123.txt");
  }

  /// Writes a file into a slot: content first, then the header.
  void write(TrunkSpan slot) throws IOException {
    writeContent(slot);
    writeHeader(slot, header(slot));
  }

  void writeContent(TrunkSpan slot) throws IOException {
    byte[] content = new byte[CONTENT];
    java.util.Arrays.fill(content, (byte) 'x');
    put(slot, slot.offset() + TrunkSlotHeader.SIZE, Unpooled.wrappedBuffer(content));
  }

  void writeHeader(TrunkSpan slot, TrunkSlotHeader header) throws IOException {
    ByteBuf bytes = Unpooled.buffer();
    header.write(bytes);
    put(slot, slot.offset(), bytes);
  }

  private void put(TrunkSpan slot, int position, ByteBuf bytes) throws IOException {
    int handle = DiskException.check(source.files().open(slot.file()), "open");
    try {
      DiskException.check(
          disk.write(handle, position, bytes, 0, bytes.readableBytes()), "write a slot");
      DiskException.check(disk.sync(handle), "sync a slot");
    } finally {
      disk.close(handle);
    }
  }

  /// Deletes the file in a slot.
  void delete(TrunkSpan slot) throws IOException {
    writeHeader(slot, TrunkSlotHeader.FREE);
    source.free(List.of(slot));
  }

  /// Takes slots of a lot and writes files into them.
  List<TrunkSpan> fill(Lot lot, int slotSize, int count) throws IOException {
    List<TrunkSpan> slots = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      TrunkSpan slot = lot.take(slotSize).orElseThrow();
      write(slot);
      slots.add(slot);
    }
    return slots;
  }

  // ---- looking

  /// The free blocks that the log tells on disk, of one store path.
  List<TrunkSpan> logged(int path) throws IOException {
    List<BlockIndex> indexes = List.of(new BlockIndex(), new BlockIndex());
    LogReplay replay = new LogReplay(indexes);
    LineReader.read(
        log.folder(), LogFolder.BINLOG, 0, log.folder().size(LogFolder.BINLOG), replay::logLine);
    List<TrunkSpan> blocks = new ArrayList<>();
    BlockIndex index = indexes.get(path);
    index.forEach(block -> blocks.add(index.span(block)));
    return blocks;
  }

  List<String> lines() {
    return LogRig.lines(data.resolve("trunk/binlog"));
  }

  /// The list of lots on disk, without its first line.
  List<String> listed() {
    Path list = data.resolve(".larder/trunk-lots");
    if (!Files.exists(list)) {
      return List.of();
    }
    List<String> lines = LogRig.lines(list);
    return lines.subList(1, lines.size());
  }

  Path trunkFile(TrunkFile file) {
    return base.resolve("p" + file.storePath()).resolve("data").resolve(file.name());
  }

  static List<String> trunkFiles(Path storePath) {
    Path directory = storePath.resolve("data/00/00");
    if (!Files.exists(directory)) {
      return List.of();
    }
    try (var files = Files.list(directory)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  /// Gives the folders back without ending anything in order, as the end of a process does.
  void kill() {
    closeFolders();
  }

  private void closeFolders() {
    for (StoreFolder folder : folders) {
      try {
        folder.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() {
    source.close();
    log.close();
    flag.close();
    closeFolders();
  }
}
