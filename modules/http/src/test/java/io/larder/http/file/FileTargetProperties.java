package io.larder.http.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.MalformedException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

class FileTargetProperties {
  @Property
  void noTargetLeavesItsDirectory(
      @ForAll @StringLength(max = 60) @Chars({'/', '.', '%', '2', 'f', 'e', '0', 'M', '\\'})
          String tail) {
    try {
      String name =
          FileTarget.parse("/group1/M00/00/00/" + tail, Downloads.GROUP).id().name().text();

      assertThat(name).startsWith("M00/00/00/").doesNotContain("\0");
      assertThat(name.substring(10)).doesNotContain("/").isNotIn("", ".", "..");
    } catch (MalformedException refused) {
      assertThat(refused).hasMessageContaining(":");
    }
  }

  @Property
  void anyTextIsJudgedWithoutAnotherException(@ForAll @CharRange(to = '\u00FF') String text) {
    if (FileTarget.isFile("/" + text)) {
      try {
        assertThat(FileTarget.parse("/" + text, Downloads.GROUP)).isNotNull();
      } catch (MalformedException refused) {
        assertThat(refused.getMessage()).isNotEmpty();
      }
    }
  }

  @Property
  void encodedTextDecodesToItself(@ForAll String text) {
    String wellFormed = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);

    assertThat(PercentText.text(PercentText.decode(PercentText.encode(wellFormed), true)))
        .isEqualTo(wellFormed);
  }
}
