package io.larder.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.Status;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FileTurnsTest {
  private final FileTurns turns = new FileTurns();

  private static final class AJob extends StoreJob {
    private final @Nullable String file;

    AJob(@Nullable String file) {
      this.file = file;
    }

    @Override
    Progress perform(PathThread on) {
      return Progress.DONE;
    }

    @Override
    @Nullable String changedFile() {
      return file;
    }

    @Override
    protected void completed() {}
  }

  @Test
  void laterChangesOfAHeldFileWaitInOrder() {
    AJob holder = new AJob("a");
    AJob first = new AJob("a");
    AJob second = new AJob("a");
    turns.hold(holder);

    assertThat(turns.mustWait(first)).isTrue();
    assertThat(turns.mustWait(second)).isTrue();
    assertThat(turns.mustWait(new AJob("b"))).isFalse();
    assertThat(turns.mustWait(new AJob(null))).isFalse();
    assertThat(turns.nextSlice()).isSameAs(holder);

    turns.release(holder);

    assertThat(turns.anyReleased()).isTrue();
    assertThat(turns.released()).isSameAs(first);
    assertThat(first.next).isSameAs(second);
    assertThat(second.next).isNull();
    assertThat(turns.mustWait(new AJob("a"))).isFalse();
  }

  @Test
  void onlySoManyChangesWaitForOneFile() {
    turns.hold(new AJob("a"));
    for (int i = 0; i < FileTurns.WAITING_MAX; i++) {
      assertThat(turns.mustWait(new AJob("a"))).isTrue();
    }
    AJob tooMany = new AJob("a");

    assertThat(turns.mustWait(tooMany)).isFalse();
    assertThat(tooMany.status()).isEqualTo(Status.EBUSY);
  }
}
