package io.larder.store.scrubber;

import io.larder.platform.Disk;
import io.larder.platform.DiskException;
import io.larder.protocol.fileid.LogicalName;
import io.larder.store.names.NameState;
import io.larder.store.scrub.ContentRule;
import io.larder.store.scrub.NameKind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Looks again at what did not fit, and decides what is suspect.
///
/// 1. Each is read once more. What fits now, or is gone, or was changed in between, was being changed.
/// 2. Only then the log is read: what was being deleted during the second look has its deletion in the log by then,
///    because that is written first.
/// 3. Names that the log knows to be links, or renamed appenders of another size, and those that may be slaves, carry no
///    size or CRC32 of their own. A slot that no name leads to harms nobody.
///
/// One thread.
final class Verdicts {
  private final ScrubbedPath path;
  private final FileCheck files;
  private final SlotCheck slots;
  private final LogReading log;

  Verdicts(ScrubbedPath path, FileCheck files, SlotCheck slots, LogReading log) {
    this.path = path;
    this.files = files;
    this.slots = slots;
    this.log = log;
  }

  /// Decides.
  ///
  /// @param now epoch seconds
  /// @return the suspect ones
  /// @throws DiskException when the log cannot be listed
  List<Suspect> on(Collection<Candidate> candidates, long now) throws DiskException {
    Map<Candidate, Wrong> wrong = new LinkedHashMap<>();
    for (Candidate candidate : candidates) {
      again(candidate).ifPresent(found -> wrong.put(candidate, found));
    }
    if (wrong.isEmpty()) {
      return List.of();
    }
    LogLook look = LogLook.at(log, wrong.keySet());
    List<Suspect> suspects = new ArrayList<>();
    wrong.forEach((candidate, found) -> {
      LogLook.Said said = look.of(candidate);
      Optional<String> name = name(candidate, said, look.isComplete());
      if (name.isPresent() && !isExplained(candidate, found, said)) {
        suspects.add(
            new Suspect(
                name.get(), found.fault(), found.detail(), said.state().logged(), now, now));
      }
    });
    return suspects;
  }

  private Optional<Wrong> again(Candidate candidate) {
    return switch (candidate) {
      case Candidate.OwnFile(LogicalName name) -> files.check(name, relatives(name));
      case Candidate.Slot slot -> slots.check(slot);
    };
  }

  /// A directory that cannot be listed any more has no relatives to tell of; the log has.
  private List<String> relatives(LogicalName name) {
    if (NameKind.of(name) != NameKind.PLAIN) {
      return List.of();
    }
    Disk disk = path.disk();
    List<String> names = new ArrayList<>();
    disk.list(path.handle(), ScrubbedPath.directory(name.high(), name.low()), names);
    names.sort(null);
    int at = names.indexOf(name.fileName());
    return at < 0 ? List.of() : ContentRule.relatives(names, at);
  }

  private static Optional<String> name(Candidate candidate, LogLook.Said said, boolean complete) {
    boolean unnamed =
        candidate instanceof Candidate.Slot slot && slot.name().isEmpty() && said.name().isEmpty();
    return unnamed && complete
        ? Optional.empty()
        : Optional.of(said.name().map(LogicalName::text).orElse(candidate.shown()));
  }

  private static boolean isExplained(Candidate candidate, Wrong wrong, LogLook.Said said) {
    NameState state = said.state();
    boolean ofContent = wrong.fault() == Fault.CRC || wrong.fault() == Fault.SIZE;
    return state == NameState.GONE
        || (state == NameState.LINK && ofContent)
        || (state == NameState.RENAMED && wrong.fault() == Fault.SIZE)
        || (candidate instanceof Candidate.OwnFile && said.hasRelative() && ofContent);
  }
}
