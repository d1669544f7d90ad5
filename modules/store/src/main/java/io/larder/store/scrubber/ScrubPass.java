package io.larder.store.scrubber;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.platform.Errno;
import io.larder.protocol.disk.DataLayout;
import io.larder.protocol.fileid.LogicalName;
import io.larder.store.scrub.ContentReader;
import io.larder.store.scrub.ContentRule;
import io.larder.store.scrub.ContentRule.Logged;
import io.larder.store.scrub.NameKind;
import io.larder.store.scrub.StoppedException;
import io.larder.store.scrubber.ScrubState.Done;
import io.larder.store.scrubber.ScrubState.Pass;
import io.larder.store.scrubber.ScrubState.Sums;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One pass over a store path, directory by directory in ascending order, in each first the files of their own, then the
/// trunk files.
///
/// 1. What does not fit becomes a candidate.
/// 2. From time to time the candidates are looked at again; those that are suspect go to the list, and that is written.
/// 3. The position is written; never one behind a candidate that is not decided.
///
/// So a stop anywhere loses no suspect: the next start looks again at what came after the last position. One thread, one
/// use.
final class ScrubPass implements TrunkFileScrub.Listener {
  /// The position is written so often.
  static final long SAVE_NANOS = 30_000_000_000L;

  /// Candidates wait so long at most, because deciding reads the whole log.
  static final long SETTLE_NANOS = 600_000_000_000L;

  /// More are not gathered before they are decided.
  static final int CANDIDATES_MAX = 1000;

  private static final Logger LOGGER = LoggerFactory.getLogger(ScrubPass.class);
  private static final int DIRECTORIES = 1 << 16;
  private static final Comparator<String> ORDER =
      Comparator.comparing(NameKind::isTrunkFile)
          .thenComparingInt(name -> NameKind.isTrunkFile(name) ? name.length() : 0)
          .thenComparing(Comparator.naturalOrder());

  private final ScrubWork work;
  private final ScrubbedPath path;
  private final Disk disk;
  private final Optional<Done> last;
  private final long begun;
  private final Map<String, Candidate> candidates = new LinkedHashMap<>();
  private Pass here; // what comes next is behind it
  private Pass undecided; // the place before the first candidate
  private long savedAt;
  private long undecidedAt;
  private long files;
  private long bytes;
  private long found;

  /// @param state where it goes on, or begins
  ScrubPass(ScrubWork work, ScrubState state) {
    this.work = work;
    path = work.path();
    disk = path.disk();
    last = state.last();
    here = state.pass().orElseGet(() -> new Pass(work.clock().seconds(), 0, "", Sums.NONE));
    undecided = here;
    begun = here.begun();
    files = here.sums().files();
    bytes = here.sums().bytes();
    found = here.sums().suspects();
    savedAt = work.ticker().nanos();
  }

  /// Goes on to the end.
  ///
  /// @return what is to be remembered
  /// @throws StoppedException when it is to stop; the position is written
  /// @throws IOException when the store path cannot be listed, or nothing can be written
  ScrubState run() throws IOException {
    LogReading log = new LogReading(disk, path.base(), this::read);
    long salt = work.clock().millis() << 8 | path.index();
    try (ContentReader reader = new ContentReader(disk, this::read);
        SlotCheck slots = new SlotCheck(path, this::read);
        SlotNames names = new SlotNames(path, log, salt)) {
      FileCheck check = new FileCheck(path, reader);
      Verdicts verdicts = new Verdicts(path, check, slots, log);
      if (here.directory() == 0 && here.after().isEmpty()) {
        work.suspects().beginPass();
      }
      walk(check, names, verdicts);
      settle(verdicts);
    } catch (StoppedException e) {
      saveIfPossible();
      throw e;
    }
    return end();
  }

  private ScrubState end() throws DiskException {
    work.suspects().endPass(begun);
    work.suspects().save();
    Done done = new Done(begun, now(), new Sums(files, bytes, found));
    ScrubState state = new ScrubState(Optional.empty(), Optional.of(done));
    work.position().write(state);
    return state;
  }

  // ---- walking

  private void walk(FileCheck check, SlotNames names, Verdicts verdicts) throws IOException {
    BitSet there = directories();
    int first = here.directory();
    work.tally().beginPass(there.cardinality(), there.get(0, first).cardinality());
    int at = there.nextSetBit(first);
    while (at >= 0) {
      directory(at, at == first ? here.after() : "", check, names, verdicts);
      work.tally().directory();
      at = there.nextSetBit(at + 1);
    }
  }

  private BitSet directories() throws DiskException {
    BitSet there = new BitSet(DIRECTORIES);
    for (String outer : list(".")) {
      if (isHex(outer)) {
        work.looking().run();
        for (String inner : list(outer)) {
          if (isHex(inner)) {
            there.set(Integer.parseInt(outer, 16) << 8 | Integer.parseInt(inner, 16));
          }
        }
      }
    }
    return there;
  }

