package io.larder.conformance.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.store.verify.Check;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What `larder verify` may say is explained where a user looks: `docs/tools.md`.
class ChecksTest {
  @Test
  void theDocumentHasExactlyTheRowsOfTheChecks() {
    List<String> rows =
        Arrays.stream(Check.values())
            .map(check ->
                "| `%s` | %s | %s |".formatted(check.id(), check.severity().text(), check.remedy()))
            .toList();
    String document = SourceTree.read(SourceTree.root().resolve("docs/tools.md"));
    String chapter = "\n| check | severity | what to do |\n| --- | --- | --- |\n";

    assertThat(document).containsOnlyOnce(chapter);
    assertThat(document.substring(document.indexOf(chapter) + chapter.length()).lines())
        .startsWith(rows.toArray(String[]::new))
        .element(rows.size())
        .isEqualTo("");
  }
}
