package io.larder.store.scrubber;

import io.larder.platform.DiskException;
import io.larder.protocol.MalformedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The suspect files of a store path, each once. Those that are found right again leave the list at once, those that are
/// gone at the end of a pass. Any thread; [#save] one at a time.
final class Suspects {
  /// So many are listed; a disk that is dying has no more to say.
  static final int LISTED_MAX = 10_000;

  private static final Logger LOGGER = LoggerFactory.getLogger(Suspects.class);

  private final SuspectFile file;
  private final int listedMax;
  private final Map<String, Suspect> byName = new LinkedHashMap<>(); // guarded by this
  private long more; // guarded by this
  private boolean changed; // guarded by this

  private Suspects(SuspectFile file, int listedMax) {
    this.file = file;
    this.listedMax = listedMax;
  }

  /// Reads the list that there is. One of another form says nothing and is written anew.
  ///
  /// @throws DiskException when the disk fails
  static Suspects load(SuspectFile file, int listedMax) throws DiskException {
    Suspects loaded = new Suspects(file, listedMax);
    try {
      SuspectFile.Content content = file.read();
      content.suspects().forEach(suspect -> loaded.byName.put(suspect.name(), suspect));
      loaded.more = content.more();
    } catch (MalformedException e) {
      LOGGER.warn("{} is passed over: {}", SuspectFile.NAME, e.getMessage());
    }
    return loaded;
  }

  /// Puts one on the list, or renews it.
  ///
  /// @return whether it is new
  synchronized boolean found(Suspect suspect) {
    Suspect before = byName.get(suspect.name());
    if (before == null && byName.size() >= listedMax) {
      more++;
    } else {
      byName.put(suspect.name(), before == null ? suspect : before.again(suspect));
    }
    changed = true;
    return before == null;
  }

  /// Takes one off that is as it should be, if it is on the list.
  synchronized void fits(String name) {
    changed |= byName.remove(name) != null;
  }

  /// A pass begins: what is not listed is counted anew.
  synchronized void beginPass() {
    changed |= more > 0;
    more = 0;
  }

  /// A pass is over: what it did not find any more is gone.
  ///
  /// @param begun when it began, epoch seconds
  synchronized void endPass(long begun) {
    changed |= byName.values().removeIf(suspect -> suspect.lastSeen() < begun);
  }

  /// All that are listed.
  synchronized List<Suspect> all() {
    return new ArrayList<>(byName.values());
  }

  /// How many there are, listed or not.
  synchronized long count() {
    return byName.size() + more;
  }

  /// Writes the list if it changed.
  ///
  /// @throws DiskException when it cannot be written; it is tried again with the next call
  void save() throws DiskException {
    SuspectFile.Content content;
    synchronized (this) {
      if (!changed) {
        return;
      }
      content = new SuspectFile.Content(new ArrayList<>(byName.values()), more);
      changed = false;
    }
    try {
      file.write(content);
    } catch (DiskException e) {
      synchronized (this) {
        changed = true;
      }
      throw e;
    }
  }
}
