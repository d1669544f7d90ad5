package io.larder.store.scrubber;

import io.larder.platform.DiskException;
import io.larder.protocol.MalformedException;
import io.larder.protocol.disk.BinlogRecord;
import io.larder.protocol.disk.BinlogRecord.Change;
import io.larder.protocol.disk.DataLayout;
import io.larder.protocol.fileid.FileFacts;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.fileid.TrunkPlace;
import io.larder.store.names.NameState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the log says of a few files, found by one reading of all of it. One thread, one use.
final class LogLook {
  /// Slaves share so many characters with their master.
  private static final int SHARED_LENGTH = "M00/00/00/".length() + FileFacts.CODED_LENGTH;

  private final Map<Candidate, Said> all = new LinkedHashMap<>();
  private final Map<String, Said> byName = new HashMap<>();
  private final Map<String, Said> byPlace = new HashMap<>();
  private final Map<String, List<Said>> byCode = new HashMap<>();
  private boolean complete;

  /// What is said of one.
  static final class Said {
    private final Candidate candidate;
    private NameState state = NameState.NONE;
    private Optional<LogicalName> name = Optional.empty();
    private boolean relative;

    private Said(Candidate candidate) {
      this.candidate = candidate;
    }

    /// What it is in the end.
    NameState state() {
      return state;
    }

    /// Of a slot that no name was known for: the name that lies there.
    Optional<LogicalName> name() {
      return name;
    }

    /// Whether there is or was another name that could be its master, so that it may be a slave.
    boolean hasRelative() {
      return relative;
    }
  }

  private LogLook() {}

  /// Reads the log.
  ///
  /// @throws DiskException when it cannot be listed
  static LogLook at(LogReading log, Collection<Candidate> candidates) throws DiskException {
    LogLook look = new LogLook();
    candidates.forEach(look::expect);
    look.complete = log.read((record, _) -> look.take(record));
    return look;
  }

  private void expect(Candidate candidate) {
    Said said = new Said(candidate);
    all.put(candidate, said);
    switch (candidate) {
      case Candidate.OwnFile(LogicalName name) -> {
        byName.put(name.text(), said);
        code(name.text())
            .ifPresent(c -> byCode.computeIfAbsent(c, _ -> new ArrayList<>()).add(said));
      }
      case Candidate.Slot slot when slot.name().isPresent() -> byName.put(slot.shown(), said);
      case Candidate.Slot slot -> byPlace.put(slot.shown(), said);
    }
  }

  private static Optional<String> code(String name) {
    return name.length() >= SHARED_LENGTH
        ? Optional.of(name.substring(0, SHARED_LENGTH))
        : Optional.empty();
  }

  private void take(BinlogRecord record) {
    Change change = record.change();
    if (change instanceof BinlogRecord.Rename(String _, String oldName)) {
      take(oldName, NameState.GONE);
    }
    take(change.name(), NameState.after(change));
  }

  private void take(String name, NameState state) {
    Said said = byName.get(name);
    if (said != null) {
      said.state = NameState.of(NameState.fold(said.state.code(), state.code()));
    }
    if (!byPlace.isEmpty()) {
      takePlace(name, state);
    }
    if (!name.endsWith(DataLayout.METADATA_SUFFIX)) {
      code(name).map(byCode::get).ifPresent(same -> same.forEach(one -> relate(one, name)));
    }
  }

  /// A longer name is a slave by its length and raises no doubt, see [io.larder.store.scrub.ContentRule].
  private static void relate(Said said, String other) {
    String name = said.candidate.shown();
    said.relative |= !other.equals(name) && other.length() <= name.length();
  }

  private void takePlace(String text, NameState state) {
    Optional<LogicalName> name = parse(text);
    Optional<TrunkPlace> place = name.flatMap(FileFacts::of).flatMap(FileFacts::trunk);
    if (name.isEmpty() || place.isEmpty()) {
      return;
    }
    Said said = byPlace.get(shown(name.get(), place.get()));
    if (said != null && state.isThere()) {
      said.name = name;
      said.state = state;
    } else if (said != null && said.name.equals(name)) {
      said.name = Optional.empty();
      said.state = state;
    }
  }

  private static String shown(LogicalName name, TrunkPlace place) {
    String directory = name.text().substring(0, name.text().length() - name.fileName().length());
    return directory + DataLayout.trunkFileName(place.trunkFileId()) + "@" + place.offset();
  }

  private static Optional<LogicalName> parse(String text) {
    try {
      return Optional.of(LogicalName.parse(text));
    } catch (MalformedException _) {
      return Optional.empty();
    }
  }

  /// What it says of one of those that were asked for.
  Said of(Candidate candidate) {
    return all.getOrDefault(candidate, new Said(candidate));
  }

  /// Whether no file and no line of it was missing.
  boolean isComplete() {
    return complete;
  }
}
