package io.larder.store.verify;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.Errno;
import io.larder.platform.SmallFile;
import io.larder.protocol.MalformedException;
import io.larder.store.PathMode;
import io.larder.store.binlog.BinlogPosition;
import io.larder.store.binlog.Checkpoint;
import io.larder.store.binlog.CheckpointFile;
import io.larder.store.folder.StoreFolder;
import io.larder.store.intent.OpenIntent;
import io.larder.store.verify.Folders.Data;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Checks what Larder keeps for itself below `.larder`; C storages have nothing there. One thread.
final class OwnStateCheck {
  private static final String CHECKPOINT = StoreFolder.OWN + "/checkpoint";
  private static final String MODES = StoreFolder.OWN + "/path-modes";
  private static final int BYTES_MAX = 64 << 20;

  private final Inspection inspection;
  private final Disk disk;
  private final Places places;
  private Optional<Checkpoint> checkpoint = Optional.empty();
  private List<TrunkLots.Piece> lots = List.of();

  /// @param places asked whether the checkpoint lies between two lines
  OwnStateCheck(Inspection inspection, Places places) {
    this.inspection = inspection;
    this.places = places;
    disk = inspection.disk();
  }

  /// Looks at the base path; before the binlog is read.
  void checkBase(Data base) throws DiskException {
    Optional<String> text = text(base, CHECKPOINT);
    text.ifPresent(there -> checkpoint(base, there));
    text(base, MODES).ifPresent(there -> modes(base, there));
    Optional<String> lotList = text(base, TrunkLots.NAME);
    try {
      lots = lotList.map(TrunkLots::parse).map(TrunkLots::pieces).orElse(List.of());
    } catch (MalformedException e) {
      inspection.find(Check.TRUNK_LOTS, base.path(TrunkLots.NAME), String.valueOf(e.getMessage()));
    }
  }

  /// Up to where nothing is left for the next start to do; empty when there is none, or none that can be read.
  Optional<Checkpoint> checkpoint() {
    return checkpoint;
  }

  /// Reserved space of trunk files, which is no leak.
  List<TrunkLots.Piece> lots() {
    return lots;
  }

  private Optional<String> text(Data folder, String name) throws DiskException {
    return new SmallFile(disk, folder.handle(), name)
        .read(BYTES_MAX)
        .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1));
  }

  private void checkpoint(Data base, String text) {
    try {
      checkpoint = Optional.of(CheckpointFile.parse(text));
      checkpoint.ifPresent(there -> all(there).forEach(places::want));
    } catch (MalformedException e) {
      inspection.find(
          Check.CHECKPOINT, base.path(CHECKPOINT), "is of another form: " + e.getMessage());
    }
  }

  private static List<BinlogPosition> all(Checkpoint checkpoint) {
    List<BinlogPosition> all = new ArrayList<>();
    all.add(checkpoint.done());
    all.addAll(checkpoint.slots().values());
    return all;
  }

  private void modes(Data base, String text) {
    for (String line : text.lines().toList()) {
      String[] fields = line.split(" ", -1);
      try {
        Integer.parseInt(fields[0]);
        PathMode.parse(fields[fields.length - 1]);
      } catch (IllegalArgumentException e) {
        inspection.find(Check.PATH_MODES, base.path(MODES), "'" + line + "': " + e.getMessage());
      }
    }
  }

  /// Judges the checkpoint; after the binlog was read.
  void judge(Data base) {
    for (BinlogPosition there : checkpoint.map(OwnStateCheck::all).orElse(List.of())) {
      Places.Fault fault = places.fault(there);
      if (fault != Places.Fault.NONE) {
        inspection.find(
            Check.CHECKPOINT,
            base.path(CHECKPOINT),
            "file " + there.file() + " offset " + there.offset() + " " + fault.text());
      }
    }
  }

  /// Looks at a store path.
  void checkStore(Data store) throws DiskException {
    boolean anyOpen = false;
    for (String journal : OpenIntent.journals(disk, store.handle())) {
      List<OpenIntent> open = OpenIntent.read(disk, store.handle(), journal);
      anyOpen |= !open.isEmpty();
      for (OpenIntent intent : open) {
        inspection.find(
            Check.INTENTS_OPEN,
            store.path(journal),
            "change " + intent.change().op() + " of " + intent.change().name() + " is not settled");
      }
    }
    List<String> staged = new ArrayList<>();
    int listed = disk.list(store.handle(), StoreFolder.STAGING, staged);
    if (listed != -Errno.ENOENT) {
      DiskException.check(listed, "list " + store.path(StoreFolder.STAGING));
    }
    staged.sort(null);
    for (String name : staged) {
      leftover(store, StoreFolder.STAGING + "/" + name, anyOpen);
    }
  }

  /// What is staged belongs to an intent that the next start finishes, or to nobody.
  private void leftover(Data store, String name, boolean anyOpen) {
    inspection.find(
        Check.LEFTOVER,
        store.path(name),
        anyOpen
            ? "is staged, and changes are open that may need it: stays where it is"
            : "was staged and never became a file");
    if (!anyOpen) {
      inspection.repairs().offer(new Repair.MoveAside(store, name));
    }
  }
}
