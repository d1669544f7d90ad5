package io.larder.store.verify;

import io.larder.platform.DiskException;
import io.larder.platform.OpenFlags;
import io.larder.protocol.MalformedException;
import io.larder.protocol.disk.TrunkSlotHeader;
import io.larder.protocol.fileid.FileFacts;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.fileid.TrunkPlace;
import io.larder.store.names.LoggedName;
import io.larder.store.names.NameState;
import io.larder.store.scrub.ContentRule;
import io.larder.store.scrub.ContentRule.Answer;
import io.larder.store.scrub.SlotWalk;
import io.larder.store.scrub.SlotWindow;
import io.larder.store.scrub.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Checks one trunk file: its slots against the names in the log, its space against the free blocks, its content against
/// the headers (S3 §9). One thread, one file.
final class TrunkFileCheck implements SlotWalk.Visitor {
  private final StoreContext store;
  private final String relative;
  private final List<Span> reserved;
  private final SlotWindow window;
  private final Map<LogicalName, NameState> states = new HashMap<>(); // of names not visited yet
  private boolean anySlot;
  private boolean anyFree;
  private long leaked;
  private long gaps;
  private long firstGap;

  private TrunkFileCheck(
      StoreContext store, String relative, List<Span> reserved, SlotWindow window) {
    this.store = store;
    this.relative = relative;
    this.reserved = new ArrayList<>(reserved);
    this.window = window;
  }

  /// The names in a trunk file with what the log says of them.
  interface Names {
    /// The next one by offset; empty at the end. Those that are gone are among them.
    Optional<LoggedName> next();
  }

  /// Checks a trunk file.
  ///
  /// @param directory `HH/LL`
  /// @param fileName its name there
  /// @param free its free blocks by ascending offset
  /// @param names its names by ascending offset
  /// @param reserved its space that is reserved for slots
  /// @throws DiskException when it cannot be read
  static void check(
      StoreContext store,
      String directory,
      String fileName,
      Iterator<Span> free,
      Names names,
      List<Span> reserved)
      throws DiskException {
    String relative = directory + "/" + fileName;
    int flags = OpenFlags.READ | OpenFlags.NO_FOLLOW;
    int handle =
        DiskException.check(
            store.disk().open(store.data().handle(), relative, flags, 0), "open " + relative);
    Inspection inspection = store.inspection();
    try (SlotWindow window =
        new SlotWindow(store.disk(), handle, store.data().path(relative), inspection::read)) {
      TrunkFileCheck check = new TrunkFileCheck(store, relative, reserved, window);
      new SlotWalk(window, free, check.claims(directory, names), check).walk();
      check.tellGaps();
    } finally {
      store.disk().close(handle);
    }
  }

  private Iterator<SlotWalk.Claim> claims(String directory, Names names) {
    return new Iterator<>() {
      private Optional<LoggedName> next = load();

      private Optional<LoggedName> load() {
        Optional<LoggedName> name = names.next();
        while (name.isPresent() && !name.get().state().isThere()) {
          gone(directory, name.get());
          name = names.next();
        }
        return name;
      }

      @Override
      public boolean hasNext() {
        return next.isPresent();
      }

      @Override
      public SlotWalk.Claim next() {
        LoggedName logged = next.orElseThrow();
        LogicalName name = name(directory, logged);
        next = load();
        states.put(name, logged.state());
        TrunkPlace place = place(name);
        return new SlotWalk.Claim(place.offset(), place.slotSize(), name);
      }
    };
  }

  private LogicalName name(String directory, LoggedName logged) {
    return LogicalName.parse(store.prefix() + "/" + directory + "/" + logged.fileName());
  }

  private static TrunkPlace place(LogicalName name) {
    return FileFacts.of(name).flatMap(FileFacts::trunk).orElseThrow();
  }

  /// The slots of files that were deleted last are made free by the next start.
  private void gone(String directory, LoggedName logged) {
    if (store.log().isWaiting(store.index(), logged)) {
      TrunkPlace place = place(name(directory, logged));
      reserved.add(new Span(place.offset(), place.slotSize()));
    }
  }

  // ---- slots

  @Override
  public void slot(Span at, TrunkSlotHeader header, List<LogicalName> names) throws DiskException {
    anySlot = true;
    store.inspection().progress().file();
    List<LogicalName> held = new ArrayList<>();
    for (LogicalName name : names) {
      if (header.holds(name, FileFacts.of(name).orElseThrow())) {
        held.add(name);
        store.match();
      } else {
        lost(at, header, name);
      }
    }
    NameState logged =
        held.isEmpty() ? NameState.NONE : states.getOrDefault(held.getFirst(), NameState.NONE);
    names.forEach(states::remove);
    if (window.isSlot(header, at.offset())) {
      content(at, header, held, logged);
    }
  }

