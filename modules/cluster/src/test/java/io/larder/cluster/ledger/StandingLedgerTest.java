package io.larder.cluster.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.larder.protocol.RefusedException;
import io.larder.protocol.conf.PeerAddress;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class StandingLedgerTest {
  private static final PeerAddress LOW = PeerAddress.parse("10.0.0.1:22122", 0);
  private static final PeerAddress HIGH = PeerAddress.parse("10.0.0.2:22122", 0);

  private final StandingLedger ledger = new StandingLedger(Runnable::run);

  @Test
  void nobodyLeadsBeforeAStorageHasNamedTheTrackers() {
    assertThat(ledger.leadership()).isEqualTo(Leadership.NONE);
    assertThat(ledger.leadership().isMine()).isFalse();
  }

  @Test
  void aSingleTrackerLeadsFromTheFirstJoinOn() {
    ledger.named(LOW, List.of(LOW));
    ledger.named(LOW, List.of(LOW));

    assertThat(ledger.leadership().isMine()).isTrue();
    assertThat(ledger.leadership().changes()).isEqualTo(1);
  }

  @Test
  void ofSeveralTheGreatestAddressLeadsOnAllOfThem() {
    StandingLedger other = new StandingLedger(Runnable::run);
    ledger.named(LOW, List.of(LOW, HIGH));
    other.named(HIGH, List.of(HIGH, LOW));

    assertThat(ledger.leadership().isMine()).isFalse();
    assertThat(ledger.leadership().leader()).contains(HIGH);
    assertThat(other.leadership().isMine()).isTrue();
  }

  @Test
  void aSecondTrackerThatComesToBeKnownMayTakeOver() {
    ledger.named(LOW, List.of(LOW));
    ledger.named(LOW, List.of(LOW, HIGH));

    assertThat(ledger.leadership().isMine()).isFalse();
    assertThat(ledger.leadership().changes()).isEqualTo(2);
  }

  @Test
  void askedToReselectItLeadsAnewAndTellsEverybody() {
    ledger.named(LOW, List.of(LOW));
    ledger.reselect();

    assertThat(ledger.leadership().isMine()).isTrue();
    assertThat(ledger.leadership().changes()).isEqualTo(3);
  }

  @Test
  void whoDoesNotLeadReselectsNothing() {
    assertThatExceptionOfType(CompletionException.class)
        .isThrownBy(() -> ledger.reselect().toCompletableFuture().join())
        .withCauseInstanceOf(RefusedException.class);
  }
}
