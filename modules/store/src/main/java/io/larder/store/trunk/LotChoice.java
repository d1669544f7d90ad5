package io.larder.store.trunk;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Chooses the pieces of one lot.
///
/// Holes first, so that space of deleted files is used again: free blocks that hold the slot asked for and are smaller
/// than the lot, the best fitting first, at most [#PIECES_MAX]. Then a fresh piece from the front of the best fitting
/// large block. If both are not enough, a new trunk file is needed; as many holes as may be taken always are, or else the
/// space of small files that come and go would hardly be used again.
///
/// Pure. Owner: the thread that makes the lot.
final class LotChoice {
  /// Most holes in a lot.
  static final int PIECES_MAX = 256;

  private static final int SINGLE_ABOVE = 1 << 20;
  private static final int SLOTS_LEAST = 16;
  private static final int BYTES_MAX = 16 << 20;

  private final TrunkParameters parameters;
  private final int slotSize;
  private final int bytes;
  private final List<TrunkSpan> spans = new ArrayList<>();
  private int found;

  /// @param slotSize bytes of the slot for which the lot is made
  /// @param lotBytes bytes of a usual lot, see [LotSize]
  LotChoice(TrunkParameters parameters, int slotSize, int lotBytes) {
    this.parameters = parameters;
    this.slotSize = slotSize;
    bytes = bytes(lotBytes);
  }

  /// At least 16 slots, at most 16 MiB and half a trunk file; a slot of more than 1 MiB is a lot by itself.
  private int bytes(int lotBytes) {
    if (slotSize > SINGLE_ABOVE) {
      return slotSize;
    }
    int wanted = Math.min(BYTES_MAX, Math.max(lotBytes, SLOTS_LEAST * slotSize));
    return parameters.roundUp(Math.max(slotSize, Math.min(wanted, parameters.fileBytes() / 2)));
  }

  /// Bytes that the lot is to have, about.
  int bytes() {
    return bytes;
  }

  /// Takes what there is and is still missing.
  ///
  /// @return what left the free space, in order
  List<FreeSpace.Taken> take(FreeSpace space) {
    List<FreeSpace.Taken> taken = new ArrayList<>();
    Optional<FreeSpace.Taken> next = nextHole(space);
    while (next.isPresent()) {
      keep(next.get(), taken);
      next = nextHole(space);
    }
    if (found < bytes) {
      space.allocate(fresh()).ifPresent(piece -> keep(piece, taken));
    }
    return taken;
  }

  private Optional<FreeSpace.Taken> nextHole(FreeSpace space) {
    return found < bytes && spans.size() < PIECES_MAX
        ? space.takeHole(slotSize, bytes)
        : Optional.empty();
  }

  private void keep(FreeSpace.Taken piece, List<FreeSpace.Taken> taken) {
    taken.add(piece);
    spans.add(piece.part());
    found += piece.part().size();
  }

  /// Size of a piece that makes the lot whole.
  int fresh() {
    return parameters.roundUp(Math.max(slotSize, bytes - found));
  }

  /// Whether a new trunk file is needed: less than half of the lot was found, and fewer holes than may be taken.
  boolean needsFile() {
    return found < bytes / 2 && spans.size() < PIECES_MAX;
  }

  /// The pieces taken so far.
  List<TrunkSpan> spans() {
    return List.copyOf(spans);
  }
}
