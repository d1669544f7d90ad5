package io.larder.http.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ContentTypesTest {
  @Test
  void aTableOfFastDfsTakesThePlaceOfTheBuiltInOne() {
    ContentTypes types =
        ContentTypes.parse(
            List.of("# comment", "", "text/plain\ttxt  asc", "x/y Abc", "lonely/type"), "a/b");

    assertThat(types.of("n.asc").text()).isEqualTo("text/plain");
    assertThat(types.of("n.ABC").text()).isEqualTo("x/y");
    assertThat(types.of("n.jpg").text()).isEqualTo("a/b");
    assertThat(types.of("n.comment").text()).isEqualTo("a/b");
  }

  @Test
  void aTypeWithParametersIsJudgedWithoutThem() {
    assertThat(MediaType.of("text/html; charset=utf-8").display())
        .isEqualTo(MediaType.Display.SANDBOXED);
  }
}
