package io.larder.transport.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PatienceTest {
  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final Deadlines deadlines = new Deadlines();
  private final Ledger ledger = new Ledger();

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  @Test
  void freshConnectionHasItsWholeTimeHoweverLongTheServerHasRun() {
    sweep(1000);
    patience().watch();

    sweep(Deadlines.SWEEPS_PER_TIMEOUT);
    assertThat(ledger.ranOut).isFalse();
    sweep(1);
    assertThat(ledger.ranOut).isTrue();
  }

  @Test
  void usedConnectionThatOwesNothingIsForgotten() {
    Patience patience = patience();
    patience.watch();
    patience.used();

    sweep(1000);

    assertThat(ledger.ranOut).isFalse();
  }

  @Test
  void everyByteOfAnUnfinishedFrameGivesItsTimeAnew() {
    Patience patience = patience();
    patience.used();
    ledger.owed = true;
    patience.watch();
    for (int i = 0; i < 10; i++) {
      sweep(Deadlines.SWEEPS_PER_TIMEOUT);
      patience.progress();
    }
    assertThat(ledger.ranOut).isFalse();
    sweep(Deadlines.SWEEPS_PER_TIMEOUT + 1);
    assertThat(ledger.ranOut).isTrue();
  }

  @Test
  void goneConnectionIsNotSweptAnyMore() {
    Patience first = patience();
    Patience second = patience();
    first.watch();
    second.watch();
    first.end();
    second.end();
    first.watch();

    sweep(1000);

    assertThat(ledger.ranOut).isFalse();
  }

  private Patience patience() {
    return new Patience(channel, deadlines, ledger);
  }

  private void sweep(int times) {
    for (int i = 0; i < times; i++) {
      deadlines.sweep();
    }
  }

  private static final class Ledger implements Patience.Debt {
    private boolean owed;
    private boolean ranOut;

    @Override
    public boolean isOwed() {
      return owed;
    }

    @Override
    public boolean isFinal() {
      return false;
    }

    @Override
    public void ranOut() {
      ranOut = true;
    }
  }
}
