package io.larder.conformance.kill;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// What one client has asked for and what it was answered. Belongs to that client; between rounds to the check.
final class Journal {
  /// Deleted names that are remembered; for older ones the names on the disk speak.
  private static final int DELETED_MAX = 300;

  private final List<KnownFile> files = new ArrayList<>();
  private final List<Birth> unanswered = new ArrayList<>();
  private final Deque<String> deleted = new ArrayDeque<>();

  /// A file whose name the node will tell is going to be asked for.
  Birth announce(KnownFile.Kind kind, byte[] content, Optional<KnownFile> from) {
    Birth birth = new Birth(kind, content, from);
    unanswered.add(birth);
    return birth;
  }

  /// It was answered, or found.
  KnownFile born(Birth birth, String name) {
    unanswered.remove(birth);
    KnownFile file = birth.named(name);
    files.add(file);
    return file;
  }

  /// It was refused, so it must not be found.
  void refused(Birth birth) {
    unanswered.remove(birth);
  }

  /// A file whose name is known beforehand is going to be asked for.
  KnownFile announceNamed(String name, KnownFile.Kind kind, byte[] content) {
    KnownFile file = new KnownFile(name, kind, Optional.empty(), Version.GONE);
    file.begins("creation", Version.of(content));
    files.add(file);
    deleted.remove(name);
    return file;
  }

  /// Files that are, or may be, there.
  List<KnownFile> files() {
    return files;
  }

  /// Files that were asked for without an answer.
  List<Birth> unanswered() {
    return unanswered;
  }

  /// Names that must not be found any more, the last ones.
  List<String> deleted() {
    return List.copyOf(deleted);
  }

  boolean knows(String name) {
    return files.stream().anyMatch(file -> file.name().equals(name));
  }

  /// The deletion was answered.
  void forget(KnownFile file) {
    files.remove(file);
    deleted.addLast(file.name());
    if (deleted.size() > DELETED_MAX) {
      deleted.removeFirst();
    }
  }

  /// After the check: what is not there now must not come later.
  void settled() {
    unanswered.clear();
    files.stream().filter(file -> file.now().isGone()).toList().forEach(this::forget);
  }
}
