package io.larder.protocol.conf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Whatever a file holds, reading it ends with items and warnings or with an error that names the line.
class ConfReaderProperties {
  private static final List<String> PARTS =
      List.of(
          "#@if %{LOCAL_IP} in [10.0.0.0/8]",
          "#@if %{A} in [1, 2",
          "#@if",
          "#@else",
          "#@endif",
          "#@for i from 1 to 3",
          "#@for i from -5 to 999999 step 3",
          "#@endfor",
          "#@set A = %{A}{$i}",
          "#@set = ",
          "#@function LOCAL_IP_GET",
          "#@function REPLACE_VARS",
          "#include t.conf",
          "#include",
          "#include http://x",
          "[section",
          "[error-log]",
          "[]",
          "port = {$i}%{A",
          "key",
          "= value",
          "inner = inner[-9]",
          "ключ = значение");

  @Provide
  Arbitrary<String> files() {
    Arbitrary<String> line =
        Arbitraries.oneOf(Arbitraries.of(PARTS), Arbitraries.strings().all().ofMaxLength(400));
    return line.list().ofMaxSize(40).map(lines -> String.join("\n", lines));
  }

  @Property(tries = 500)
  void readingNeverCrashesAndAnErrorHasALine(@ForAll("files") String text) {
    try {
      ConfFile file = ConfFile.read(ConfTexts.of("t.conf", text), "t.conf");

      int lines = (int) text.chars().filter(c -> c == '\n').count() + 1;
      assertThat(file.items())
          .allSatisfy(item -> {
            assertThat(item.at().line()).isBetween(1, lines);
            assertThat(item.key().getBytes(StandardCharsets.UTF_8)).hasSizeBetween(1, 63);
            assertThat(item.value().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(256);
          });
    } catch (ConfException e) {
      assertThat(e.at())
          .isInstanceOfSatisfying(Origin.InFile.class, at -> assertThat(at.line()).isPositive());
    }
  }

  @Property(tries = 300)
  void aReportOfAnyFileNeverCrashes(@ForAll("values") List<String> values) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      Setting<?> row = StorageConf.TABLE.rows().get(i % StorageConf.TABLE.rows().size());
      text.append(row.key().replace('#', '0')).append(" = ").append(values.get(i)).append('\n');
    }
    EffectiveSettings settings =
        StorageConf.settings(ConfFile.ofText("s.conf", text.toString()), Overrides.NONE);

    ConfReport report = ConfReport.of(settings, List.of(StorageConf::read));

    assertThat(report.explained()).allSatisfy(line -> assertThat(line).contains("s.conf"));
  }

  @Provide
  Arbitrary<List<String>> values() {
    return Arbitraries.oneOf(
            Arbitraries.of(
                "1",
                "0",
                "-1",
                "64KB",
                "20%",
                "23:59",
                "auto",
                "a,b:1",
                "[::1]:5",
                "host[1-3]",
                "999999999999",
                "1M # x"),
            Arbitraries.strings().ascii().excludeChars('\n').ofMaxLength(30))
        .list()
        .ofMinSize(70)
        .ofMaxSize(90);
  }
}
