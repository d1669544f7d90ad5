package io.larder.protocol.conf;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The rows of one conf file, or of one section that a room owns.
///
/// The single source of truth about settings: records read through it, unknown keys are what it does
/// not have, and `docs/settings.md` is held against it. A room with a section of its own writes
///
/// ```
/// static final Setting<Integer> PORT = Setting.of("http", "port", ValueType.PORT).orElse("8080");
/// public static final SettingsTable TABLE = SettingsTable.section("http", List.of(PORT));
/// ```
///
/// and whoever starts the node passes that table to [EffectiveSettings#of].
public final class SettingsTable {
  static final String PREFIX = "LARDER_";

  private final String name;
  private final String environmentPrefix;
  private final List<Setting<?>> rows;
  private final List<ObsoleteSetting> obsolete;

  private SettingsTable(
      String name,
      String environmentPrefix,
      List<Setting<?>> rows,
      List<ObsoleteSetting> obsolete) {
    this.name = name;
    this.environmentPrefix = environmentPrefix;
    this.rows = List.copyOf(rows);
    this.obsolete = List.copyOf(obsolete);
    checkUnique();
  }

  /// The table of a conf file.
  ///
  /// @param name for example `tracker.conf`
  /// @param environmentPrefix what stands before the keys in the environment: `LARDER_TRACKER_`
  public static SettingsTable file(
      String name,
      String environmentPrefix,
      List<Setting<?>> rows,
      List<ObsoleteSetting> obsolete) {
    return new SettingsTable(name, environmentPrefix, rows, obsolete);
  }

  /// The table of a section that may stand in any conf file of a node.
  ///
  /// @throws IllegalArgumentException when a row belongs to another section
  public static SettingsTable section(String section, List<? extends Setting<?>> rows) {
    if (section.isEmpty() || rows.stream().anyMatch(row -> !row.section().equals(section))) {
      throw new IllegalArgumentException("every row must belong to section [" + section + "]");
    }
    String prefix = sectionPrefix(section);
    return new SettingsTable("[" + section + "]", prefix, List.copyOf(rows), List.of());
  }

  private void checkUnique() {
    Set<String> seen = new HashSet<>();
    Stream.concat(
            rows.stream().map(row -> row.section() + "/" + row.key()),
            obsolete.stream().map(old -> "/" + old.key()))
        .filter(id -> !seen.add(id))
        .findFirst()
        .ifPresent(id -> {
          throw new IllegalArgumentException(name + " has two rows for " + id);
        });
  }

  /// The file, or the section in brackets.
  public String name() {
    return name;
  }

  /// The settings in the order of the documents.
  public List<Setting<?>> rows() {
    return rows;
  }

  /// The old names.
  public List<ObsoleteSetting> obsolete() {
    return obsolete;
  }

  /// The prefix of the environment that belongs to this table alone.
  public String environmentPrefix() {
    return environmentPrefix;
  }

  /// The setting of a key, for options of a command line: `TABLE.setting("", "store_path0")`.
  ///
  /// @param section the section, empty for the global one
  /// @throws IllegalArgumentException when the table has no such setting
  public Setting<?> setting(String section, String key) {
    return find(section, key)
        .orElseThrow(() -> new IllegalArgumentException(name + " has no [" + section + "] " + key));
  }

  /// The row about a key, numbers filled in.
  Optional<Setting<?>> find(String section, String key) {
    for (Setting<?> row : rows) {
      if (row.covers(section, key)) {
        return Optional.of(row.isPattern() ? row.named(section, key) : row);
      }
    }
    return Optional.empty();
  }

  Optional<ObsoleteSetting> findObsolete(String section, String key) {
    return section.isEmpty()
        ? obsolete.stream().filter(old -> old.key().equals(key)).findFirst()
        : Optional.empty();
  }

  /// The variable of the environment for a setting: dots and hyphens become `_`, letters capitals.
  public String environmentName(Setting<?> setting) {
    String prefix =
        setting.section().isEmpty() ? environmentPrefix : sectionPrefix(setting.section());
    return prefix + environmentForm(setting.key());
  }

  static String sectionPrefix(String section) {
    return PREFIX + environmentForm(section) + "_";
  }

  /// The row that a variable of the environment sets, numbers filled in.
  Optional<Setting<?>> findByEnvironmentName(String variable) {
    for (Setting<?> row : rows) {
      if (!row.isPattern()) {
        if (environmentName(row).equals(variable)) {
          return Optional.of(row);
        }
        continue;
      }
      Matcher numbers =
          Pattern.compile(environmentName(row).replace("#", "([0-9]{1,4})")).matcher(variable);
      if (numbers.matches()) {
        Setting<?> filled = row;
        for (int i = 1; i <= numbers.groupCount(); i++) {
          filled = filled.at(Integer.parseInt(numbers.group(i)));
        }
        return Optional.of(filled);
      }
    }
    return Optional.empty();
  }

  /// The numbers of a row with `#` that variables set.
  List<Setting<?>> numberedInEnvironment(Setting<?> row, Set<String> variables) {
    var found = new ArrayList<Setting<?>>();
    for (String variable : variables) {
      findByEnvironmentName(variable)
          .filter(one -> row.covers(one.section(), one.key()))
          .ifPresent(found::add);
    }
    return found;
  }

  private static String environmentForm(String text) {
    return text.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }
}
