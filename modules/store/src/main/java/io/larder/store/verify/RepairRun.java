package io.larder.store.verify;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.Errno;
import io.larder.platform.OpenFlags;
import io.larder.platform.SmallFile;
import io.larder.protocol.disk.StorePathMark;
import io.larder.store.folder.StoreFolder;
import io.larder.store.verify.Folders.Data;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntPredicate;

/// Carries out repairs, one after the other. Each is told before it is done. Whatever leaves its place, a file or bytes of
/// one, is kept in `.larder/repair-<time>/` of the folder it was in, on the same file system; nothing is deleted.
///
/// 1. The folder for what is moved is made, with the folders above it.
/// 2. Bytes are copied there and synced before they are cut off; files are moved, never over another one.
/// 3. The directories are synced.
///
/// A stop anywhere leaves each file where it was or in the repair folder.
final class RepairRun {
  private static final int DIRECTORY_MODE = 0b111_101_101;
  private static final int FILE_MODE = 0b110_100_100;
  private static final int COPY_BYTES = 1 << 20;
  private static final int FLAG_BYTES_MAX = 1 << 20;

  private final Disk disk;
  private final String folder;
  private final IntPredicate agrees;
  private final Consumer<String> teller;

  /// @param time of the folder's name, for example `20260101-120000`
  /// @param agrees whether everything else says that a store path is this storage's
  /// @param teller told what is going to be done, and what could not be
  RepairRun(Disk disk, String time, IntPredicate agrees, Consumer<String> teller) {
    this.disk = disk;
    folder = StoreFolder.OWN + "/repair-" + time;
    this.agrees = agrees;
    this.teller = teller;
  }

  /// Does them.
  ///
  /// @return how many were done
  long run(List<Repair> repairs) {
    long done = 0;
    for (Repair repair : repairs) {
      try {
        done += tryOne(repair) ? 1 : 0;
      } catch (DiskException e) {
        teller.accept("not done: " + e.getMessage());
      }
    }
    return done;
  }

  private boolean tryOne(Repair repair) throws DiskException {
    switch (repair) {
      case Repair.CutTail cut -> {
        teller.accept(repair.text() + ", kept as " + cut.folder().path(tailName(cut)));
        cut(cut);
        return true;
      }
      case Repair.MoveAside move -> {
        teller.accept(repair.text() + ", to " + move.folder().path(folder + "/" + move.name()));
        move(move);
        return true;
      }
      case Repair.MarkStorePath mark -> {
        return mark(repair, mark.storePath(), () -> write(mark));
      }
      case Repair.MarkIdentity mark -> {
        return mark(repair, mark.storePath(), () -> write(mark));
      }
    }
  }

  private interface Step {
    void run() throws DiskException;
  }

  private boolean mark(Repair repair, int storePath, Step step) throws DiskException {
    if (!agrees.test(storePath)) {
      teller.accept(
          "not done: "
              + repair.text()
              + ", because no file that the log has was found there: it may be another disk");
      return false;
    }
    teller.accept(repair.text());
    step.run();
    return true;
  }

  // ---- moving

  private void move(Repair.MoveAside move) throws DiskException {
    String to = folder + "/" + move.name();
    makeAbove(move.folder(), to);
    int handle = move.folder().handle();
    DiskException.check(disk.renameToNew(handle, move.name(), to), "move " + move.name());
    sync(move.folder(), above(to));
    sync(move.folder(), above(move.name()));
  }

  private static String above(String name) {
    int slash = name.lastIndexOf('/');
    return slash < 0 ? "." : name.substring(0, slash);
  }

  /// Makes the folders that a name needs, and their entries durable.
  private void makeAbove(Data data, String name) throws DiskException {
    int slash = name.indexOf('/');
    while (slash >= 0) {
      String part = name.substring(0, slash);
      int made = disk.makeDirectory(data.handle(), part, DIRECTORY_MODE);
      if (made != -Errno.EEXIST) {
        DiskException.check(made, "make " + data.path(part));
        sync(data, above(part));
      }
      slash = name.indexOf('/', slash + 1);
    }
  }

  private void sync(Data data, String name) throws DiskException {
    DiskException.check(disk.syncDirectory(data.handle(), name), "sync " + data.path(name));
  }

  // ---- cutting

  private String tailName(Repair.CutTail cut) {
    return folder + "/" + cut.name() + "@" + cut.at();
  }

  private void cut(Repair.CutTail cut) throws DiskException {
    Data data = cut.folder();
    makeAbove(data, tailName(cut));
    int flags = OpenFlags.READ | OpenFlags.WRITE;
    int handle =
        DiskException.check(
            disk.open(data.handle(), cut.name(), flags, 0), "open " + data.path(cut.name()));
    try {
      keep(data, handle, cut);
      DiskException.check(disk.truncate(handle, cut.at()), "cut " + data.path(cut.name()));
      DiskException.check(disk.sync(handle), "sync " + data.path(cut.name()));
    } finally {
      disk.close(handle);
    }
  }

  private void keep(Data data, int from, Repair.CutTail cut) throws DiskException {
    String name = tailName(cut);
    int flags = OpenFlags.WRITE | OpenFlags.CREATE | OpenFlags.EXCLUSIVE;
    int to =
        DiskException.check(
            disk.open(data.handle(), name, flags, FILE_MODE), "create " + data.path(name));
    try {
      copy(from, cut.at(), to);
      DiskException.check(disk.sync(to), "sync " + data.path(name));
    } finally {
      disk.close(to);
    }
    sync(data, above(name));
  }

  private void copy(int from, long at, int to) throws DiskException {
    ByteBuf buffer = Unpooled.directBuffer(COPY_BYTES);
    try {
      long copied = 0;
      int read = COPY_BYTES;
      while (read == COPY_BYTES) {
        read =
            DiskException.check(
                disk.read(from, at + copied, buffer, 0, COPY_BYTES), "read what is cut off");
        DiskException.check(disk.write(to, copied, buffer, 0, read), "keep what is cut off");
        copied += read;
      }
    } finally {
      buffer.release();
    }
  }

  // ---- marks

  private void write(Repair.MarkStorePath mark) throws DiskException {
    byte[] text = new StorePathMark(mark.mark()).text().getBytes(StandardCharsets.US_ASCII);
    new SmallFile(disk, mark.folder().handle(), ".fastdfs_vars").replace(text);
  }

  /// The old identity is kept beside.
  private void write(Repair.MarkIdentity mark) throws DiskException {
    Data base = mark.base();
    String kept = folder + "/.data_init_flag";
    makeAbove(base, kept);
    SmallFile flag = new SmallFile(disk, base.handle(), ".data_init_flag");
    byte[] old = flag.read(FLAG_BYTES_MAX).orElse(new byte[0]);
    new SmallFile(disk, base.handle(), kept).replace(old);
    flag.replace(mark.flag().text().getBytes(StandardCharsets.ISO_8859_1));
  }
}
