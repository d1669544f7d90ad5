package io.larder.protocol.conf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// `docs/settings.md` has exactly the rows of the tables in code.
class SettingsDocumentTest {
  static List<SettingsTable> tables() {
    return List.of(
        TrackerConf.TABLE, StorageConf.TABLE, ClientConf.TABLE, HttpConf.TABLE, ModuleConf.TABLE);
  }

  @ParameterizedTest
  @MethodSource("tables")
  void aChapterHasTheRowsOfItsTable(SettingsTable table) {
    String document = ProjectFiles.read("docs/settings.md");
    int start = document.indexOf("\n## " + table.name() + "\n");
    assertThat(start).as("chapter %s", table.name()).isPositive();
    int end = document.indexOf("\n## ", start + 1);

    List<String> documented =
        document.substring(start, end).lines().filter(line -> line.startsWith("| `")).toList();

    assertThat(documented).containsExactlyElementsOf(SettingsDocument.rows(table));
  }

  @ParameterizedTest
  @MethodSource("tables")
  void everyServedSettingSaysWhatItIsFor(SettingsTable table) {
    assertThat(table.rows())
        .filteredOn(row -> row.effect() != Setting.Effect.IGNORED)
        .allSatisfy(row -> assertThat(row.meaning()).as(row.toString()).matches(".+\\.\\)?"));
  }
}
