package io.larder.store.trunk;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/// Space for many slots that has left the free space durably and belongs to one thread, which cuts slots from it.
///
/// Owner: the thread that reserved it, until it lets it go; no lock. Each slot that is being written holds it, too: whoever
/// lets go last gives it back, so it is on the list of lots for as long as something in it may be half-written. What is
/// not cut when the process ends is found and given back at the next start.
public final class Lot {
  private final long number;
  private final int storePath;
  private final int blockMin;
  private final List<TrunkSpan> left;
  private final IntConsumer halfUsed;
  private final AtomicInteger holders = new AtomicInteger(1);
  private long untilHalf;

  /// A new lot.
  ///
  /// @param number its number, as the source knows it
  /// @param spans its pieces, at least one, all of one store path
  /// @param blockMin a rest that is smaller goes with the slot before it, bytes
  /// @param halfUsed called once, by the owner, with the size of the slot by which half of the lot was used; never for a
  ///     lot of one slot
  public Lot(long number, List<TrunkSpan> spans, int blockMin, IntConsumer halfUsed) {
    this.number = number;
    this.storePath = spans.getFirst().storePath();
    this.blockMin = blockMin;
    this.left = new ArrayList<>(spans);
    this.halfUsed = halfUsed;
    untilHalf = spans.stream().mapToLong(TrunkSpan::size).sum() / 2;
  }

  /// Its number, as the source knows it.
  public long number() {
    return number;
  }

  /// Says that a slot of it is being written. By the owner.
  public void hold() {
    holders.incrementAndGet();
  }

  /// The opposite of [#hold], and the end of the owner's own hold. Any thread.
  ///
  /// @return whether nobody is left: the caller must give the lot back
  public boolean letGo() {
    return holders.decrementAndGet() == 0;
  }

  /// Index of its store path.
  public int storePath() {
    return storePath;
  }

  /// Cuts a slot: from the front of the smallest piece that is large enough. A rest that is too small to be kept goes
  /// with the slot, so a slot may be larger than asked.
  ///
  /// @param slotSize bytes, header included
  /// @return empty when no piece is large enough: time for another lot
  public Optional<TrunkSpan> take(int slotSize) {
    int best = bestFit(slotSize);
    if (best < 0) {
      return Optional.empty();
    }
    TrunkSpan piece = left.get(best);
    boolean whole = piece.size() - slotSize < blockMin;
    TrunkSpan slot = whole ? piece : piece.front(slotSize);
    if (whole) {
      TrunkSpan last = left.removeLast();
      if (best < left.size()) {
        left.set(best, last);
      }
    } else {
      left.set(best, piece.behind(slotSize));
    }
    tellWhenHalfUsed(slot.size(), slotSize);
    return Optional.of(slot);
  }

  private int bestFit(int slotSize) {
    int best = -1;
    for (int i = 0; i < left.size(); i++) {
      int size = left.get(i).size();
      if (size >= slotSize && (best < 0 || size < left.get(best).size())) {
        best = i;
      }
    }
    return best;
  }

  private void tellWhenHalfUsed(int used, int slotSize) {
    boolean before = untilHalf > 0;
    untilHalf -= used;
    if (before && untilHalf <= 0 && !left.isEmpty()) {
      halfUsed.accept(slotSize);
    }
  }

  /// Whether a slot of a size can be cut.
  boolean fits(int slotSize) {
    return bestFit(slotSize) >= 0;
  }

  /// What is not cut.
  public List<TrunkSpan> rest() {
    return List.copyOf(left);
  }

  /// Takes what is not cut out of the lot, which is empty then.
  public List<TrunkSpan> drain() {
    List<TrunkSpan> rest = rest();
    left.clear();
    return rest;
  }
}
