package io.larder.conformance.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.conformance.rules.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the suites excuse is written down, so that nothing is excused in silence.
class DeviationTest {
  @ParameterizedTest
  @EnumSource(Deviation.class)
  void everyDeviationIsARowOfTheCompatibilityPage(Deviation deviation) throws IOException {
    try (Stream<String> lines = Files.lines(SourceTree.root().resolve("docs/compatibility.md"))) {
      List<String> topics =
          lines
              .filter(line -> line.startsWith("| "))
              .map(line -> line.substring(2, line.indexOf(" |", 2)))
              .toList();

      assertThat(topics).contains(deviation.row());
    }
  }

  @ParameterizedTest
  @EnumSource(Deviation.class)
  void everyDeviationSaysWhatDiffers(Deviation deviation) {
    assertThat(deviation.inLarder()).isNotEqualTo(deviation.inFastdfs());
  }
}
