package io.larder.transport.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.larder.protocol.MalformedException;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostPortTest {
  @Test
  void hostsWithAndWithoutPortsAreRead() {
    assertThat(HostPort.parse("10.0.0.1:22122", 1)).isEqualTo(new HostPort("10.0.0.1", 22122));
    assertThat(HostPort.parse(" tracker.example ", 22122))
        .isEqualTo(new HostPort("tracker.example", 22122));
    assertThat(HostPort.parse("[fe80::1]:23000", 1)).isEqualTo(new HostPort("fe80::1", 23000));
    assertThat(HostPort.parse("[::1]", 7)).isEqualTo(new HostPort("::1", 7));
    assertThat(HostPort.parse("::1", 7)).isEqualTo(new HostPort("::1", 7));
  }

  @Test
  void textIsTheFormOfTheProtocol() {
    assertThat(new HostPort("10.0.0.1", 5)).hasToString("10.0.0.1:5");
    assertThat(new HostPort("::1", 5)).hasToString("[::1]:5");
  }

  @Test
  void whatIsNoAddressIsRefused() {
    for (String bad : List.of("", "host:", "host:x", "host:0", "host:65536", "[::1", ":5")) {
      assertThatExceptionOfType(MalformedException.class)
          .as(bad)
          .isThrownBy(() -> HostPort.parse(bad, 22122));
    }
  }
}
