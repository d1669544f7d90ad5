package io.larder.http.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.http.HttpSettings.WriteFrom;
import io.larder.http.upload.WriteGate.Caller;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WriteGateTest {
  private final WriteGate gate = new WriteGate(WriteFrom.LOOPBACK);

  @Test
  void aProgramOnThisMachineMayWrite() {
    assertThat(gate.refusal(new Caller(true, false, "photos.example", null))).isEmpty();
  }

  @Test
  void anotherMachineMayNotUnlessThatIsSet() {
    Caller stranger = new Caller(false, false, "photos.example", null);

    assertThat(gate.refusal(stranger).orElseThrow().detail())
        .contains("another machine")
        .contains("[http] write_from = any");
    assertThat(gate.refusal(stranger).orElseThrow().status()).isEqualTo(403);
    assertThat(new WriteGate(WriteFrom.ANY).refusal(stranger)).isEmpty();
  }

  @Test
  void aProxyOnThisMachineSpeaksForOthers() {
    assertThat(gate.refusal(new Caller(true, true, "localhost", null))).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:8080,http://localhost:8080,true",
    "127.0.0.1:8080,http://127.0.0.1:8080,true",
    "[::1]:8080,http://[::1]:8080,true",
    "larder.localhost,https://larder.localhost,true",
    "localhost:8080,http://evil.example,false",
    "localhost:8080,http://localhost:3000,false",
    "localhost:8080,null,false",
    "evil.example:8080,http://evil.example:8080,false",
    "127.evil.example:8080,http://127.evil.example:8080,false",
    ",http://localhost,false"
  })
  void aBrowserMayWriteForTheOwnPageOnly(String host, String origin, boolean allowed) {
    assertThat(gate.refusal(new Caller(true, false, host, origin)).isEmpty()).isEqualTo(allowed);
  }
}
