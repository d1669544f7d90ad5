package io.larder.protocol.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.disk.Metadata.Entry;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetadataTest {
  @Test
  void recordsAreSortedByNameInByteOrder() {
    Metadata metadata = Metadata.parse("b\u00022\u0001a\u00021\u0001\u00e4\u00023\u0001B\u00024");

    assertThat(metadata.text())
        .isEqualTo("B\u00024\u0001a\u00021\u0001b\u00022\u0001\u00e4\u00023");
  }

  @Test
  void aRecordWithoutSeparatorIsDroppedAndNothingIsLeftOfIt() {
    Metadata metadata = Metadata.parse("a\u0002\u0001nosep\u0001z\u00029");

    assertThat(metadata.text()).isEqualTo("a\u0002\u0001z\u00029");
  }

  @Test
  void aRequestWithoutAnySeparatorSaysNothing() {
    assertThat(Metadata.parse("only text").isEmpty()).isTrue();
    assertThat(Metadata.parse("").isEmpty()).isTrue();
  }

  @Test
  void aNameGivenTwiceInOneRequestIsKeptTwice() {
    Metadata metadata = Metadata.parse("a\u00022\u0001a\u00021");

    assertThat(metadata.entries()).containsExactly(new Entry("a", "2"), new Entry("a", "1"));
  }

  @Test
  void namesAreCutTo64AndValuesTo256Bytes() {
    Metadata metadata = Metadata.parse("n".repeat(65) + "\u0002" + "v".repeat(257));

    assertThat(metadata.entries()).isEqualTo(List.of(new Entry("n".repeat(64), "v".repeat(256))));
  }

  @Test
  void mergingLetsTheNewValueWinAndKeepsTheRest() {
    Metadata old = Metadata.parse("a\u00021\u0001c\u00023");

    Metadata merged = old.mergedWith(Metadata.parse("c\u0002new\u0001b\u00022"));

    assertThat(merged.text()).isEqualTo("a\u00021\u0001b\u00022\u0001c\u0002new");
  }

  @Test
  void onlyTheFirstSeparatorOfARecordSeparates() {
    assertThat(Metadata.parse("a\u0002b\u0002c").entries())
        .containsExactly(new Entry("a", "b\u0002c"));
  }

  @Test
  void theFileOfACStorageIsWrittenBackToTheByte() {
    String file =
        SampleFile.text(
            "trunk/store0/data/00/00/Ck0eA2sCni2IePk9AAAD6H2cVk0AAAAAQAAAQAAAAQA333.bin-m");

    assertThat(Metadata.parse(file).text()).isEqualTo(file);
  }
}
