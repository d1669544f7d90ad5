package io.larder.store;

import static java.util.Objects.requireNonNull;

import io.larder.protocol.RefusedException;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.wire.Counter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import org.jspecify.annotations.Nullable;

/// Reads the metadata of a file (command 15).
///
/// Checks made here, in this order: index of the store path (22); queue of the path (16); the file exists (2); it has
/// metadata (2); that is a regular file (21).
public abstract class GetMetadata extends StoreJob {
  private final FileLook look = new FileLook();
  private @Nullable LogicalName name;
  private @Nullable ByteBuf items;

  /// Asks for the metadata.
  ///
  /// @param lane the lane of the calling loop
  /// @param file the file it belongs to
  public final void submit(StoreLane lane, LogicalName file) {
    name = file;
    items = null;
    try {
      StorePath path = lane.store().storePaths().of(file);
      lane.submit(this, path.reader(lane.nextTurn()), 0);
    } catch (RefusedException e) {
      lane.tally().count(Counter.TOTAL_GET_META_COUNT, Counter.SUCCESS_GET_META_COUNT, false);
      lane.refuse(this, e);
    }
  }

  @Override
  final Progress perform(PathThread on) {
    LogicalName file = requireNonNull(name);
    int exists = look.at(on.path(), file, on.scratch());
    int result = exists < 0 ? exists : read(on, file);
    if (result < 0) {
      failed(result, "metadata of", file);
    }
    on.tally().count(Counter.TOTAL_GET_META_COUNT, Counter.SUCCESS_GET_META_COUNT, ok());
    return Progress.DONE;
  }

  private int read(PathThread on, LogicalName file) {
    MetadataFile metadata = new MetadataFile(on.path(), file.trueName());
    int size = metadata.size();
    if (size < 0) {
      return size;
    }
    ByteBuf into = PooledByteBufAllocator.DEFAULT.directBuffer(Math.max(size, 1));
    int read = metadata.read(into, size);
    if (read < 0) {
      into.release();
      return read;
    }
    items = into;
    return 0;
  }

  /// The raw bytes, `name 0x02 value` joined by 0x01. The caller becomes the owner. To be called once, inside
  /// [#completed()]; what is not taken by its end is released.
  ///
  /// @throws IllegalStateException unless the job is [#ok()], or when they were taken already
  public final ByteBuf takeItems() {
    ByteBuf taken = items;
    if (taken == null) {
      throw new IllegalStateException("no metadata to take: " + message());
    }
    items = null;
    return taken;
  }

  @Override
  final void deliver() {
    try {
      completed();
    } finally {
      release();
    }
  }

  @Override
  final void release() {
    ByteBuf left = items;
    if (left != null) {
      items = null;
      left.release();
    }
  }
}
