package io.larder.protocol.fileid;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DirectoryChoiceTest {
  @Test
  void rotationFillsInnerDirectoriesFirstAndWrapsAtTheEnd() {
    DirectoryRotation rotation = new DirectoryRotation(2, 2, 0, 0, 0);

    int[] chosen = IntStream.range(0, 10).map(i -> rotation.next()).toArray();

    assertThat(chosen)
        .containsExactly(0x000, 0x000, 0x001, 0x001, 0x100, 0x100, 0x101, 0x101, 0x000, 0x000);
  }

  @Test
  void rotationGoesOnWhereItWasSaved() {
    DirectoryRotation rotation = new DirectoryRotation(4, 100, 3, 2, 99);

    assertThat(rotation.next()).isEqualTo(0x302);
    assertThat(rotation.next()).isEqualTo(0x303);
    assertThat(rotation.high()).isEqualTo(3);
    assertThat(rotation.low()).isEqualTo(3);
    assertThat(rotation.names()).isEqualTo(1);
  }

  @Test
  void aSavedStateOutOfRangeStartsOver() {
    DirectoryRotation rotation = new DirectoryRotation(4, 100, 9, -1, -5);

    assertThat(rotation.next()).isZero();
  }

  @Test
  void theHashIsPjw() {
    // worked by hand: 'a' = 0x61; (0x61 << 4) + 'b' = 0x672; (0x672 << 4) + 'c' = 0x6783
    assertThat(DirectoryHash.pjw(ascii("abc"))).isEqualTo(0x6783);
    assertThat(DirectoryHash.of(ascii("abc"), 256)).isEqualTo(0x6783);
    assertThat(DirectoryHash.of(ascii("abc"), 16)).isEqualTo(0x0703);
  }

  @Test
  void theHashFoldsItsTopBitsBack() {
    // computed by another program from the formula of S3 §1.1
    assertThat(DirectoryHash.pjw(ascii("Ck0pAWsCoICAYjgOAAAABTYQpoY"))).isEqualTo(PJW_OF_27);
    assertThat(DirectoryHash.pjw(new byte[] {-1, -1, -1, -1, -1, -1, -1, -1})).isEqualTo(PJW_OF_FF);
  }

  private static final int PJW_OF_27 = 0x6351279;
  private static final int PJW_OF_FF = 0x10ef;

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
