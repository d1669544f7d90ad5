package io.larder.protocol.conf;

import io.larder.protocol.MalformedException;
import io.larder.protocol.conf.EffectiveValue.Given;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The settings of one role: command line over environment over file over default (architecture §9).
///
/// The text of a value never changes; the list of problems grows while records are read from it, each
/// problem once. For use by one thread.
public final class EffectiveSettings {
  private final ConfFile file;
  private final Overrides overrides;
  private final List<SettingsTable> tables;
  private final Set<ConfProblem> problems = new LinkedHashSet<>();

  private EffectiveSettings(ConfFile file, Overrides overrides, List<SettingsTable> tables) {
    this.file = file;
    this.overrides = overrides;
    this.tables = tables;
  }

  /// Puts the layers together and looks for everything that no table knows.
  ///
  /// @param table the table of the file
  /// @param sections tables of other rooms' sections, and of files that may be included
  public static EffectiveSettings of(
      ConfFile file, Overrides overrides, SettingsTable table, SettingsTable... sections) {
    List<SettingsTable> tables = Stream.concat(Stream.of(table), Stream.of(sections)).toList();
    var settings = new EffectiveSettings(file, overrides, tables);
    settings.problems.addAll(new SettingsInspection(file, overrides, tables).problems());
    return settings;
  }

  /// The typed value.
  ///
  /// @throws ConfException when it is malformed, or missing without a default
  public <T> T get(Setting<T> setting) {
    return find(setting).orElseThrow(() -> missing(setting));
  }

