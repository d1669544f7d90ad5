package io.larder.protocol.fileid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.larder.protocol.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GroupNameTest {
  @Test
  void sixteenLettersAndDigitsAreAName() {
    assertThat(GroupName.of("Group0123456789A").text()).isEqualTo("Group0123456789A");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "group/1", "..", "group-1", "Group0123456789AB", "grüppe", "a b"})
  void anythingElseIsRefusedWithTheField(String text) {
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> GroupName.of(text))
        .withMessageStartingWith("group_name: ");
  }
}
