package io.larder.conformance.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.conf.Setting;
import io.larder.protocol.conf.SettingsDocument;
import io.larder.protocol.conf.SettingsTable;
import io.larder.server.node.Sections;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The sections of Larder are explained where a user looks: `docs/settings.md` and the sample conf files.
class SectionsTest {
  static List<SettingsTable> tables() {
    return List.of(Sections.tables());
  }

  @ParameterizedTest
  @MethodSource("tables")
  void theDocumentHasExactlyTheRowsOfTheSection(SettingsTable table) {
    String chapter = "\n### " + table.name() + "\n";
    String document = read("docs/settings.md");
    assertThat(document).contains(chapter);
    String rest = document.substring(document.indexOf(chapter) + chapter.length());
    int end = rest.indexOf("\n### ");

    List<String> documented =
        (end < 0 ? rest : rest.substring(0, end))
            .lines()
            .filter(line -> line.startsWith("| `"))
            .toList();

    assertThat(documented).containsExactlyElementsOf(SettingsDocument.rows(table));
  }

  @ParameterizedTest
  @MethodSource("tables")
  void aSampleNamesEverySettingWithItsDefault(SettingsTable table) {
    String samples = read("config/storage.conf") + read("config/tracker.conf");

    for (Setting<?> row : table.rows()) {
      String key = row.toString().substring(row.toString().indexOf(']') + 2);
      assertThat(samples).contains("# " + key + " = " + row.defaultText().orElse(""));
    }
  }

  private static String read(String file) {
    return SourceTree.read(SourceTree.root().resolve(file));
  }
}
