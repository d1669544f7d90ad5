package io.larder.store;

import static java.util.Objects.requireNonNull;

import io.larder.platform.Errno;
import io.larder.protocol.RefusedException;
import io.larder.protocol.Status;
import io.larder.protocol.disk.BinlogRecord;
import io.larder.protocol.disk.DataLayout;
import io.larder.protocol.disk.Metadata;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.wire.Counter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Writes the metadata of a file (command 13), whole and at once: a reader sees the old or the new, never a part.
///
/// Checks made here, in this order: changes are taken at all (30); index of the store path (22); room in the name for
/// the suffix `-m` (36); queue of the path (16); the file exists (2); existing metadata is a regular file (21). Rules of
/// merging, sorting and cutting: S1 §4.9; only re-packed bytes are written, and items that re-pack to nothing count as
/// none.
///
/// 1. *stage*: the new metadata is written and synced beside;
/// 2. *intent*: which file takes which name is noted;
/// 3. *log*: the record `C` or `U`;
/// 4. *seal*: the staged file takes the name;
/// 5. *acknowledge*.
///
/// A crash before 2 leaves nothing, after it the next start goes on from there. Removal: record `D`, unlink.
public abstract class SetMetadata extends StoreJob {
  /// How the given items meet those already there.
  public enum Mode {
    /// They replace all; none given: the metadata is removed (flag `O`).
    OVERWRITE,
    /// They are added, the new value wins; none given: nothing happens (flag `M`).
    MERGE
  }

  private final FileLook look = new FileLook();
  private @Nullable LogicalName name;
  private String trueName = "";
  private Mode mode = Mode.OVERWRITE;
  private Metadata items = Metadata.parse("");
  private boolean removes;
  private BinlogRecord.@Nullable Change change;
  private String staged = "";

  @SuppressWarnings("this-escape") // kept only, not called before a subclass is there
  private final Announced announced = new Announced(this);

  /// Hands the metadata over.
  ///
  /// @param lane the lane of the calling loop
  /// @param file the file it belongs to
  /// @param how how to combine
  /// @param given `name 0x02 value` joined by 0x01, one char per byte
  public final void submit(StoreLane lane, LogicalName file, Mode how, String given) {
    name = file;
    trueName = file.trueName();
    mode = how;
    items = Metadata.parse(given);
    removes = false;
    change = null;
    staged = "";
    promise(lane.store());
    try {
      StorePath path = lane.store().storePaths().toChange(file);
      if (file.text().length() + DataLayout.METADATA_SUFFIX.length() > LogicalName.BYTES_MAX) {
        throw new RefusedException(
            Status.ENAMETOOLONG, "filename: no room for the suffix of metadata");
      }
      lane.submit(this, path.writerOf(trueName), given.length());
    } catch (RefusedException e) {
      lane.tally().count(Counter.TOTAL_SET_META_COUNT, Counter.SUCCESS_SET_META_COUNT, false);
      lane.refuse(this, e);
    }
  }

  @Override
  final String changedFile() {
    return trueName;
  }

  @Override
  final Progress perform(PathThread on) {
    int exists = look.at(on.path(), requireNonNull(name), on.scratch());
    int result = exists < 0 ? exists : prepare(on, new MetadataFile(on.path(), trueName));
    if (result < 0) {
      failed(result, "metadata of", requireNonNull(name));
    }
    return announced.isThere() ? Progress.ANNOUNCED : Progress.DONE;
  }

  private int prepare(PathThread on, MetadataFile file) {
    int oldSize = file.size();
    boolean isNew = oldSize == -Errno.ENOENT;
    if (oldSize < 0 && !isNew) {
      return oldSize;
    }
    if (items.isEmpty()) {
      if (mode == Mode.OVERWRITE && !isNew) {
        removes = true;
        on.turns().touch(trueName);
        record(on, new BinlogRecord.Delete(recordName()));
      }
      return 0;
    }
    return stage(on, file, isNew ? 0 : oldSize, isNew);
  }

  private int stage(PathThread on, MetadataFile file, int oldSize, boolean isNew) {
    Metadata packed = items;
    if (mode == Mode.MERGE && !isNew) {
      ByteBuf old = Unpooled.directBuffer(Math.max(oldSize, 1));
      int read = file.read(old, oldSize);
      packed = Metadata.parse(old.toString(StandardCharsets.ISO_8859_1)).mergedWith(items);
      old.release();
      if (read < 0) {
        return read;
      }
    }
    String beside = on.path().nextStagingName();
    ByteBuf content = Unpooled.copiedBuffer(packed.text(), StandardCharsets.ISO_8859_1);
    int result = file.stage(beside, content, durability() != Durability.NONE);
    content.release();
    if (result < 0) {
      return result;
    }
    staged = beside;
    BinlogRecord.Change made =
        isNew ? new BinlogRecord.Create(recordName()) : new BinlogRecord.Update(recordName());
    change = made;
    announced.by(on.intents().add(made, beside));
    return 0;
  }

  private String recordName() {
    return requireNonNull(name).text() + DataLayout.METADATA_SUFFIX;
  }

  private void record(PathThread on, BinlogRecord.Change what) {
    long now = on.path().store().now();
    on.log().add(now, what);
    on.tally().latest(Counter.LAST_SOURCE_UPDATE, now);
  }

  @Override
  final Progress apply(PathThread on) {
    if (ok()) {
      record(on, requireNonNull(change));
    } else {
      giveUp(on);
    }
    return Progress.DONE;
  }

  @Override
  final void logged(PathThread on) {
    MetadataFile file = new MetadataFile(on.path(), trueName);
    int result = 0;
    if (removes) {
      result = file.remove();
    } else if (!staged.isEmpty()) {
      result = file.replaceBy(staged);
    }
    if (result < 0 && !(removes && result == -Errno.ENOENT)) {
      failed(result, "metadata of", requireNonNull(name));
      giveUp(on);
    }
  }

  @Override
  final void undo(PathWorker on) {
    giveUp(on);
  }

  private void giveUp(PathWorker on) {
    if (announced.isThere()) {
      announced.giveUp(on, () -> 0);
      on.path().disk().unlink(on.path().handle(), staged);
    }
  }

  @Override
  final int syncAlone(PathWorker on) {
    return on.path().syncDirectoryOf(trueName);
  }

  @Override
  final void settled(PathWorker on) {
    on.tally().count(Counter.TOTAL_SET_META_COUNT, Counter.SUCCESS_SET_META_COUNT, ok());
    announced.settle();
  }
}
