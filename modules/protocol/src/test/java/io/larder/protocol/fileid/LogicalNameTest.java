package io.larder.protocol.fileid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.larder.protocol.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogicalNameTest {
  @Test
  void theStorePathMayBeWrittenInLowerCase() {
    LogicalName name = LogicalName.parse("Mfa/0B/FF/short");

    assertThat(name.storePath()).isEqualTo(0xFA);
    assertThat(name.trueName()).isEqualTo("0B/FF/short");
    assertThat(name.fileName()).isEqualTo("short");
    assertThat(name.high()).isEqualTo(0x0B);
    assertThat(name.low()).isEqualTo(0xFF);
  }

  @Test
  void aNameWithoutStorePathLiesOnTheFirstOne() {
    LogicalName name = LogicalName.parse("0B/1F/wKgBBU18bQAAAAAAAAAwOQoLDA0567.jpg");

    assertThat(name.storePath()).isZero();
    assertThat(name.trueName()).isEqualTo(name.text());
    assertThat(FileFacts.of(name).orElseThrow().source()).hasToString("192.168.1.5");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "M00/00/00/",
        "M00/0a/00/lower-case-directory",
        "M00/00/00/sub/directory",
        "M00/00/00/..",
        "M00/00/00/.",
        "M00/../00/escape",
        "../../../etc/passwd",
        "/etc/passwd-and-more",
        "MG0/00/00/no-such-digit",
        "M0000/00/no-slash",
        "M00/00/00/nul\0inside",
        "M00\\00\\00\\backslashes",
        "M00/0/000/wrong-place",
      })
  void whatCouldLeaveTheDirectoryOrIsNoNameIsRefused(String text) {
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> LogicalName.parse(text))
        .withMessageStartingWith("filename: ");
  }

  @Test
  void aNameOf128BytesIsTooLong() {
    String directories = "M00/00/00/";

    assertThat(LogicalName.parse(directories + "x".repeat(117)).text()).hasSize(127);
    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> LogicalName.parse(directories + "x".repeat(118)));
  }
}
