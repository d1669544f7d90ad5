package io.larder.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.disk.BinlogRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/// Random sequences of operations against a map: the same answers, the same bytes, and a binlog that tells which files
/// are there.
class StoreProperties {
  /// What a client believes is stored.
  private static final class Model {
    private final Map<String, String> files = new TreeMap<>();
    private final Map<String, String> metadata = new TreeMap<>();
    private final Set<String> appenders = new HashSet<>();

    Optional<String> pick(int choice) {
      List<String> names = new ArrayList<>(files.keySet());
      return names.isEmpty() ? Optional.empty() : Optional.of(names.get(choice % names.size()));
    }
  }

  @Property(tries = 25)
  void answersAndContentAreThoseOfAMap(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 0, max = 100_000) Integer> choices)
      throws IOException {
    Path folder = Files.createTempDirectory("store-properties");
    Model model = new Model();
    try (StoreRig rig = StoreRig.open(folder, StoreRig.disk(), 2)) {
      for (int choice : choices) {
        step(rig, model, choice);
      }
      assertSame(rig, model);
    }
    try (StoreRig again = StoreRig.open(folder, StoreRig.disk(), 2)) {
      assertSame(again, model);
    } finally {
      remove(folder);
    }
  }

  private static void step(StoreRig rig, Model model, int choice) {
    int detail = choice / 16;
    String content = "content " + detail;
    String name = model.pick(detail).orElse("");
    switch (choice % 16) {
      case 0, 1, 2 -> model.files.put(rig.stored(StoreRig.plain(), content), content);
      case 3, 4, 5 -> {
        String stored = rig.stored(StoreRig.appender(), content);
        model.files.put(stored, content);
        model.appenders.add(stored);
      }
      default -> {
        if (!name.isEmpty()) {
          stepOn(rig, model, choice % 16, name, detail);
        }
      }
    }
  }

  private static void stepOn(StoreRig rig, Model model, int operation, String name, int detail) {
    String old = model.files.getOrDefault(name, "");
    int place = detail % (old.length() + 3);
    boolean appender = model.appenders.contains(name);
    switch (operation) {
      case 6, 7 ->
          changed(model, name, appender, rig.append(name, "+" + detail), old + "+" + detail);
      case 8, 9 -> {
        boolean inside = place <= old.length();
        String end = place + 2 < old.length() ? old.substring(place + 2) : "";
        String expected = inside ? old.substring(0, place) + "!!" + end : old;
        changed(model, name, appender && inside, rig.modify(name, place, "!!"), expected);
      }
      case 10 -> {
        String expected =
            place <= old.length()
                ? old.substring(0, place)
                : old + "\0".repeat(place - old.length());
        changed(model, name, appender, rig.truncate(name, place), expected);
      }
      case 11 -> {
        Asked.Outcome outcome = rig.regenerate(name);
        assertThat(outcome.status()).isEqualTo(appender ? 0 : 22);
        if (appender) {
          model.files.remove(name);
          model.appenders.remove(name);
          model.metadata.remove(name);
          model.files.put(outcome.name(), old);
        }
      }
      case 12 -> {
        String items = "k\u0002" + detail;
        assertThat(rig.setMetadata(name, SetMetadata.Mode.OVERWRITE, items).status()).isZero();
        model.metadata.put(name, items);
      }
      case 13 -> slave(rig, model, name, detail);
      default -> {
        assertThat(rig.delete(name).status()).isZero();
        assertThat(rig.delete(name).status()).isEqualTo(2);
        model.files.remove(name);
        model.metadata.remove(name);
        model.appenders.remove(name);
      }
    }
  }

  private static void slave(StoreRig rig, Model model, String master, int detail) {
    if (master.length() > 60) {
      return; // names have an end
    }
    Asked.Outcome outcome = rig.slave(master, "_" + detail % 3, "jpg", "slave");
    String name = outcome.name();
    if (outcome.status() == 0) {
      assertThat(model.files).doesNotContainKey(name);
      model.files.put(name, "slave");
      if (model.appenders.contains(master)) {
        model.appenders.add(name);
      }
    } else {
      assertThat(outcome.status()).isIn(17, 22);
    }
  }

  private static void changed(
      Model model, String name, boolean allowed, Asked.Outcome outcome, String expected) {
    assertThat(outcome.status()).isEqualTo(allowed ? 0 : 22);
    if (allowed) {
      model.files.put(name, expected);
    }
  }

  private static void assertSame(StoreRig rig, Model model) throws IOException {
    model.files.forEach((name, content) -> assertThat(rig.read(name)).as(name).isEqualTo(content));
    model.metadata.forEach(
        (name, items) -> assertThat(rig.metadata(name).text()).as(name).isEqualTo(items));
    assertThat(rig.files().stream().filter(file -> !file.endsWith("-m")))
        .hasSize(model.files.size());
    assertThat(filesByTheBinlog(rig)).isEqualTo(model.files.keySet());
  }

  /// The files that a peer would have after it replayed the binlog.
  private static Set<String> filesByTheBinlog(StoreRig rig) throws IOException {
    Set<String> names = new TreeSet<>();
    for (String line :
        Files.readAllLines(
            rig.folder.resolve("data/sync/binlog.000"), StandardCharsets.ISO_8859_1)) {
      switch (BinlogRecord.parse(line).change()) {
        case BinlogRecord.Create create when !create.name().endsWith("-m") ->
            assertThat(names.add(create.name())).isTrue();
        case BinlogRecord.Delete delete when !delete.name().endsWith("-m") ->
            assertThat(names.remove(delete.name())).isTrue();
        case BinlogRecord.Rename rename -> {
          assertThat(names.remove(rename.oldName())).isTrue();
          assertThat(names.add(rename.name())).isTrue();
        }
        case BinlogRecord.Change change when change.name().endsWith("-m") -> {}
        case BinlogRecord.Change change -> assertThat(names).contains(change.name());
      }
    }
    return names;
  }

  private static void remove(Path folder) throws IOException {
    try (var tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
