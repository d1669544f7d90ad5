package io.larder.storage.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.wire.Listings.StorageStat;
import io.larder.protocol.wire.StatBlock;
import io.larder.protocol.wire.StorageStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class ForeignPeersTest {
  private final ForeignPeers foreign = new ForeignPeers();

  static StorageStat storage(String id, String version, StorageStatus status) {
    StatBlock counters = StatBlock.of(new StatBlock.Connections(1, 0, 0), counter -> 0L);
    return new StorageStat(
        status.code(),
        6,
        id,
        "10.0.0." + id,
        "",
        version,
        0,
        0,
        0,
        0,
        0,
        10,
        1,
        256,
        0,
        23000,
        counters,
        false);
  }

  @Test
  void aGroupOfLarderForbidsNothing() {
    foreign.told(
        "t",
        List.of(
            storage("1", "L0.1.0", StorageStatus.ACTIVE),
            storage("2", "L0.2.0", StorageStatus.OFFLINE)),
        "1");

    assertThat(foreign.reason()).isEmpty();
  }

  @Test
  void aMemberThatRunsFastDfsForbidsItEvenWhileItIsAway() {
    foreign.told("t", List.of(storage("2", "V6.16", StorageStatus.OFFLINE)), "1");

    assertThat(foreign.reason())
        .hasValueSatisfying(why ->
            assertThat(why)
                .contains("storage 2", "10.0.0.2", "FastDFS V6.16", "check_file_duplicate = 0"));
  }

  @Test
  void aMemberThatHasNotToldItsVersionForbidsIt() {
    foreign.told("t", List.of(storage("2", "", StorageStatus.INIT)), "1");

    assertThat(foreign.reason())
        .hasValueSatisfying(why -> assertThat(why).contains("unknown program"));
  }

  @Test
  void whoIsDeletedOrThisStorageItselfDoesNotCount() {
    foreign.told(
        "t",
        List.of(
            storage("1", "V6.16", StorageStatus.ACTIVE),
            storage("2", "V6.16", StorageStatus.DELETED),
            storage("3", "V6.16", StorageStatus.IP_CHANGED)),
        "1");

    assertThat(foreign.reason()).isEmpty();
  }

  @Test
  void whatOneTrackerTellsHoldsUntilItTellsSomethingElse() {
    foreign.told("first", List.of(storage("2", "V6.16", StorageStatus.ACTIVE)), "1");
    foreign.told("second", List.of(), "1");
    assertThat(foreign.reason()).isPresent();

    foreign.told("first", List.of(storage("2", "V6.16", StorageStatus.DELETED)), "1");
    assertThat(foreign.reason()).isEmpty();
  }
}
