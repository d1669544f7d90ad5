package io.larder.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.protocol.Status;
import io.larder.protocol.fileid.Extension;
import io.larder.protocol.fileid.FileFacts;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.fileid.SourceNames;
import io.larder.store.duplicate.DuplicateSettings;
import io.larder.store.duplicate.DuplicateState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuplicateTest {
  private static final String LARGE = "0123456789abcdef".repeat(12_000);

  @TempDir Path folder;
  private final MemoryIndex index = new MemoryIndex();
  private StoreRig rig;

  @BeforeEach
  void open() {
    rig = opened(2).linking();
  }

  private StoreRig opened(int paths) {
    return StoreRig.open(
        StoreRig.disk(), StoreRig.settings(folder, paths), DuplicateSettings.of(true, index));
  }

  @AfterEach
  void close() {
    rig.close();
  }

  private void reopen() {
    rig.close();
    rig = opened(2).linking();
  }

  private static void eventually(Runnable assertion) {
    Awaitility.await().pollInterval(Duration.ofMillis(2)).untilAsserted(assertion::run);
  }

  private List<String> sources() {
    return rig.files().stream().filter(file -> file.endsWith("~src")).toList();
  }

  private void checkpoint() {
    rig.store.housekeeping().checkpoint();
  }

  @Test
  void theFirstUploadMakesAHiddenSourceAndALinkToIt() throws IOException {
    String name = rig.stored(StoreRig.plain(), "content");

    Path target = Files.readSymbolicLink(rig.onDisk(name));
    assertThat(Files.readString(target)).isEqualTo("content");
    assertThat(rig.read(name)).isEqualTo("content");
    assertThat(name).endsWith(".txt");
    assertThat(FileFacts.of(LogicalName.parse(name)).orElseThrow().size()).hasValue(7);
    String source = rig.binlog().getFirst().substring(2);
    assertThat(SourceNames.matches(source)).isTrue();
    assertThat(target).isEqualTo(rig.onDisk(source));
    assertThat(rig.binlog()).containsExactly("C " + source, "L " + name + " " + source);
    assertThat(rig.info(name, true).size()).isEqualTo(7);
  }

  @Test
  void theSameContentIsStoredOnceForAllStorePaths() {
    List<String> names =
        List.of(
            rig.stored(StoreRig.plain(), "same"),
            rig.stored(new UploadHead.NewFile(1, Extension.of("jpg"), false), "same"),
            rig.stored(new UploadHead.NewFile(0, Extension.NONE, false), "same"));

    assertThat(sources()).hasSize(1);
    assertThat(names).doesNotHaveDuplicates().allMatch(name -> rig.read(name).equals("same"));
    assertThat(names.get(1)).endsWith(".jpg");
    eventually(() -> {
      DuplicateState state = rig.store.duplicateState();
      assertThat(state.sources()).isEqualTo(1);
      assertThat(state.links()).isEqualTo(3);
    });
    assertThat(rig.store.duplicateState().found()).isEqualTo(2);
    assertThat(rig.store.duplicateState().savedBytes()).isEqualTo(8);
  }

  @Test
  void bodiesInPiecesAreFoundToo() {
    String first = rig.uploadStreamed(StoreRig.plain(), LARGE).name();
    String second = rig.uploadStreamed(StoreRig.plain(), LARGE).name();
    String third = rig.stored(StoreRig.plain(), LARGE);

    assertThat(sources()).hasSize(1);
    for (String name : List.of(first, second, third)) {
      assertThat(rig.read(name)).isEqualTo(LARGE);
    }
  }

  @Test
  void theCrcThatIsToldIsThatOfTheContent() {
    rig.stored(StoreRig.plain(), "hello");
    Asked.AnUpload again = new Asked.AnUpload();
    rig.loop.execute(() -> again.submit(rig.lane, StoreRig.plain(), StoreRig.bytes("hello")));

    StoredFile file = TestLoop.await(again.file);

    assertThat(file.crc()).isEqualTo(0x3610a686);
    assertThat(file.size()).isEqualTo(5);
  }

  @Test
  void appendersSlavesAndEmptyFilesAreNoDuplicates() {
    String plain = rig.stored(StoreRig.plain(), "same");
    String appender = rig.stored(StoreRig.appender(), "same");
    String slave = rig.slave(plain, "_s", "txt", "same").name();
    String empty = rig.stored(StoreRig.plain(), "");

    assertThat(rig.onDisk(appender)).isRegularFile().isNotEmptyFile();
    assertThat(Files.isSymbolicLink(rig.onDisk(slave))).isFalse();
    assertThat(Files.isSymbolicLink(rig.onDisk(empty))).isFalse();
    assertThat(sources()).hasSize(1);
  }

  @Test
  void theLastLinkTakesTheSourceWithItAfterTheNextCheckpoint() {
    String first = rig.stored(StoreRig.plain(), "same");
    String second = rig.stored(StoreRig.plain(), "same");
    String source = rig.binlog().getFirst().substring(2);

    assertThat(rig.delete(first).status()).isZero();
    checkpoint();
    assertThat(rig.read(second)).isEqualTo("same");
    assertThat(rig.delete(second).status()).isZero();
    assertThat(sources()).hasSize(1);

    eventually(() -> {
      checkpoint();
      assertThat(sources()).isEmpty();
    });
    assertThat(rig.binlog()).endsWith("D " + first, "D " + second, "D " + source);
    eventually(() -> {
      assertThat(rig.store.duplicateState().sources()).isZero();
      assertThat(rig.store.duplicateState().links()).isZero();
      assertThat(rig.store.duplicateState().sourcesDeleted()).isEqualTo(1);
    });
  }

  /// Until a checkpoint a power cut may take the record of the deletion and bring the link back.
  @Test
  void aSourceStaysWhileItsLastLinkCouldComeBack() {
    String link = rig.stored(StoreRig.plain(), "same");
    eventually(() -> {
      checkpoint();
      assertThat(folder.resolve("data/.larder/checkpoint")).isNotEmptyFile();
    });
    rig.delete(link);
    reopen();

    for (int i = 0; i < 20; i++) {
      rig.stored(StoreRig.plain(), "something else " + i);
    }

    assertThat(sources()).hasSize(21);
    eventually(() -> {
      checkpoint();
      assertThat(sources()).hasSize(20);
    });
  }

  @Test
  void aSourceWithoutLinksIsUsedAgainUntilItIsDeleted() {
    String first = rig.stored(StoreRig.plain(), "same");
    rig.delete(first);

    String second = rig.stored(StoreRig.plain(), "same");
    checkpoint();
    rig.stored(StoreRig.plain(), "other");
    checkpoint();

    assertThat(sources()).hasSize(2);
    assertThat(rig.read(second)).isEqualTo("same");
  }

  @Test
  void aSourceIsFoundAfterARestartAndDeletedAfterOne() {
    String first = rig.stored(StoreRig.plain(), "same");
    reopen();

    String second = rig.stored(StoreRig.plain(), "same");
    assertThat(sources()).hasSize(1);
    rig.delete(first);
    rig.delete(second);
    reopen();
    rig.stored(StoreRig.plain(), "something to record");

    eventually(() -> {
      checkpoint();
      assertThat(sources()).hasSize(1);
    });
  }

  @Test
  void nobodyDeletesASourceByItsName() {
    String link = rig.stored(StoreRig.plain(), "content");
    String source = rig.binlog().getFirst().substring(2);

    assertThat(rig.delete(source).status()).isEqualTo(Status.EACCES);
    assertThat(rig.read(link)).isEqualTo("content");
  }

  @Test
  void aMissingSourceIsReplacedByTheNextUpload() throws IOException {
    String lost = rig.stored(StoreRig.plain(), "content");
    Files.delete(Files.readSymbolicLink(rig.onDisk(lost)));

    String plain = rig.stored(StoreRig.plain(), "content");
    String linked = rig.stored(StoreRig.plain(), "content");

    assertThat(rig.read(lost)).isEqualTo("status 2");
    assertThat(rig.read(plain)).isEqualTo("content");
    assertThat(Files.isSymbolicLink(rig.onDisk(plain))).isFalse();
    assertThat(rig.read(linked)).isEqualTo("content");
    assertThat(Files.isSymbolicLink(rig.onDisk(linked))).isTrue();
  }

  @Test
  void aSourceOfAnotherSizeIsNotBelieved() throws IOException {
    String damaged = rig.stored(StoreRig.plain(), "content");
    Files.writeString(Files.readSymbolicLink(rig.onDisk(damaged)), "cut");

    String streamed = rig.uploadStreamed(StoreRig.plain(), "content").name();

    assertThat(rig.read(streamed)).isEqualTo("content");
    assertThat(Files.isSymbolicLink(rig.onDisk(streamed))).isFalse();
  }

  @Test
  void linksHaveMetadataOfTheirOwn() {
    String first = rig.stored(StoreRig.plain(), "same");
    String second = rig.stored(StoreRig.plain(), "same");

    rig.setMetadata(first, SetMetadata.Mode.OVERWRITE, "a\u00021");

    assertThat(rig.metadata(first).text()).isEqualTo("a\u00021");
    assertThat(rig.metadata(second).status()).isEqualTo(Status.ENOENT);
    rig.delete(first);
    assertThat(rig.read(second)).isEqualTo("same");
  }

  @Test
  void whileAMemberForbidsItUploadsAreStoredPlainly() {
    String before = rig.stored(StoreRig.plain(), "same");
    rig.store.refuseDuplicates(Optional.of("10.0.0.9 runs FastDFS V6.16"));
    String plain = rig.stored(StoreRig.plain(), "same");
    DuplicateState refused = rig.store.duplicateState();
    rig.store.refuseDuplicates(Optional.empty());
    String linked = rig.stored(StoreRig.plain(), "same");

    assertThat(Files.isSymbolicLink(rig.onDisk(plain))).isFalse();
    assertThat(refused.status()).isEqualTo(DuplicateState.Status.REFUSED);
    assertThat(refused.reason()).contains("10.0.0.9");
    assertThat(refused.status().isTrouble()).isTrue();
    assertThat(Files.isSymbolicLink(rig.onDisk(linked))).isTrue();
    for (String name : List.of(before, plain, linked)) {
      assertThat(rig.read(name)).isEqualTo("same");
    }
    assertThat(sources()).hasSize(1);
  }

  @Test
  void untilATrackerHasToldWhoElseIsThereUploadsAreStoredPlainly() {
    rig.close();
    rig = opened(2);
    eventually(
        () -> assertThat(rig.store.duplicateState().reason()).contains("no tracker has told"));

    String plain = rig.stored(StoreRig.plain(), "same");

    assertThat(Files.isSymbolicLink(rig.onDisk(plain))).isFalse();
  }

  @Test
  void whenItIsTurnedOffLinksAndSourcesAreStillLookedAfter() {
    String link = rig.stored(StoreRig.plain(), "same");
    rig.close();
    rig =
        StoreRig.open(
                StoreRig.disk(), StoreRig.settings(folder, 2), DuplicateSettings.of(false, index))
            .inState(DuplicateState.Status.KEEPING);

    String plain = rig.stored(StoreRig.plain(), "same");
    rig.delete(link);

    eventually(() -> {
      checkpoint();
      assertThat(sources()).isEmpty();
    });
    assertThat(rig.read(plain)).isEqualTo("same");
    assertThat(Files.isSymbolicLink(rig.onDisk(plain))).isFalse();
  }

  @Test
  void anIndexIsNotMadeUnlessItIsWanted() {
    rig.close();
    MemoryIndex unused = new MemoryIndex();
    rig =
        StoreRig.open(
            StoreRig.disk(), StoreRig.settings(folder, 2), DuplicateSettings.of(false, unused));

    assertThat(rig.store.duplicateState()).isEqualTo(DuplicateState.OFF);
    assertThat(unused.exists()).isFalse();
  }
}