  /// The typed value, empty when there is neither a value nor a default.
  ///
  /// @throws ConfException when it is malformed
  public <T> Optional<T> find(Setting<T> setting) {
    EffectiveValue value = value(setting);
    if (value.given().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(typed(setting, value.setting(), value.given().getLast()));
  }

  /// All elements of a repeated setting.
  ///
  /// @throws ConfException when one is malformed
  public <T> List<T> list(Setting<T> setting) {
    var typed = new ArrayList<T>();
    EffectiveValue value = value(setting);
    for (Given one : value.given()) {
      typed.add(typed(setting, value.setting(), one));
    }
    return typed;
  }

  /// The text of a setting and where it came from.
  public EffectiveValue value(Setting<?> setting) {
    Setting<?> row = row(setting);
    List<Given> given = given(row);
    if (given.isEmpty() && row.fallback().isPresent()) {
      given = value(row.fallback().get()).given();
    }
    if (given.isEmpty() && row.defaultText().isPresent()) {
      given = List.of(new Given(row.defaultText().get(), new Origin.Default()));
    }
    return new EffectiveValue(row, given);
  }

  /// Every setting of every table, numbered ones as often as they are given.
  public List<EffectiveValue> values() {
    return tables.stream()
        .flatMap(table -> table.rows().stream())
        .flatMap(row -> row.isPattern() ? numbered(row) : Stream.of(row))
        .map(this::value)
        .distinct()
        .toList();
  }

  /// Whether the file has the key, even if nothing stands after the `=`.
  public boolean isWritten(Setting<?> setting) {
    return !file.items(setting.section(), setting.key()).isEmpty();
  }

  /// The name of the file, for messages and for paths relative to it.
  public String fileName() {
    return file.name();
  }

  /// All problems found so far: of the file's syntax, of its keys, and of the values read up to now.
  public List<ConfProblem> problems() {
    return Stream.concat(file.warnings().stream(), problems.stream()).distinct().toList();
  }

  /// Adds a warning about a value that is accepted in another form.
  public void warn(Setting<?> setting, String message) {
    problems.add(ConfProblem.warning(place(setting), row(setting).toString(), message));
  }

  /// An error about a value that is well formed but cannot be used.
  public ConfException refused(Setting<?> setting, String reason, String allowed) {
    EffectiveValue value = value(setting);
    String shown = value.given().isEmpty() ? "" : value.shown();
    return new ConfException(place(setting), value.setting().toString(), shown, reason, allowed);
  }

  private ConfException missing(Setting<?> setting) {
    return refused(setting, "this setting is required", row(setting).type().allowed());
  }

  private Origin place(Setting<?> setting) {
    EffectiveValue value = value(setting);
    return value.isSet() ? value.origin() : new Origin.InFile(file.name(), 0);
  }

  /// The row of the table: its default counts, whatever constant the caller holds.
  private Setting<?> row(Setting<?> setting) {
    return tables.stream()
        .flatMap(table -> table.find(setting.section(), setting.key()).stream())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no table has the setting " + setting));
  }

  private <T> T typed(Setting<T> setting, Setting<?> row, Given given) {
    try {
      T value = setting.type().reader().apply(given.text());
      setting
          .type()
          .remark()
          .apply(given.text())
          .ifPresent(
              remark -> problems.add(ConfProblem.warning(given.origin(), row.toString(), remark)));
      return value;
    } catch (IllegalArgumentException | MalformedException e) {
      return instead(setting, row, given, String.valueOf(e.getMessage()));
    }
  }

  private <T> T instead(Setting<T> setting, Setting<?> row, Given given, String reason) {
    String shown = row.isSecret() ? "(hidden)" : given.text();
    boolean usesDefault = given.origin() instanceof Origin.Default;
    if (!row.isLenient() || usesDefault || row.defaultText().isEmpty()) {
      String hint =
          given.text().indexOf('#') > 0 ? reason + "; a '#' after a value is part of it" : reason;
      throw new ConfException(
          given.origin(), row.toString(), shown, hint, setting.type().allowed());
    }
    String text = row.defaultText().get();
    problems.add(
        ConfProblem.warning(
            given.origin(),
            row.toString(),
            "'" + shown + "' is refused (" + reason + "): the default " + text + " is used"));
    return typed(setting, row, new Given(text, new Origin.Default()));
  }

  /// What the layers above the default say; an empty text says nothing.
  private List<Given> given(Setting<?> row) {
    List<Given> layer =
        Stream.of(fromCommandLine(row), fromEnvironment(row), fromFile(row), fromOldNames(row))
            .map(all -> all.stream().filter(given -> !given.text().isEmpty()).toList())
            .filter(all -> !all.isEmpty())
            .findFirst()
            .orElse(List.of());
    return row.isRepeated() || layer.isEmpty() ? layer : List.of(layer.getLast());
  }

  private List<Given> fromCommandLine(Setting<?> row) {
    return overrides.commandLine().stream()
        .filter(o -> o.setting().section().equals(row.section()))
        .filter(o -> o.setting().key().equals(row.key()))
        .flatMap(o -> o.texts().stream().map(t -> new Given(t, new Origin.CommandLine(o.option()))))
        .toList();
  }

  private List<Given> fromEnvironment(Setting<?> row) {
    Map<String, String> environment = overrides.environment();
    return tables.stream()
        .filter(table -> table.find(row.section(), row.key()).isPresent())
        .map(table -> table.environmentName(row))
        .filter(environment::containsKey)
        .flatMap(name -> {
          String text = environment.getOrDefault(name, "").trim();
          List<String> texts = row.isRepeated() ? Commas.split(text) : List.of(text);
          return texts.stream().map(t -> new Given(t, new Origin.Environment(name)));
        })
        .toList();
  }

  private List<Given> fromFile(Setting<?> row) {
    return given(row, file.items(row.section(), row.key()));
  }

  private List<Given> fromOldNames(Setting<?> row) {
    return tables.stream()
        .flatMap(table -> table.obsolete().stream())
        .filter(
            old -> old.replacement().filter(to -> to.covers(row.section(), row.key())).isPresent())
        .map(old -> given(row, file.items("", old.key())))
        .flatMap(Collection::stream)
        .toList();
  }

  /// The last item counts, unless the setting may be repeated.
  private static List<Given> given(Setting<?> row, List<ConfItem> items) {
    List<ConfItem> counting =
        row.isRepeated() || items.isEmpty() ? items : List.of(items.getLast());
    return counting.stream().map(item -> new Given(item.value(), item.at())).toList();
  }

  /// The numbers of a row with `#` that any layer mentions.
  private Stream<Setting<?>> numbered(Setting<?> row) {
    var found = new TreeMap<String, Setting<?>>();
    for (ConfItem item : file.items()) {
      if (row.covers(item.section(), item.key())) {
        Setting<?> one = row.named(item.section(), item.key());
        found.put(one.toString(), one);
      }
    }
    for (Overrides.FromOption option : overrides.commandLine()) {
      Setting<?> setting = option.setting();
      if (row.covers(setting.section(), setting.key())) {
        Setting<?> one = row.named(setting.section(), setting.key());
        found.put(one.toString(), one);
      }
    }
    for (SettingsTable table : tables) {
      for (Setting<?> one : table.numberedInEnvironment(row, overrides.environment().keySet())) {
        found.put(one.toString(), one);
      }
    }
    return List.copyOf(found.values()).stream();
  }
}
