package io.larder.protocol.fileid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.larder.protocol.MalformedException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The table of S1 §5.7.
class SlaveNameTest {
  private static final String TXT = "M00/00/00/Ck0pAWsCneSAYQIxAAAAAAAAAAA245.txt";
  private static final String NO_DOT = "M00/00/00/Ck0pAWsCneSAYQIxAAAAAQIDBAY8060717";
  private static final String TAR_GZ = "M00/00/00/Ck0pAWsCoICAcxHkAAAABTYQpoY.tar.gz";

  @ParameterizedTest
  @CsvSource({
    TXT + ", _s, NULL, AAA245_s.txt",
    TXT + ", _s, '', AAA245_s",
    TXT + ", _s, jpg, AAA245_s.jpg",
    TXT + ", _s, .jpg, AAA245_s.jpg",
    TXT + ", '', jpg, AAA245.jpg",
    NO_DOT + ", _s, NULL, Y8060717_s",
    TAR_GZ + ", _s, NULL, QpoY_s.tar.gz",
    TAR_GZ + ", _s, gz, QpoY_s.gz",
    TXT + ", _s, abcdefgh, AAA245_s.abcdef",
    TXT + ", -m, txt, AAA245-m.txt",
  })
  void aSlaveIsNamedAfterItsMaster(String master, String prefix, String extension, String end) {
    LogicalName slave =
        SlaveName.ofAny(LogicalName.parse(master), SlavePrefix.of(prefix), argument(extension));

    assertThat(slave.text()).startsWith(master.substring(0, 36)).endsWith(end);
  }

  @ParameterizedTest
  @CsvSource({
    TXT + ", '', NULL",
    TXT + ", '', txt",
    NO_DOT + ", '', ''",
    TXT + ", -m, ''",
    NO_DOT + ", -m, NULL",
    "M00/00/00/Ck0pAWsCneSAYQIxAAA245.txt, _s, NULL",
  })
  void aNameThatWouldBeAnotherFilesIsRefused(String master, String prefix, String extension) {
    LogicalName name = LogicalName.parse(master);
    SlavePrefix given = SlavePrefix.of(prefix);

    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> SlaveName.ofAny(name, given, argument(extension)));
  }

  @Test
  void aSlaveThatWouldLookLikeATrunkFileIsRefused() {
    LogicalName master =
        LogicalName.parse("M00/00/00/oYYBAGsCoICIKaKGAAAACRAK72AAAAAAQAAAwAAAAEA622.txt");

    assertThatExceptionOfType(MalformedException.class)
        .isThrownBy(() -> SlaveName.of(master, SlavePrefix.of("_abc"), Extension.NONE))
        .withMessageStartingWith("prefix: ");
  }

  @Test
  void aStorageIsToldNoExtensionByAnEmptyOne() {
    LogicalName slave = SlaveName.of(LogicalName.parse(TXT), SlavePrefix.of("_s"), Extension.NONE);

    assertThat(slave.text()).endsWith("AAA245_s");
  }

  private static Optional<String> argument(String text) {
    return text.equals("NULL") ? Optional.empty() : Optional.of(text);
  }
}
