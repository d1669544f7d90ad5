package io.larder.protocol.fileid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.larder.protocol.MalformedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceNamesTest {
  private static final NewName FRESH =
      new NewName(
          new NewName.Directory(0, 1, 2),
          Source.ofIpv4("10.0.0.1"),
          1_795_000_000,
          0x1234_5678,
          Extension.NONE,
          0x1234_5678_9ABC_DEF0L);

  @Test
  void aSourceIsKnownByItsName() {
    LogicalName plain = SourceNames.of(FRESH.plain(7));
    LogicalName trunk = SourceNames.of(FRESH.trunk(7, new TrunkPlace(1, 256, 256)));

    assertThat(SourceNames.matches(plain.text())).isTrue();
    assertThat(SourceNames.matches(trunk.text())).isTrue();
    assertThat(SourceNames.matches(FRESH.plain(7).text())).isFalse();
  }

  @Test
  void itsNameSaysAsMuchAsThatOfAnyFile() {
    FileFacts plain = FileFacts.of(SourceNames.of(FRESH.plain(7))).orElseThrow();
    FileFacts trunk =
        FileFacts.of(SourceNames.of(FRESH.trunk(7, new TrunkPlace(1, 256, 256)))).orElseThrow();

    assertThat(plain.kind()).isEqualTo(FileFacts.Kind.PLAIN);
    assertThat(plain.size()).hasValue(7);
    assertThat(plain.crc32()).isEqualTo(0x1234_5678);
    assertThat(trunk.kind()).isEqualTo(FileFacts.Kind.TRUNK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "M00/00/00/oYYBAGsCoICIKaKGAAAACRAK72A123.src",
        "M00/00/00/oYYBAGsCoICIKaKGAAAACRAK72A12a~src",
        "M00/00/00/oYYBAGsCoICIKaKGAAAACRAK72A123~srcx",
        "M00/00/00/123~src",
      })
  void otherNamesAreNotSources(String name) {
    assertThat(SourceNames.matches(name)).isFalse();
  }

  @Test
  void noClientCanAskForSuchAName() {
    assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> Extension.of("~src"));
    assertThatExceptionOfType(MalformedException.class).isThrownBy(() -> SlavePrefix.of("~src"));
  }
}
