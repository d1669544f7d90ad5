package io.larder.cluster.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {
  @ParameterizedTest
  @CsvSource({
    "10.1.2.3, NET_10",
    "100.1.2.3, OUTER",
    "172.15.0.1, OUTER",
    "172.16.0.1, NET_172",
    "172.31.9.9, NET_172",
    "172.32.0.1, OUTER",
    "172.2.0.1, OUTER",
    "192.168.0.1, NET_192",
    "192.167.0.1, OUTER",
    "8.8.8.8, OUTER",
    "fd00::1, OUTER"
  })
  void privateNetworksAreToldApart(String ip, AddressClass expected) {
    assertThat(AddressClass.of(ip)).isEqualTo(expected);
  }

  @Test
  void theSecondAddressGoesToPeersOfItsClassOnly() {
    Addresses two = new Addresses("10.0.0.5", Optional.of("8.8.8.8"));

    assertThat(two.chosenFor(AddressClass.OUTER)).isEqualTo("8.8.8.8");
    assertThat(two.chosenFor(AddressClass.NET_10)).isEqualTo("10.0.0.5");
    assertThat(two.chosenFor(AddressClass.NET_192)).isEqualTo("10.0.0.5");
  }

  @Test
  void theTextFormReadsBack() {
    assertThat(Addresses.parse("10.0.0.5,8.8.8.8"))
        .isEqualTo(new Addresses("10.0.0.5", Optional.of("8.8.8.8")))
        .hasToString("10.0.0.5,8.8.8.8");
    assertThat(Addresses.parse("10.0.0.5")).isEqualTo(Addresses.of("10.0.0.5"));
  }
}
