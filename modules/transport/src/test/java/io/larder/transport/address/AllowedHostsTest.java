package io.larder.transport.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.larder.protocol.MalformedException;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class AllowedHostsTest {
  @Test
  void nobodyNamedMeansEverybody() throws Exception {
    assertThat(lets(List.of(), "203.0.113.9")).isTrue();
    assertThat(lets(List.of("10.0.0.1", "*"), "203.0.113.9")).isTrue();
  }

  @Test
  void anAddressLetsInItselfOnly() throws Exception {
    assertThat(lets(List.of("10.0.1.5"), "10.0.1.5")).isTrue();
    assertThat(lets(List.of("10.0.1.5"), "10.0.1.6")).isFalse();
    assertThat(lets(List.of("10.0.1.5"), "::1")).isFalse();
    assertThat(lets(List.of("::1"), "::1")).isTrue();
  }

  @Test
  void aNetworkLetsInItsAddresses() throws Exception {
    assertThat(lets(List.of("10.0.1.0/24"), "10.0.1.255")).isTrue();
    assertThat(lets(List.of("10.0.1.0/24"), "10.0.2.0")).isFalse();
    assertThat(lets(List.of("10.0.1.128/25"), "10.0.1.127")).isFalse();
    assertThat(lets(List.of("10.0.1.128/25"), "10.0.1.200")).isTrue();
    assertThat(lets(List.of("0.0.0.0/0"), "198.51.100.1")).isTrue();
  }

  @Test
  void bracketsNameSeveralAddresses() throws Exception {
    var patterns = List.of("10.0.1.[1-15,20]");

    assertThat(lets(patterns, "10.0.1.1")).isTrue();
    assertThat(lets(patterns, "10.0.1.15")).isTrue();
    assertThat(lets(patterns, "10.0.1.20")).isTrue();
    assertThat(lets(patterns, "10.0.1.16")).isFalse();
    assertThat(lets(patterns, "10.0.1.21")).isFalse();
  }

  @Test
  void aHostNameIsLookedUp() throws Exception {
    assertThat(lets(List.of("localhost"), "127.0.0.1")).isTrue();
  }

  @Test
  void whatCannotBeUnderstoodIsRefused() {
    for (String bad :
        List.of("10.0.0.0/33", "10.0.1.[5-1]", "10.0.1.[a]", "10.0.1.[1", "/8", "10.0.0.1/")) {
      assertThatExceptionOfType(MalformedException.class)
          .as(bad)
          .isThrownBy(() -> AllowedHosts.of(List.of(bad)))
          .withMessageStartingWith("allow_hosts: ");
    }
  }

  private static boolean lets(List<String> patterns, String peer) throws Exception {
    return AllowedHosts.of(patterns).test(InetAddress.getByName(peer));
  }
}
