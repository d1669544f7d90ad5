package io.larder.store.verify;

import io.larder.store.names.SortedSource;
import io.larder.store.scrub.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// The free blocks of one store path, read along with the walk: trunk files in the order of directory and number. Only
/// forward. One thread.
final class FreeBlocksOfPath {
  private final @Nullable SortedSource source;
  private boolean loaded;

  /// @param source the blocks, before the first one; `null` when nothing is known
  FreeBlocksOfPath(@Nullable SortedSource source) throws IOException {
    this.source = source;
    loaded = source != null && source.next();
    skipTaken();
  }

  private void skipTaken() throws IOException {
    SortedSource at = source;
    while (at != null
        && loaded
        && (!FreeBlocks.isFree(at.first()) || FreeBlocks.size(at.first()) == 0)) {
      loaded = at.next();
    }
  }

  /// The blocks of a trunk file by ascending offset; those of trunk files before it are passed over.
  ///
  /// @return throws [UncheckedIOException] when scratch cannot be read
  Iterator<Span> of(int high, int low, int trunkFileId) throws IOException {
    long wanted = ((long) high << 8 | low) << 32 | trunkFileId;
    while (loaded && file() < wanted) {
      advance();
    }
    return new Blocks(wanted);
  }

  private void advance() throws IOException {
    SortedSource at = source;
    loaded = at != null && at.next();
    skipTaken();
  }

  private long file() {
    SortedSource at = source;
    if (at == null) {
      return Long.MAX_VALUE;
    }
    ByteBuffer key = ByteBuffer.wrap(at.key());
    return (long) (key.getShort(0) & 0xFFFF) << 32 | (key.getInt(2) & 0xFFFF_FFFFL);
  }

  private final class Blocks implements Iterator<Span> {
    private final long wanted;

    Blocks(long wanted) {
      this.wanted = wanted;
    }

    @Override
    public boolean hasNext() {
      return loaded && file() == wanted;
    }

    @Override
    public Span next() {
      SortedSource at = source;
      if (at == null || !hasNext()) {
        throw new NoSuchElementException();
      }
      int offset = ByteBuffer.wrap(at.key()).getInt(2 + Integer.BYTES);
      Span span = new Span(offset & 0x7FFF_FFFFL, FreeBlocks.size(at.first()));
      try {
        advance();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return span;
    }
  }
}
