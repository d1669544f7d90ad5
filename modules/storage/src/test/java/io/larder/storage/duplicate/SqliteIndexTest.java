package io.larder.storage.duplicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.larder.platform.Disks;
import io.larder.store.binlog.BinlogPosition;
import io.larder.store.duplicate.DuplicateIndex;
import io.larder.store.duplicate.IndexException;
import io.larder.store.duplicate.Signature;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteIndexTest {
  private static final Signature FIRST = Signature.of(7, new byte[32]);
  private static final Signature SECOND = Signature.of(8, new byte[32]);
  private static final BinlogPosition AT = new BinlogPosition(2, 1L << 40);

  @TempDir Path base;
  private SqliteIndexes indexes;
  private DuplicateIndex index;

  @BeforeEach
  void open() throws Exception {
    Files.createDirectories(base.resolve("data/.larder"));
    indexes = new SqliteIndexes(Disks.choose(Disks.Form.BEST).disk(), base);
    index = indexes.open();
  }

  @AfterEach
  void close() {
    index.close();
  }

  private void reopen() throws Exception {
    index.close();
    index = indexes.open();
  }

  private Path file() {
    return base.resolve("data/.larder/duplicates.sqlite");
  }

  @Test
  void aNewIndexKnowsNothing() throws Exception {
    assertThat(index.position()).isEmpty();
    assertThat(index.isComplete()).isFalse();
    assertThat(index.totals()).isEqualTo(new DuplicateIndex.Totals(0, 0));
    assertThat(index.find(FIRST, Set.of())).isEmpty();
    assertThat(indexes.exists()).isTrue();
  }

  @Test
  void aSignedSourceIsFoundUnlessItIsToBeLeftOut() throws Exception {
    assertThat(index.addSource("a", AT)).isTrue();
    assertThat(index.addSource("b", AT)).isTrue();
    index.sign("a", FIRST);

    assertThat(index.find(FIRST, Set.of())).contains("a");
    assertThat(index.find(SECOND, Set.of())).isEmpty();
    index.sign("b", FIRST);
    assertThat(index.find(FIRST, Set.of("a"))).contains("b");
    assertThat(index.find(FIRST, Set.of("a", "b"))).isEmpty();
  }

  @Test
  void doingSomethingTwiceDoesItOnce() throws Exception {
    assertThat(index.addSource("a", AT)).isTrue();
    index.sign("a", FIRST);
    assertThat(index.addSource("a", AT)).isFalse();
    assertThat(index.addLink("l", "a")).isTrue();
    assertThat(index.addLink("l", "a")).isFalse();
    assertThat(index.addLink("m", "unknown")).isFalse();

    assertThat(index.totals()).isEqualTo(new DuplicateIndex.Totals(1, 1));
    assertThat(index.find(FIRST, Set.of())).contains("a");
    assertThat(index.removeLink("l", AT)).isTrue();
    assertThat(index.removeLink("l", AT)).isFalse();
    assertThat(index.removeSource("a")).isTrue();
    assertThat(index.removeSource("a")).isFalse();
    assertThat(index.totals()).isEqualTo(new DuplicateIndex.Totals(0, 0));
  }

  @Test
  void aSourceIsAnOrphanSinceItsLastLinkWent() throws Exception {
    BinlogPosition before = new BinlogPosition(2, (1L << 40) - 1);
    BinlogPosition after = new BinlogPosition(2, (1L << 40) + 1);
    index.addSource("a", before);
    index.addSource("b", AT);
    index.addSource("c", AT);
    index.addLink("l", "a");
    index.addLink("m", "a");
    index.addLink("n", "c");

    assertThat(index.orphans(after, "", 9)).containsExactly("b");
    index.removeLink("l", before);
    assertThat(index.orphans(after, "", 9)).containsExactly("b");
    index.removeLink("m", AT);
    assertThat(index.orphans(AT, "", 9)).isEmpty();
    assertThat(index.orphans(after, "", 9)).containsExactly("a", "b");
    assertThat(index.orphans(new BinlogPosition(3, 0), "", 1)).containsExactly("a");
    assertThat(index.orphans(new BinlogPosition(3, 0), "a", 9)).containsExactly("b");
    index.addLink("o", "a");
    assertThat(index.orphans(after, "", 9)).containsExactly("b");
  }

  @Test
  void aRemovedSourceTakesItsLinksWithIt() throws Exception {
    index.addSource("a", AT);
    index.addLink("l", "a");

    assertThat(index.removeSource("a")).isTrue();

    assertThat(index.totals()).isEqualTo(new DuplicateIndex.Totals(0, 0));
    assertThat(index.removeLink("l", AT)).isFalse();
  }

  @Test
  void sourcesWithoutSignatureAreListedInOrder() throws Exception {
    index.addSource("b", AT);
    index.addSource("a", AT);
    index.addSource("c", AT);
    index.sign("a", FIRST);

    assertThat(index.unsigned("", 9)).containsExactly("b", "c");
    assertThat(index.unsigned("b", 9)).containsExactly("c");
  }

  @Test
  void onlyWhatWasCommittedIsThereAgain() throws Exception {
    index.addSource("a", AT);
    index.sign("a", FIRST);
    index.commit(AT, true);
    index.addSource("b", AT);
    reopen();

    assertThat(index.position()).contains(AT);
    assertThat(index.isComplete()).isTrue();
    assertThat(index.find(FIRST, Set.of())).contains("a");
    assertThat(index.totals().sources()).isEqualTo(1);
  }

  @Test
  void aFileThatIsNoIndexIsDamagedAndCanBeDiscarded() throws Exception {
    index.close();
    Files.write(
        file(), "this is no database at all, ".repeat(500).getBytes(StandardCharsets.UTF_8));

    IndexException refused = catchThrowableOfType(IndexException.class, indexes::open);

    assertThat(refused.isDamaged()).isTrue();
    indexes.discard();
    assertThat(indexes.exists()).isFalse();
    index = indexes.open();
    assertThat(index.position()).isEmpty();
  }

  @Test
  void aTornPageIsFoundWhenItIsRead() throws Exception {
    for (int i = 0; i < 5000; i++) {
      index.addSource("source " + i, AT);
    }
    index.commit(AT, true);
    index.close();
    byte[] bytes = Files.readAllBytes(file());
    for (int i = 4096 * 3; i < bytes.length; i++) {
      bytes[i] = (byte) 0xA5;
    }
    Files.write(file(), bytes);
    index = indexes.open();

    IndexException refused =
        catchThrowableOfType(
            IndexException.class,
            () -> {
              for (int i = 0; i < 5000; i++) {
                index.sign("source " + i, FIRST);
              }
            });

    assertThat(refused.isDamaged()).isTrue();
  }

  @Test
  void anIndexOfAnotherFormIsDamaged() throws Exception {
    index.close();
    try (var connection = java.sql.DriverManager.getConnection("jdbc:sqlite:" + file());
        var statement = connection.createStatement()) {
      statement.executeUpdate("pragma user_version = 99");
    }

    IndexException refused = catchThrowableOfType(IndexException.class, indexes::open);

    assertThat(refused.isDamaged()).isTrue();
    assertThat(refused).hasMessageContaining("99");
  }

  @Test
  void aFolderThatIsNotThereIsNoDamage() {
    SqliteIndexes nowhere =
        new SqliteIndexes(Disks.choose(Disks.Form.BEST).disk(), base.resolve("nowhere"));

    IndexException refused = catchThrowableOfType(IndexException.class, nowhere::open);

    assertThat(nowhere.exists()).isFalse();
    assertThat(refused.isDamaged()).isFalse();
    assertThat(Optional.ofNullable(refused.getMessage())).isPresent();
  }
}
