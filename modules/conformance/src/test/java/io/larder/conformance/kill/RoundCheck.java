package io.larder.conformance.kill;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Compares a node that has just started with the journals of the clients. Afterwards nothing is in doubt any more: what was found
/// is what must be there from now on.
final class RoundCheck {
  private static final String METADATA = "-m";
  private static final int WEB_ONE_IN = 4;

  private final List<Journal> journals;
  private final NodeFolder folder;
  private final Node node;
  private final Random random;
  private final long since;
  private final List<String> problems = new ArrayList<>();
  private int adopted;

  /// @param since epoch second before which nothing was written
  RoundCheck(List<Journal> journals, NodeFolder folder, Node node, Random random, long since) {
    this.journals = journals;
    this.folder = folder;
    this.node = node;
    this.random = random;
    this.since = since;
  }

  /// Looks at everything.
  ///
  /// @return what is wrong
  List<String> run() throws IOException {
    LoggedNames logged = LoggedNames.read(folder.binlog());
    Map<String, Boolean> onDisk = folder.names();
    folder.staged().forEach(file -> problems.add("left in staging: " + file));
    Slots.in(folder, since)
        .torn()
        .forEach(slot -> problems.add("half-written slot with a header: " + slot));
    for (Journal journal : journals) {
      for (KnownFile file : journal.files()) {
        check(file, logged);
      }
      for (String name : journal.deleted()) {
        if (!node.look(name).isGone()) {
          problems.add("deleted, and there again: " + name);
        }
      }
    }
    strays(onDisk, logged);
    journals.forEach(this::checkRenamed);
    checkMetadataNames(onDisk.keySet());
    checkLog(logged);
    journals.forEach(Journal::settled);
    return problems;
  }

  /// Files that were in doubt, had no name yet, and are there.
  int adopted() {
    return adopted;
  }

  private void check(KnownFile file, LoggedNames logged) throws IOException {
    String expected = file.toString();
    boolean made = !file.wasThere();
    Version found = node.look(file.name());
    if (!file.settles(found)) {
      problems.add("expected " + expected + "\n    found " + found);
    } else if (!found.isGone() && random.nextInt(WEB_ONE_IN) == 0) {
      if (!Arrays.equals(node.webContent(file.name()), found.content())) {
        problems.add("HTTP serves other bytes of " + file);
      }
    }
    if (made && !found.isGone()) {
      adopt(file, logged);
    }
  }

  /// Whatever has a name that no client was told is a whole file that one has asked for in the last round.
  private void strays(Map<String, Boolean> onDisk, LoggedNames logged) throws IOException {
    Set<String> strays = new TreeSet<>(onDisk.keySet());
    strays.addAll(logged.live());
    strays.removeIf(name -> name.endsWith(METADATA));
    files().forEach(file -> strays.remove(file.name()));
    for (String name : strays) {
      Version found = node.look(name);
      if (found.isGone() || !found.metadata().isEmpty() || !adopt(name, found, onDisk, logged)) {
        problems.add(
            "a name that nobody was told, of no file that was asked for: " + name + " " + found);
      }
    }
  }

  private boolean adopt(
      String name, Version found, Map<String, Boolean> onDisk, LoggedNames logged) {
    for (boolean renamed : new boolean[] {true, false}) {
      for (Journal journal : journals) {
        Optional<Birth> birth =
            journal.unanswered().stream()
                .filter(asked -> asked.replaced().isPresent() == renamed)
                .filter(asked -> fits(asked, name, found, onDisk))
                .findAny();
        if (birth.isPresent()) {
          adopt(journal.born(birth.get(), name), logged);
          return true;
        }
      }
    }
    return false;
  }

  private void adopt(KnownFile file, LoggedNames logged) {
    if (!logged.live().contains(file.name())) {
      file.foundUnlogged();
    }
    adopted++;
  }

  private static boolean fits(
      Birth asked, String name, Version found, Map<String, Boolean> onDisk) {
    KnownFile file = asked.named(name);
    boolean appender = asked.kind() == KnownFile.Kind.APPENDER;
    boolean link = asked.kind() == KnownFile.Kind.LINK;
    boolean moved = asked.replaced().map(old -> old.now().isGone()).orElse(true);
    return moved
        && file.now().sameAs(found)
        && file.isChangeable() == appender
        && (file.isPacked() || onDisk.getOrDefault(name, !link) == link);
  }

  /// An appender in doubt has its old name or its new one. A new one beside the old one fits no birth, so it is a stray.
  private void checkRenamed(Journal journal) {
    for (Birth asked : journal.unanswered()) {
      asked
          .replaced()
          .filter(old -> old.now().isGone())
          .ifPresent(old -> problems.add("neither under its old name nor under a new one: " + old));
    }
  }

  private void checkMetadataNames(Set<String> onDisk) {
    Set<String> expected = new TreeSet<>();
    files()
        .filter(file -> !file.now().metadata().isEmpty())
        .forEach(file -> expected.add(file.name() + METADATA));
    Set<String> found = new TreeSet<>();
    onDisk.stream().filter(name -> name.endsWith(METADATA)).forEach(found::add);
    if (!found.equals(expected)) {
      problems.add("metadata " + onlyIn(found, expected) + " without a file that has them");
    }
  }

  /// What the records tell is what is there, but for whole files that nobody was told of.
  private void checkLog(LoggedNames logged) {
    Set<String> expected = new TreeSet<>();
    Set<String> unlogged = new TreeSet<>();
    files()
        .filter(file -> !file.now().isGone())
        .forEach(file -> {
          (file.isUnlogged() ? unlogged : expected).add(file.name());
          if (!file.now().metadata().isEmpty()) {
            expected.add(file.name() + METADATA);
          }
        });
    Set<String> told = onlyIn(logged.live(), unlogged);
    onlyIn(expected, told).forEach(name -> problems.add("there, and not in the binlog: " + name));
    onlyIn(told, expected).forEach(name -> problems.add("in the binlog, and not there: " + name));
  }

  private Stream<KnownFile> files() {
    return journals.stream().flatMap(journal -> journal.files().stream());
  }

  private static Set<String> onlyIn(Set<String> some, Set<String> others) {
    Set<String> only = new TreeSet<>(some);
    only.removeAll(others);
    return only;
  }
}
