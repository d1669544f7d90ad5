package io.larder.store;

import static java.util.Objects.requireNonNull;

import io.larder.platform.Errno;
import io.larder.platform.OpenFlags;
import io.larder.protocol.disk.TrunkSlotHeader;
import io.larder.protocol.fileid.LogicalName;
import io.larder.store.duplicate.Signature;
import io.larder.store.trunk.TrunkSpan;
import io.netty.buffer.ByteBuf;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads a source through for its signature, in slices on a reader thread of its store path. Used once.
final class SourceRead extends StoreJob {
  private static final long SLICE_BYTES = 4L << 20;
  private static final int NONE = -1;

  private final LogicalName name;
  private final Consumer<Optional<Signature>> then;
  private final FileLook look = new FileLook();
  private @Nullable MessageDigest hash;
  private int handle = NONE;
  private long start;
  private long position;

  /// @param then gets the signature, nothing when the source cannot be read; on the reader's thread
  SourceRead(LogicalName name, Consumer<Optional<Signature>> then) {
    this.name = name;
    this.then = then;
  }

  void begin(StorePath path) {
    PathThread reader = path.reader(0);
    thread = reader;
    reader.queue().push(this);
  }

  @Override
  Progress perform(PathThread on) {
    if (handle == NONE && !open(on)) {
      return Progress.DONE;
    }
    long end = Math.min(look.size(), position + SLICE_BYTES);
    while (position < end) {
      int read = read(on, end);
      if (read <= 0) {
        failed(read < 0 ? read : -Errno.EIO, "read", name);
        break;
      }
      position += read;
    }
    if (ok() && position < look.size()) {
      return Progress.SLICE;
    }
    on.path().disk().close(handle);
    return Progress.DONE;
  }

  private boolean open(PathThread on) {
    StorePath path = on.path();
    int result = look.at(path, name, on.scratch());
    if (result == 0 && !look.isRegular()) {
      result = -Errno.EINVAL;
    }
    if (result == 0) {
      Optional<TrunkSpan> slot = look.slot();
      String file = slot.map(span -> span.file().name()).orElseGet(name::trueName);
      start = slot.map(span -> span.offset() + (long) TrunkSlotHeader.SIZE).orElse(0L);
      result = path.disk().open(path.handle(), file, OpenFlags.READ, 0);
    }
    if (result < 0) {
      failed(result, "read", name);
      return false;
    }
    handle = result;
    try {
      hash = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
    return true;
  }

  private int read(PathThread on, long end) {
    ByteBuf scratch = on.scratch();
    int length = (int) Math.min(end - position, scratch.capacity());
    int read = on.path().disk().read(handle, start + position, scratch, 0, length);
    if (read > 0) {
      requireNonNull(hash).update(scratch.nioBuffer(0, read));
    }
    return read;
  }

  @Override
  protected void completed() {
    MessageDigest whole = hash;
    then.accept(
        ok() && whole != null
            ? Optional.of(Signature.of(position, whole.digest()))
            : Optional.empty());
  }
}
