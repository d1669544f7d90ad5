package io.larder.protocol.conf;

import java.util.ArrayList;
import java.util.List;

/// The rows that `docs/settings.md` must have for a table; other rooms hold their sections against it too.
public final class SettingsDocument {
  private SettingsDocument() {}

  /// Every table row of the chapter of a conf file, in order.
  public static List<String> rows(SettingsTable table) {
    var rows = new ArrayList<String>();
    table.rows().stream()
        .filter(row -> row.effect() != Setting.Effect.IGNORED)
        .forEach(row -> rows.add(setting(row)));
    table.rows().stream()
        .filter(row -> row.effect() == Setting.Effect.IGNORED)
        .forEach(row -> rows.add("| `" + row + "` | " + row.reason() + " |"));
    table.obsolete().forEach(old -> rows.add(obsolete(old)));
    return rows;
  }

  private static String setting(Setting<?> row) {
    String byDefault =
        row.defaultText()
            .map(text -> "`" + text + "`")
            .orElse(row.absence().isEmpty() ? "none" : row.absence());
    String repeated = row.isRepeated() ? " (repeated)" : "";
    String since =
        row.since().isEmpty() || row.since().equals("Larder") ? "" : " Since " + row.since() + ".";
    return "| `%s` | %s%s | %s | %s | %s%s |"
        .formatted(
            row,
            row.type().name(),
            repeated,
            byDefault,
            row.type().allowed(),
            row.meaning(),
            since);
  }

  private static String obsolete(ObsoleteSetting old) {
    String now =
        old.replacement().map(to -> "its value is taken as `" + to + "`").orElse(old.advice());
    return "| `" + old.key() + "` | " + now + " |";
  }
}
