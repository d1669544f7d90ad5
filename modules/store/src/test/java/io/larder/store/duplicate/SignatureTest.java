package io.larder.store.duplicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SignatureTest {
  @Test
  void itIsWrittenAsSizeAndHash() throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(new byte[0]);

    Signature signature = Signature.of(0x0102030405060708L, hash);

    assertThat(HexFormat.of().formatHex(signature.bytes()))
        .isEqualTo(
            "0102030405060708"
                + "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assertThat(Signature.read(signature.bytes())).isEqualTo(signature);
  }

  @Test
  void sizeAndEveryByteOfTheHashCount() {
    Signature one = Signature.of(1, new byte[32]);
    assertThat(Signature.of(2, new byte[32])).isNotEqualTo(one);
    for (int i = 0; i < 32; i++) {
      byte[] other = new byte[32];
      other[i] = 1;
      assertThat(Signature.of(1, other)).isNotEqualTo(one);
    }
  }

  @Test
  void otherLengthsAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Signature.of(1, new byte[16]));
    assertThatIllegalArgumentException().isThrownBy(() -> Signature.read(new byte[39]));
  }
}
