package io.larder.storage.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OwnIdentityTest {
  @Test
  void nameCarriesTheAddressInNaturalOrder() {
    var identity = OwnIdentity.byAddress("10.77.41.1", List.of("10.77.41.1"));

    assertThat(identity.source().bits()).isEqualTo(0x0a4d2901);
    assertThat(identity.joinId()).isEmpty();
  }

  @Test
  void nameCarriesTheIdInLittleEndianOrder() {
    var identity = OwnIdentity.byId("100001", List.of("10.77.41.3"), true);

    assertThat(identity.source().bits()).isEqualTo(0xa1860100);
    assertThat(identity.joinId()).isEqualTo("100001");
  }

  @Test
  void nameOfAStorageWithAnIdCanCarryItsAddress() {
    var identity = OwnIdentity.byId("100001", List.of("fd00::1", "10.77.41.3"), false);

    assertThat(identity.source().ipv4()).isEqualTo("10.77.41.3");
  }

  @Test
  void onlyIpv6GivesFourOfItsBytes() {
    var identity = OwnIdentity.byAddress("code", List.of("fd00::1122:3344:5566:7788"));

    assertThat(identity.source().bits()).isEqualTo(0x11223344);
  }
}
