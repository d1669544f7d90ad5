package io.larder.protocol.conf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The files in `config/` load without a word, name every setting and show the defaults of the code.
class SampleConfTest {
  /// Settings without a default that a node needs, so the sample gives them a value.
  private static final List<String> CHOSEN = List.of("base_path", "group_name", "tracker_server");

  private static final Pattern LINE = Pattern.compile("(# )?([\\w.]+) = (.*)");

  /// @param active whether the line is not a comment
  private record Line(boolean active, String value) {}

  static List<SettingsTable> tables() {
    return List.of(TrackerConf.TABLE, StorageConf.TABLE, ClientConf.TABLE, HttpConf.TABLE);
  }

  private static EffectiveSettings settings(String file, SettingsTable table) {
    ConfFile conf = ConfFile.ofText(file, ProjectFiles.read("config/" + file));
    return EffectiveSettings.of(
        conf,
        Overrides.NONE,
        table,
        table == HttpConf.TABLE ? new SettingsTable[0] : HttpConf.alongside());
  }

  @Test
  void trackerConfLoadsWithoutProblems() {
    EffectiveSettings in = settings("tracker.conf", TrackerConf.TABLE);

    assertThat(ConfReport.of(in, List.of(TrackerConf::read)).problems()).isEmpty();
    assertThat(TrackerConf.read(in).basePath()).isEqualTo("/var/lib/larder/tracker");
  }

  @Test
  void storageConfLoadsWithoutProblems() {
    EffectiveSettings in = settings("storage.conf", StorageConf.TABLE);

    assertThat(ConfReport.of(in, List.of(StorageConf::read)).problems()).isEmpty();
    assertThat(StorageConf.read(in).trackers()).hasSize(1);
  }

  @Test
  void clientConfLoadsWithoutProblems() {
    EffectiveSettings in = settings("client.conf", ClientConf.TABLE);

    assertThat(ConfReport.of(in, List.of(ClientConf::read)).problems()).isEmpty();
    assertThat(ClientConf.read(in).trackers()).hasSize(1);
  }

  @Test
  void httpConfLoadsWithoutProblems() {
    EffectiveSettings in = settings("http.conf", HttpConf.TABLE);

    assertThat(ConfReport.of(in, List.of(HttpConf::read)).problems()).isEmpty();
    assertThat(HttpConf.read(in).multiRange()).isTrue();
  }

  @Test
  void storageIdsConfLoads() {
    StorageIds ids =
        StorageIds.parse(
            "storage_ids.conf", ProjectFiles.read("config/storage_ids.conf"), host -> List.of());

    assertThat(ids.entries()).hasSize(3);
  }

  @ParameterizedTest
  @MethodSource("tables")
  void everySettingStandsThereWithItsDefault(SettingsTable table) {
    Map<String, Line> lines = lines(ProjectFiles.read("config/" + table.name()));

    for (Setting<?> row : table.rows()) {
      if (row.effect() == Setting.Effect.IGNORED) {
        continue;
      }
      String name = row.toString().replace('#', '0');
      assertThat(lines).as("config/%s", table.name()).containsKey(name);
      Line line = lines.getOrDefault(name, new Line(false, ""));
      Optional<String> byDefault =
          row.defaultText().or(() -> row.fallback().flatMap(Setting::defaultText));
      if (byDefault.isPresent()) {
        assertThat(line.value()).as("default of %s", row).isEqualTo(byDefault.get());
      } else {
        assertThat(line.active()).as("%s has no default", row).isEqualTo(mustBeChosen(row));
      }
    }
  }

  private static boolean mustBeChosen(Setting<?> row) {
    return CHOSEN.contains(row.key()) && row != ClientConf.BASE_PATH;
  }

  private static Map<String, Line> lines(String text) {
    var lines = new HashMap<String, Line>();
    String section = "";
    for (String line : text.split("\n", -1)) {
      String bare = line.startsWith("# ") ? line.substring(2) : line;
      if (bare.startsWith("[") && bare.endsWith("]")) {
        section = bare + " ";
      }
      Matcher item = LINE.matcher(line);
      if (item.matches()) {
        lines.put(section + item.group(2), new Line(item.group(1) == null, item.group(3)));
      }
    }
    return lines;
  }
}
