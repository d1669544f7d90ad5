package io.larder.store.duplicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class ClaimsTest {
  private static final Signature CONTENT = Signature.of(7, new byte[32]);
  private static final Signature OTHER = Signature.of(8, new byte[32]);

  private final Claims<String> claims = new Claims<>();

  @Test
  void aHeldSourceIsNotDeleted() {
    claims.hold("source");
    claims.hold("source");

    assertThat(claims.doom("source")).isFalse();
    claims.letGo("source");
    assertThat(claims.doom("source")).isFalse();
    claims.letGo("source");
    assertThat(claims.doom("source")).isTrue();
  }

  @Test
  void aSourceThatIsBeingDeletedIsHeldByNobodyAndDeletedOnce() {
    assertThat(claims.doom("source")).isTrue();

    assertThat(claims.doom("source")).isFalse();
    assertThat(claims.doomed()).containsExactly("source");
    assertThatIllegalStateException().isThrownBy(() -> claims.hold("source"));
    claims.spare("source");
    claims.hold("source");
    assertThat(claims.doomed()).isEmpty();
  }

  @Test
  void oneUploadStoresAContentAndTheOthersWaitInOrder() {
    assertThat(claims.begin(CONTENT, 0, "first")).isTrue();
    assertThat(claims.begin(CONTENT, 0, "second")).isFalse();
    assertThat(claims.begin(CONTENT, 0, "third")).isFalse();

    assertThat(claims.end(CONTENT, 0)).containsExactly("second", "third");
    assertThat(claims.begin(CONTENT, 0, "second")).isTrue();
    assertThat(claims.end(CONTENT, 0)).isEmpty();
  }

  @Test
  void nobodyWaitsForAnotherStorePathOrAnotherContent() {
    assertThat(claims.begin(CONTENT, 0, "first")).isTrue();

    assertThat(claims.begin(CONTENT, 1, "second")).isTrue();
    assertThat(claims.begin(OTHER, 0, "third")).isTrue();
  }

  @Test
  void nothingIsKeptOfWhatIsOver() {
    claims.hold("source");
    claims.letGo("source");
    claims.letGo("source");
    claims.doom("other");
    claims.spare("other");
    claims.begin(CONTENT, 0, "first");
    claims.end(CONTENT, 0);
    claims.end(CONTENT, 0);

    assertThat(claims.isIdle()).isTrue();
  }
}
