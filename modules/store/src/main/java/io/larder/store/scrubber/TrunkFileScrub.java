package io.larder.store.scrubber;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.Errno;
import io.larder.platform.OpenFlags;
import io.larder.protocol.disk.TrunkSlotHeader;
import io.larder.protocol.fileid.FileFacts;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.fileid.TrunkPlace;
import io.larder.store.scrub.ContentRule;
import io.larder.store.scrub.ContentRule.Answer;
import io.larder.store.scrub.ContentRule.Logged;
import io.larder.store.scrub.SlotWalk;
import io.larder.store.scrub.SlotWindow;
import io.larder.store.scrub.Span;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// Walks one trunk file of a store path at work and picks out what does not fit: slots whose content has another CRC32 than
/// their header, and names of the log whose slot has another header. All of it is looked at again later, because slots are
/// given up and used again meanwhile. One thread, one file.
final class TrunkFileScrub implements SlotWalk.Visitor {
  private final ScrubbedPath path;
  private final LogicalName trunkFile;
  private final Iterator<LogicalName> names;
  private final Listener listener;
  private final SlotWindow window;
  private final Deque<LogicalName> ahead = new ArrayDeque<>(); // taken from the names, not met yet

  /// Hears of the slots.
  interface Listener {
    /// A slot was looked at.
    void slot();

    /// It fits its name.
    void fits(LogicalName name);

    /// Something does not fit.
    void doubtful(Candidate.Slot slot);
  }

  private TrunkFileScrub(
      ScrubbedPath path,
      LogicalName trunkFile,
      Iterator<LogicalName> names,
      Listener listener,
      SlotWindow window) {
    this.path = path;
    this.trunkFile = trunkFile;
    this.names = names;
    this.listener = listener;
    this.window = window;
  }

  /// Walks a trunk file.
  ///
  /// @param names its names by ascending offset; all are taken
  /// @param reading told after each read
  static void walk(
      ScrubbedPath path,
      LogicalName trunkFile,
      Iterator<LogicalName> names,
      Listener listener,
      SlotWindow.Reading reading) {
    Disk disk = path.disk();
    String relative = trunkFile.trueName();
    int handle = disk.open(path.handle(), relative, OpenFlags.READ | OpenFlags.NO_FOLLOW, 0);
    if (handle < 0) {
      boolean gone = handle == -Errno.ENOENT;
      names.forEachRemaining(name -> {
        if (!gone) {
          listener.doubtful(slot(trunkFile, name));
        }
      });
      return;
    }
    try (SlotWindow window = new SlotWindow(disk, handle, path.shown(relative), reading)) {
      new TrunkFileScrub(path, trunkFile, names, listener, window).walk();
    } catch (DiskException _) {
      names.forEachRemaining(name -> listener.doubtful(slot(trunkFile, name)));
    } finally {
      disk.close(handle);
    }
  }

  private static Candidate.Slot slot(LogicalName trunkFile, LogicalName name) {
    return new Candidate.Slot(trunkFile, place(name).offset(), Optional.of(name));
  }

  private static TrunkPlace place(LogicalName name) {
    return FileFacts.of(name).flatMap(FileFacts::trunk).orElseThrow();
  }

  private void walk() {
    try {
      new SlotWalk(window, Collections.emptyIterator(), claims(), this).walk();
    } catch (DiskException _) {
      // One bad place hides the rest of the file from the walk, so all names that are left are
      // looked at one by one.
      ahead.forEach(name -> listener.doubtful(slot(trunkFile, name)));
      names.forEachRemaining(name -> listener.doubtful(slot(trunkFile, name)));
    }
  }

  private Iterator<SlotWalk.Claim> claims() {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return names.hasNext();
      }

      @Override
      public SlotWalk.Claim next() {
        LogicalName name = names.next();
        ahead.add(name);
        TrunkPlace place = place(name);
        return new SlotWalk.Claim(place.offset(), place.slotSize(), name);
      }
    };
  }

  @Override
  public void slot(Span at, TrunkSlotHeader header, List<LogicalName> claimed)
      throws DiskException {
    listener.slot();
    Optional<LogicalName> held =
        claimed.stream()
            .filter(name -> header.holds(name, FileFacts.of(name).orElseThrow()))
            .findFirst();
    boolean fits = !window.isSlot(header, at.offset()) || contentFits(at, header);
    for (LogicalName name : claimed) {
      if (fits && held.equals(Optional.of(name))) {
        listener.fits(name);
      } else {
        listener.doubtful(slot(trunkFile, name));
      }
    }
    if (!fits && claimed.isEmpty()) {
      listener.doubtful(new Candidate.Slot(trunkFile, at.offset(), Optional.empty()));
    }
    ahead.removeAll(claimed);
  }

  private boolean contentFits(Span at, TrunkSlotHeader header) throws DiskException {
    return !(ContentRule.ofSlot(header, Logged.UNKNOWN)
            instanceof Answer.CompareCrc(long size, int crc))
        || window.crc32(at.offset() + TrunkSlotHeader.SIZE, size) == crc;
  }

  @Override
  public void free(Span at) {}

  @Override
  public void gap(Span at) {}

  @Override
  public void overlap(Span one, Span other, SlotWalk.Conflict conflict) {}

  /// For messages.
  @Override
  public String toString() {
    return path.shown(trunkFile.trueName());
  }
}
