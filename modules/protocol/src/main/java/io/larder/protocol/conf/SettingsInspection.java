package io.larder.protocol.conf;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Looks at every key of a file and every variable of the environment and tells what no record will
/// read: unknown, misplaced, obsolete, repeated and ignored ones, each once.
final class SettingsInspection {
  /// Sections of rooms that may not be part of a run; their keys are left to the rooms' own tables.
  private static final Set<String> SECTIONS_OF_ROOMS = Set.of("http");

  private final ConfFile file;
  private final Overrides overrides;
  private final List<SettingsTable> tables;
  private final List<ConfProblem> problems = new ArrayList<>();

  SettingsInspection(ConfFile file, Overrides overrides, List<SettingsTable> tables) {
    this.file = file;
    this.overrides = overrides;
    this.tables = tables;
  }

  List<ConfProblem> problems() {
    Set<String> seen = new HashSet<>();
    for (ConfItem item : file.items()) {
      if (seen.add(item.section() + "/" + item.key())) {
        inspect(item);
      }
    }
    overrides.environment().keySet().stream().sorted().forEach(this::inspectVariable);
    return problems;
  }

  private void inspect(ConfItem item) {
    Optional<Setting<?>> row = row(item.section(), item.key());
    if (row.isPresent()) {
      inspectKnown(row.get(), file.items(item.section(), item.key()));
      return;
    }
    Optional<ObsoleteSetting> old =
        tables.stream()
            .flatMap(t -> t.findObsolete(item.section(), item.key()).stream())
            .findFirst();
    if (old.isPresent()) {
      problems.add(ConfProblem.warning(item.at(), item.key(), aboutObsolete(old.get())));
    } else if (isKnownSection(item.section()) || !SECTIONS_OF_ROOMS.contains(item.section())) {
      problems.add(ConfProblem.warning(item.at(), shown(item), aboutUnknown(item)));
    }
  }

  private void inspectKnown(Setting<?> row, List<ConfItem> items) {
    ConfItem last = items.getLast();
    if (!row.isRepeated()) {
      for (ConfItem earlier : items.subList(0, items.size() - 1)) {
        problems.add(
            ConfProblem.note(
                earlier.at(),
                row.toString(),
                "given again at " + last.at() + ": the last one counts"));
      }
    }
    boolean saysNothing = last.value().isEmpty() || isDefault(row, last.value());
    if (row.effect() == Setting.Effect.IGNORED && !saysNothing) {
      problems.add(
          ConfProblem.note(last.at(), row.toString(), "has no effect in Larder: " + row.reason()));
    }
  }

  private static <T> boolean isDefault(Setting<T> row, String text) {
    if (row.defaultText().isEmpty()) {
      return false;
    }
    try {
      T value = row.type().reader().apply(text);
      return value.equals(row.type().reader().apply(row.defaultText().get()));
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private String aboutObsolete(ObsoleteSetting old) {
    Optional<ConfItem> taken =
        old.replacement().flatMap(to -> file.items(to.section(), to.key()).stream().findFirst());
    String era = "obsolete name of FastDFS 4.06 to 6.13: ";
    return taken
        .map(item ->
            era
                + "not read because "
                + old.replacement().orElseThrow()
                + " is given at "
                + item.at())
        .orElse(era + old.advice());
  }

  private String aboutUnknown(ConfItem item) {
    if (!item.section().isEmpty() && row("", item.key()).isPresent()) {
      return "a global setting inside section ["
          + item.section()
          + "] is not read; move it above the first section header";
    }
    Optional<Setting<?>> elsewhere = rows().filter(row -> row.coversKey(item.key())).findFirst();
    if (elsewhere.isPresent()) {
      return "not read here; it belongs into section [" + elsewhere.get().section() + "]";
    }
    if (!isKnownSection(item.section())) {
      return "section [" + item.section() + "] is unknown, its settings are not read";
    }
    List<String> keys =
        rows().filter(row -> row.coversSection(item.section())).map(Setting::key).toList();
    return "unknown setting, not read" + suggestion(item.key(), keys);
  }

  private static String suggestion(String word, List<String> known) {
    return Spelling.nearest(word, known).map(near -> "; did you mean " + near + "?").orElse("");
  }

  private void inspectVariable(String variable) {
    boolean known =
        tables.stream().anyMatch(table -> table.findByEnvironmentName(variable).isPresent());
    if (known || guarded().noneMatch(variable::startsWith)) {
      return;
    }
    List<String> names =
        tables.stream()
            .flatMap(table -> table.rows().stream().map(table::environmentName))
            .toList();
    problems.add(
        ConfProblem.warning(
            new Origin.Environment(variable),
            variable,
            "no setting has this name" + suggestion(variable, names)));
  }

  /// Beginnings of variables that can only be meant for these tables.
  private Stream<String> guarded() {
    return tables.stream()
        .flatMap(table ->
            Stream.concat(
                Stream.of(table.environmentPrefix()),
                table.rows().stream()
                    .filter(row -> !row.section().isEmpty() && !row.isPattern())
                    .map(row -> SettingsTable.sectionPrefix(row.section()))))
        .filter(prefix -> !prefix.equals(SettingsTable.PREFIX))
        .distinct();
  }

  private Stream<Setting<?>> rows() {
    return tables.stream().flatMap(table -> table.rows().stream());
  }

  private Optional<Setting<?>> row(String section, String key) {
    return tables.stream().flatMap(table -> table.find(section, key).stream()).findFirst();
  }

  private boolean isKnownSection(String section) {
    return section.isEmpty() || rows().anyMatch(row -> row.coversSection(section));
  }

  private static String shown(ConfItem item) {
    return item.section().isEmpty() ? item.key() : "[" + item.section() + "] " + item.key();
  }
}
