package io.larder.store.scrub;

import io.larder.platform.DiskException;
import io.larder.protocol.disk.TrunkSlotHeader;
import io.larder.protocol.fileid.LogicalName;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Walks a trunk file from its beginning to its end, slot by slot, and tells what each byte of it is for.
///
/// Three things say where something is: names that lie there (claims), blocks that are free, and the headers of slots. A
/// claim is believed before a block, a block before a header, because a header may be damaged and content may look like
/// one; what contradicts what is told. Where nothing says anything a gap is told, up to the next place where something
/// does. Everything is streamed: claims and blocks come in ascending order, nothing is kept. One thread, one file.
public final class SlotWalk {
  /// A name that lies in this trunk file.
  ///
  /// @param offset where its slot begins
  /// @param size bytes of its slot
  /// @param name the name
  public record Claim(long offset, long size, LogicalName name) {}

  /// Who wants the same bytes.
  public enum Conflict {
    /// Two slots.
    SLOTS,
    /// A slot and a free block.
    SLOT_AND_FREE,
    /// Two free blocks.
    FREE_BLOCKS
  }

  /// Takes what is found, in the order of the file.
  public interface Visitor {
    /// A used slot: its header is one, or names say that it is there.
    ///
    /// @param at its place; the size is the header's unless only names say it
    /// @param header what stands there, a slot's or not
    /// @param names the names that say they lie here; with none the header alone says it
    void slot(Span at, TrunkSlotHeader header, List<LogicalName> names) throws DiskException;

    /// A free block, or what is left of one.
    void free(Span at);

    /// Space that is neither free nor used.
    void gap(Span at);

    /// Two that want the same bytes; both are told by themselves, too.
    ///
    /// @param one what begins first
    /// @param other what begins inside it
    /// @param conflict what they are
    void overlap(Span one, Span other, Conflict conflict);
  }

  private final SlotWindow window;
  private final Iterator<Span> blocks;
  private final Iterator<Claim> claims;
  private final Visitor visitor;
  private @Nullable Span block;
  private @Nullable Claim claim;
  private long at;

  /// @param window the trunk file
  /// @param blocks the free blocks of it that are known, by ascending offset
  /// @param claims the names in it that are known, by ascending offset
  public SlotWalk(
      SlotWindow window, Iterator<Span> blocks, Iterator<Claim> claims, Visitor visitor) {
    this.window = window;
    this.blocks = blocks;
    this.claims = claims;
    this.visitor = visitor;
  }

  /// Walks to the end. What is claimed or free beyond the end of the file is told as well.
  ///
  /// @throws DiskException when the file cannot be read
  public void walk() throws DiskException {
    block = blocks.hasNext() ? blocks.next() : null;
    claim = claims.hasNext() ? claims.next() : null;
    while (at < window.size() || claim != null || block != null) {
      step();
    }
  }

  private void step() throws DiskException {
    List<Claim> here = claimsHere();
    TrunkSlotHeader header = window.header(at);
    boolean isSlot = window.isSlot(header, at);
    Span free = block;
    if (!here.isEmpty()) {
      claimedSlot(here, header, isSlot);
    } else if (isSlot) {
      slot(new Span(at, header.slotSize()), header, List.of());
    } else if (free != null && free.offset() <= at) {
      freeBlock(new Span(at, free.end() - at));
    } else {
      gap();
    }
  }

  /// Takes the names that begin here; those that began inside the slot before are told as overlaps then already.
  private List<Claim> claimsHere() {
    List<Claim> here = new ArrayList<>();
    while (claim != null && claim.offset() <= at) {
      here.add(claim);
      claim = claims.hasNext() ? claims.next() : null;
    }
    return here;
  }

  private void claimedSlot(List<Claim> here, TrunkSlotHeader header, boolean isSlot)
      throws DiskException {
    boolean fits = isSlot && here.stream().anyMatch(c -> c.size() == header.slotSize());
    long size = fits ? header.slotSize() : here.stream().mapToLong(Claim::size).max().orElse(1);
    slot(new Span(at, size), header, here.stream().map(Claim::name).toList());
  }

  private void slot(Span place, TrunkSlotHeader header, List<LogicalName> names)
      throws DiskException {
    visitor.slot(place, header, names);
    Claim next = claim;
    if (next != null && next.offset() < place.end()) {
      visitor.overlap(place, new Span(next.offset(), next.size()), Conflict.SLOTS);
    }
    // A name inside is believed more than the size of what it lies in.
    long to = next == null ? place.end() : Math.min(place.end(), next.offset());
    advance(place, to, Conflict.SLOT_AND_FREE);
  }

  private void freeBlock(Span place) {
    Claim next = claim;
    if (next == null || next.offset() >= place.end()) {
      visitor.free(place);
      block = blocks.hasNext() ? blocks.next() : null;
      advance(place, place.end(), Conflict.FREE_BLOCKS);
      return;
    }
    visitor.free(new Span(at, next.offset() - at));
    block = new Span(next.offset(), place.end() - next.offset());
    at = next.offset();
  }

  private void gap() throws DiskException {
    long end = window.size();
    Span free = block;
    Claim next = claim;
    long known = Long.MAX_VALUE;
    if (free != null) {
      known = Math.min(known, free.offset());
    }
    if (next != null) {
      known = Math.min(known, next.offset());
    }
    OptionalLong header =
        at >= end ? OptionalLong.empty() : window.nextSlot(at, Math.min(end, known));
    long to = header.orElse(known == Long.MAX_VALUE ? end : known);
    if (at < end) {
      visitor.gap(new Span(at, Math.min(to, end) - at));
    }
    at = to;
  }

  /// Moves behind what was told, and cuts off what it covers of the free blocks.
  private void advance(Span told, long to, Conflict conflict) {
    while (block != null && block.offset() < to) {
      Span covered = block;
      visitor.overlap(told, covered, conflict);
      if (covered.end() > to) {
        block = new Span(to, covered.end() - to);
        break;
      }
      block = blocks.hasNext() ? blocks.next() : null;
    }
    at = to;
  }
}
