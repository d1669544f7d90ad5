package io.larder.store.trunk;

import io.larder.platform.DiskException;
import io.larder.platform.Errno;
import io.larder.store.trunk.OutstandingLots.Kind;
import io.larder.store.trunk.OutstandingLots.Piece;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives back what a crash left of the lots of one store path.
///
/// The pieces on the list are looked at, the newest first, because an older lot may speak of space that was given back
/// and reserved again: when a piece was reserved no slot was in it. Each is walked from its start to its end, as far as
/// it is not known as free. Where a slot could begin its size is passed over. Where none could, the next place is looked
/// for at which one could: if there is one, the gap before it stays taken, for nobody knows what it was; if there is none
/// up to the end, the rest was never used and is free. Anything that could be a file is left alone.
///
/// A slot that is being made free elsewhere is left to whoever does it. What is given back is zeroed where it is not, so
/// that no later slot begins on old content, and synced, because a header that was zeroed by a delete may still be in
/// memory only.
/// Owner: the thread that opens the store path; no lots are made of it meanwhile.
final class LotRecovery {
  private static final Logger LOGGER = LoggerFactory.getLogger(LotRecovery.class);

  private final TrunkSite site;
  private final PathSpace space;
  private final TrunkFiles files;
  private final OutstandingLots lots;
  private final int fileBytes;
  private final FreeSpace seen = new FreeSpace(1); // what newer pieces have decided
  private long givenBack;
  private long leaked;

  /// @param fileBytes `trunk_file_size`
  LotRecovery(
      TrunkSite site, PathSpace space, TrunkFiles files, OutstandingLots lots, int fileBytes) {
    this.site = site;
    this.space = space;
    this.files = files;
    this.lots = lots;
    this.fileBytes = fileBytes;
  }

  /// Does it.
  ///
  /// @param log tells the place behind the lines
  void run(TrunkLog log) {
    Set<Long> done = new HashSet<>();
    Set<Long> left = new HashSet<>();
    for (Piece piece : lots.pieces(space.storePath())) {
      (tryRecover(piece) ? done : left).add(piece.number());
    }
    done.removeAll(left);
    done.forEach(number -> lots.settle(number, log.end()));
    if (!done.isEmpty() || !left.isEmpty()) {
      space.countLeak(leaked);
      LOGGER.info(
          "store path {}: {} lots were out; {} bytes are given back, {} stay taken",
          space.storePath(),
          done.size() + left.size(),
          givenBack,
          leaked);
    }
  }

  private boolean tryRecover(Piece piece) {
    try {
      recover(piece);
      return true;
    } catch (DiskException e) {
      LOGGER.warn(
          "store path {}: {} stays taken until the next start: {}",
          space.storePath(),
          piece.span(),
          e.getMessage());
      return false;
    } finally {
      seen.freeGaps(piece.span());
    }
  }

  private void recover(Piece piece) throws DiskException {
    TrunkSpan span = piece.span();
    if (!isThere(span.file())) {
      // A lot without its file is a lost disk, and other nodes may have the files. A file being
      // made or removed may
      // well not be there.
      leaked +=
          piece.kind() == Kind.LOT ? undecided(span).stream().mapToLong(TrunkSpan::size).sum() : 0;
      return;
    }
    int handle = DiskException.check(files.open(span.file()), "open " + span.file().name());
    try {
      SlotScanner slots = new SlotScanner(files.disk(), handle, fileBytes);
      List<TrunkSpan> unused = new ArrayList<>();
      for (TrunkSpan part : undecided(span)) {
        walk(slots, part, unused);
      }
      giveBack(span.file(), handle, withoutGivenUp(unused));
    } finally {
      files.disk().close(handle);
    }
  }

  /// To be called after the headers were looked at.
  private List<TrunkSpan> withoutGivenUp(List<TrunkSpan> unused) {
    if (unused.isEmpty()) {
      return unused;
    }
    FreeSpace others = new FreeSpace(1);
    site.givenUp().apply(space.storePath()).forEach(others::freeGaps);
    return unused.stream().flatMap(part -> others.gaps(part).stream()).toList();
  }

  private void giveBack(TrunkFile file, int handle, List<TrunkSpan> unused) throws DiskException {
    if (unused.isEmpty()) {
      return;
    }
    for (TrunkSpan part : unused) {
      DiskException.check(Zeros.fill(files.disk(), handle, part), "zero " + file.name());
    }
    DiskException.check(files.disk().sync(handle), "sync " + file.name());
    unused.forEach(part -> givenBack += space.freeGaps(part));
  }

  private boolean isThere(TrunkFile file) {
    int handle = files.wasReplaced(space.storePath()) ? -Errno.ENOENT : files.openToRead(file);
    if (handle >= 0) {
      files.disk().close(handle);
    }
    return handle != -Errno.ENOENT;
  }

  /// What of a piece is neither known as free nor decided by a newer piece.
  private List<TrunkSpan> undecided(TrunkSpan span) {
    return space.gaps(span).stream().flatMap(gap -> seen.gaps(gap).stream()).toList();
  }

  private void walk(SlotScanner slots, TrunkSpan part, List<TrunkSpan> unused)
      throws DiskException {
    int at = part.offset();
    while (at < part.end()) {
      int slot = slots.slotAt(at);
      if (slot > 0) {
        at += Math.min(slot, part.end() - at);
        continue;
      }
      int next = slots.next(at, part.end());
      if (next < 0) {
        unused.add(new TrunkSpan(part.file(), at, part.end() - at));
        return;
      }
      leaked += next - at;
      LOGGER.warn(
          "trunk file {}: {} bytes at {} stay taken, what they hold is not known",
          part.file().name(),
          next - at,
          at);
      at = next;
    }
  }
}
