package io.larder.protocol.fileid;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NameFaultsTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "M00/00/00/Ck0eAmsCnVqAa8LEAAAADg4Qul0109.txt",
        "M00/00/00/Ck0eAmsCnVqAa8LEAAAADg4Qul0109_big.txt",
        "M00/00/00/Ck0eA2sCni2IePk9AAAD6H2cVk0AAAAAQAAAQAAAAQA333.bin",
        "00/00/Ck0eAmsCnVqAa8LEAAAADg4Qul0109.txt",
      })
  void aNameWithFactsHasNoFaults(String text) {
    LogicalName name = LogicalName.parse(text);

    assertThat(NameFaults.of(name)).isEmpty();
    assertThat(FileFacts.isCoded(name)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Ck0eAmsC | 8 characters behind the directories (the coded part alone has 27 of them)",
        "+k0eAmsCnVqAa8LEAAAADg4Qul0109.txt | character 1 of the coded part, '+', is none of A-Z a-z 0-9 - _",
        "Ck0eAmsCnVqAa8LEAAAADg4Qul1109.txt | the last character of the coded part has bits set that no name has",
        "AAAAAGsCnVqAa8LEAAAADg4Qul0109.txt | the source is 0: neither an address nor a storage id",
        "Ck0eAgAAAVqAa8LEAAAADg4Qul0109.txt | the time, 1970-01-01T00:05:46Z, is before FastDFS",
        "Ck0eAmsCnVrEa8LEAAAADg4Qul0109.txt | the size field, 0xC46BC2C40000000E, is of no form",
        "Ck0eAmsCnVqAa8LEAAAADg4Qul0109 | 40 characters: a file has 44, in a trunk file 60; only slaves with short endings have fewer",
        "Ck0eA2sCni2IePk9AAAD6H2cVk0AAAAAQAAAQAAAAQ | the flag of a trunk file, but 52 characters instead of 60",
        "Ck0eAmsCnVqAa8LEAAAADg4Qul0x09.txt | the last 7 characters, 'x09.txt', are not digits and an extension",
        "Ck0eA2sCni2IePk9AAAD6H2cVk0AAAAAQAAAQAAAAAA333.bin | the place in the trunk file is none",
      })
  void everyFaultIsSaidInWords(String fileName, String fault) {
    assertThat(NameFaults.of(LogicalName.parse("M00/00/00/" + fileName))).containsExactly(fault);
  }

  @ParameterizedTest
  @CsvSource({
    "true, Ck0eAmsCnVqAa8LEAAAADg4Qul0",
    "true, Ck0eAmsCnVqAa8LEAAAADg4Qul0anything at all",
    "false, Ck0eAmsCnVqAa8LEAAAADg4Qul",
    "false, notes-of-the-last-meeting.txt",
  })
  void theCodedPartIsToldFromOtherNames(boolean coded, String fileName) {
    assertThat(FileFacts.isCoded(LogicalName.parse("M00/00/00/" + fileName))).isEqualTo(coded);
  }

  @Test
  void severalFaultsAreSaidTogether() {
    assertThat(NameFaults.of(LogicalName.parse("M00/00/00/AAAAAAAAAAAAAAAAAAAAAAAAAAA0000000")))
        .hasSize(2);
  }
}