  private List<String> list(String name) throws DiskException {
    List<String> names = new ArrayList<>();
    DiskException.check(disk.list(path.handle(), name, names), "list " + path.shown(name));
    return names;
  }

  private static boolean isHex(String name) {
    return name.length() == 2
        && name.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F'));
  }

  private void directory(
      int directory, String after, FileCheck check, SlotNames names, Verdicts verdicts)
      throws IOException {
    work.looking().run();
    String relative = DataLayout.directory(directory >> 8, directory & 0xFF);
    List<String> entries = new ArrayList<>();
    int listed = disk.list(path.handle(), relative, entries);
    if (listed < 0) {
      unlisted(relative, -listed);
      return;
    }
    work.suspects().fits(path.prefix() + relative);
    entries.sort(ORDER);
    for (int i = 0; i < entries.size(); i++) {
      String entry = entries.get(i);
      boolean done = !after.isEmpty() && ORDER.compare(entry, after) <= 0;
      if (!done && FileCheck.isRead(NameKind.of(entry))) {
        work.looking().run();
        entry(directory, relative, entries, i, check, names);
        here = new Pass(begun, directory, entry, new Sums(files, bytes, found));
        look(verdicts);
      }
    }
    here = new Pass(begun, Math.min(directory + 1, DIRECTORIES - 1), "", here.sums());
    look(verdicts);
  }

  /// Of the last directory there is no next one; it is gone through again if the node stops just then.
  private void unlisted(String relative, int errno) {
    if (errno != Errno.ENOENT) {
      long now = now();
      Wrong wrong = Wrong.unreadable(errno);
      suspect(
          new Suspect(
              path.prefix() + relative, wrong.fault(), wrong.detail(), Logged.UNKNOWN, now, now));
    }
  }

  private void entry(
      int directory,
      String relative,
      List<String> entries,
      int at,
      FileCheck check,
      SlotNames names)
      throws IOException {
    String entry = entries.get(at);
    LogicalName name = path.name(relative + "/" + entry);
    if (NameKind.isTrunkFile(entry)) {
      long number = Long.parseLong(entry);
      if (number <= Integer.MAX_VALUE) {
        TrunkFileScrub.walk(path, name, names.in(directory, (int) number), this, this::read);
      }
      return;
    }
    file();
    List<String> relatives =
        NameKind.of(entry) == NameKind.PLAIN ? ContentRule.relatives(entries, at) : List.of();
    if (check.check(name, relatives).isPresent()) {
      doubtful(new Candidate.OwnFile(name));
    } else {
      work.suspects().fits(name.text());
    }
  }

  /// A clock that is set back must not make what was found older than the pass.
  private long now() {
    return Math.max(begun, work.clock().seconds());
  }

  // ---- what is met

  private void read(int count) {
    bytes += count;
    work.tally().read(count);
    work.reading().read(count);
  }

  private void file() {
    files++;
    work.tally().file();
  }

  @Override
  public void slot() {
    file();
    work.looking().run();
  }

  @Override
  public void fits(LogicalName name) {
    work.suspects().fits(name.text());
  }

  @Override
  public void doubtful(Candidate.Slot slot) {
    doubtful((Candidate) slot);
  }

  private void doubtful(Candidate candidate) {
    if (candidates.isEmpty()) {
      undecided = here;
      undecidedAt = work.ticker().nanos();
    }
    candidates.put(candidate.shown(), candidate);
  }

  private void suspect(Suspect suspect) {
    found++;
    if (work.suspects().found(suspect)) {
      LOGGER.warn(
          "suspect file: {} ({} {}); docs/operations.md says what to do",
          suspect.name(),
          suspect.fault().text(),
          suspect.detail());
    }
  }

  // ---- deciding and saving

  private void look(Verdicts verdicts) throws DiskException {
    long now = work.ticker().nanos();
    boolean waited = !candidates.isEmpty() && now - undecidedAt >= SETTLE_NANOS;
    if (waited || candidates.size() >= CANDIDATES_MAX) {
      settle(verdicts);
      save();
    } else if (now - savedAt >= SAVE_NANOS) {
      save();
    }
  }

  private void settle(Verdicts verdicts) throws DiskException {
    if (!candidates.isEmpty()) {
      verdicts.on(candidates.values(), now()).forEach(this::suspect);
      candidates.clear();
    }
  }

  /// The pass stops because its disk is gone, perhaps; then the last position counts.
  private void saveIfPossible() {
    try {
      save();
    } catch (DiskException e) {
      LOGGER.warn("position of the scrub of {} is not written: {}", path.data(), e.getMessage());
    }
  }

  /// The list first: a position says that everything before it is on the list.
  private void save() throws DiskException {
    savedAt = work.ticker().nanos();
    work.suspects().save();
    Pass position = candidates.isEmpty() ? here : undecided;
    work.position().write(new ScrubState(Optional.of(position), last));
  }
}
