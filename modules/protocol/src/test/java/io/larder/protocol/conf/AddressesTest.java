package io.larder.protocol.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10.0.0.1:22000 | 10.0.0.1:22000",
        "10.0.0.1 | 10.0.0.1:22122",
        "tracker.example.org:22000 | tracker.example.org:22000",
        "10.0.0.1,192.168.0.1:22000 | 10.0.0.1,192.168.0.1:22000",
        "[10.0.0.1,192.168.0.1]:22000 | 10.0.0.1,192.168.0.1:22000",
        "[2001:db8::1]:22000 | [2001:db8::1]:22000",
        "[2001:db8::1] | [2001:db8::1]:22122",
        "2001:db8::1 | [2001:db8::1]:22122",
        "10.0.0.1,[2001:db8::1]:22000 | [10.0.0.1,2001:db8::1]:22000",
        "[10.0.0.1,2001:db8::1]:22000 | [10.0.0.1,2001:db8::1]:22000",
        "10.0.0.1:5,192.168.0.1:5 | 10.0.0.1,192.168.0.1:5"
      })
  void addressesHaveOneOrTwoHostsAndAPort(String text, String written) {
    PeerAddress address = PeerAddress.parse(text, 22122);

    assertThat(address).hasToString(written);
    assertThat(PeerAddress.parse(written, 1)).isEqualTo(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":22122",
        "10.0.0.1:0",
        "10.0.0.1:65536",
        "10.0.0.1:x",
        "10.0.0.1:",
        "a b:1",
        "[::1:5",
        "[::1]5",
        "10.0.0.1,10.0.0.2:22122",
        "10.0.0.1,192.168.0.1,172.16.0.1:22122",
        "10.0.0.1,:1",
        "10.0.0.1:1,192.168.0.1:2",
        "host,host:1",
        "1::2::3"
      })
  void otherTextsAreRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> PeerAddress.parse(text, 22122));
  }

  @Test
  void addressesAreSortedByNumberOfHostsTextAndPort() {
    List<PeerAddress> sorted =
        List.of("b:1", "10.0.0.9:1", "10.0.0.10:2", "10.0.0.10:1", "a,b:1").stream()
            .map(text -> PeerAddress.parse(text, 1))
            .sorted()
            .toList();

    assertThat(sorted)
        .extracting(PeerAddress::toString)
        .containsExactly("10.0.0.10:1", "10.0.0.10:2", "10.0.0.9:1", "b:1", "a,b:1");
  }

  @Test
  void everyoneIsAllowedWithoutAPattern() {
    assertThat(AllowHosts.of(List.of()).allows(ip("8.8.8.8"))).isTrue();
    assertThat(AllowHosts.parse("*").allows(ip("2001:db8::1"))).isTrue();
  }

  @Test
  void patternsAdmitAddressesBlocksAndRanges() {
    AllowHosts hosts =
        AllowHosts.of(
            List.of(
                AllowHosts.parse("10.0.1.[1-15,20]"),
                AllowHosts.parse("192.168.5.64/26"),
                AllowHosts.parse("2001:db8::/32")));

    assertThat(List.of("10.0.1.1", "10.0.1.15", "10.0.1.20", "192.168.5.127", "2001:db8:1::2"))
        .allMatch(text -> hosts.allows(ip(text)));
    assertThat(List.of("10.0.1.16", "10.0.1.0", "192.168.5.128", "2001:db9::1"))
        .noneMatch(text -> hosts.allows(ip(text)));
  }

  @Test
  void hostNamesAdmitNobodyUntilTheyAreLookedUp() {
    AllowHosts hosts = AllowHosts.parse("host[08-10].example.org");

    assertThat(hosts.hosts())
        .containsExactly("host08.example.org", "host09.example.org", "host10.example.org");
    assertThat(hosts.allows(ip("10.1.1.1"))).isFalse();
    AllowHosts resolved =
        hosts.resolved(name -> name.startsWith("host09") ? List.of(ip("10.1.1.1")) : List.of());
    assertThat(resolved.allows(ip("10.1.1.1"))).isTrue();
    assertThat(resolved.allows(ip("10.1.1.2"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.0/33",
        "10.0.1.[1-",
        "10.0.1.[5-1]",
        "10.0.1.[a]",
        "[1-9999][1-9999]",
        "1.2.3",
        "a b",
        "10.0.0.256"
      })
  void otherPatternsAreRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> AllowHosts.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.1.1, TEN",
    "172.16.0.1, ONE_SEVENTY_TWO",
    "172.32.0.1, OUTER",
    "192.168.0.1, ONE_NINETY_TWO",
    "192.169.0.1, OUTER",
    "8.8.8.8, OUTER",
    "fd00::1, V6_PRIVATE",
    "2001:db8::1, V6",
    "10.1, HOST_NAME",
    "tracker, HOST_NAME"
  })
  void addressesHaveKinds(String text, IpKind kind) {
    assertThat(IpKind.of(text)).isEqualTo(kind);
  }

  private static InetAddress ip(String text) {
    return InetAddress.ofLiteral(text);
  }
}