  private void lost(Span at, TrunkSlotHeader header, LogicalName name) {
    String there =
        header.isFree() ? "the slot is free" : "the slot " + SlotDifference.of(header, name);
    store.find(
        Check.SLOT_LOST, relative + "@" + at.offset(), name + " should be here, but " + there);
  }

  private void content(Span at, TrunkSlotHeader header, List<LogicalName> held, NameState logged)
      throws DiskException {
    boolean nobodys = held.isEmpty() && store.log().complete();
    String what = held.isEmpty() ? "a file" : held.getFirst().text();
    long begin = at.offset() + TrunkSlotHeader.SIZE;
    boolean fits =
        switch (ContentRule.ofSlot(header, logged.logged())) {
          case Answer.Nothing(ContentRule.Reason reason) -> {
            store.inspection().compared().notAtAll(reason);
            yield true;
          }
          case Answer.CompareSize(long size) -> {
            store.inspection().compared().bySize();
            link(at, window.text(begin, (int) size));
            yield true;
          }
          case Answer.CompareCrc(long size, int crc) -> crcFits(begin, size, crc);
        };
    if (!fits && reserved.stream().anyMatch(space -> space.holds(at))) {
      store.find(
          Check.SLOT_HALF_WRITTEN,
          relative + "@" + at.offset(),
          what + " was being written when the node ended, or is damaged");
    } else if (nobodys) {
      store.find(
          Check.SLOT_WITHOUT_RECORD,
          relative + "@" + at.offset(),
          "holds "
              + header.fileSize()
              + " bytes that the log does not know"
              + (fits ? "" : ", and their CRC32 does not fit"));
    } else if (!fits) {
      store.find(
          Check.CRC_DIFFERS,
          relative + "@" + at.offset(),
          "CRC32 of " + what + " is not that of its header, " + EntryCheck.hex(header.crc32()));
    }
  }

  private boolean crcFits(long begin, long size, int crc) throws DiskException {
    if (store.inspection().plan().options().sizesOnly()) {
      store.inspection().compared().bySize();
      return true;
    }
    store.inspection().compared().byCrc();
    return window.crc32(begin, size) == crc;
  }

  private void link(Span at, String target) throws DiskException {
    boolean there;
    try {
      there = store.exists(LogicalName.parse(target));
    } catch (MalformedException _) {
      there = false;
    }
    if (!there) {
      store.find(
          Check.LINK_LEADS_NOWHERE,
          relative + "@" + at.offset(),
          "leads to '" + target + "', which is gone");
    }
  }

  // ---- space

  @Override
  public void free(Span at) {
    anyFree = true;
  }

  @Override
  public void gap(Span at) {
    if (reserved.stream().noneMatch(at::overlaps)) {
      firstGap = gaps == 0 ? at.offset() : firstGap;
      leaked += at.size();
      gaps++;
    }
  }

  @Override
  public void overlap(Span one, Span other, SlotWalk.Conflict conflict) {
    Check check =
        switch (conflict) {
          case SLOTS -> Check.SLOTS_OVERLAP;
          case SLOT_AND_FREE -> Check.SLOT_IN_FREE_SPACE;
          case FREE_BLOCKS -> Check.TRUNK_BLOCKS_OVERLAP;
        };
    String both =
        switch (conflict) {
          case SLOTS -> "a slot of %d bytes, and another at %d of %d bytes";
          case SLOT_AND_FREE -> "a slot of %d bytes, and a free block at %d of %d bytes";
          case FREE_BLOCKS -> "a free block of %d bytes, and another at %d of %d bytes";
        };
    store.find(
        check,
        relative + "@" + one.offset(),
        String.format(java.util.Locale.ROOT, both, one.size(), other.offset(), other.size()));
  }

  private void tellGaps() {
    if (gaps == 0 || !store.log().freeKnown()) {
      return;
    }
    if (!anySlot && !anyFree) {
      store.find(
          Check.TRUNK_FILE_UNKNOWN, relative, "the trunk binlog does not know it, it is empty");
      return;
    }
    store.find(
        Check.TRUNK_SPACE_LEAKED,
        relative + "@" + firstGap,
        leaked
            + " bytes in "
            + gaps
            + (gaps == 1 ? " gap are" : " gaps are")
            + " neither free nor used");
  }
}
