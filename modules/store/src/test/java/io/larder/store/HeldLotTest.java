package io.larder.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.platform.FaultyDisk;
import io.larder.platform.FaultyDisk.Call;
import io.larder.protocol.fileid.FileFacts;
import io.larder.protocol.fileid.LogicalName;
import io.larder.protocol.fileid.TrunkPlace;
import io.larder.store.verify.TrunkLots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A lot stays on the list for as long as a slot of it may be half-written after a power cut.
class HeldLotTest {
  /// More than three lots of a MiB.
  private static final int FILES = 70;

  @TempDir Path folder;
  private final FaultyDisk disk = new FaultyDisk(StoreRig.disk());
  private StoreRig rig;

  @BeforeEach
  void open() {
    StoreSettings settings =
        StoreRig.settings(folder, 1).withSafety(new StoreSettings.Safety(Durability.GROUP, 0));
    rig = StoreRig.open(disk, settings).quiet().packing();
  }

  @AfterEach
  void close() {
    disk.heal();
    rig.close();
  }

  private TrunkLots listed() throws IOException {
    return TrunkLots.parse(Files.readString(folder.resolve("data/.larder/trunk-lots")));
  }

  private static TrunkPlace place(String name) {
    return FileFacts.of(LogicalName.parse(name)).orElseThrow().trunk().orElseThrow();
  }

  private static boolean covers(TrunkLots lots, TrunkPlace place) {
    return lots.pieces().stream()
        .anyMatch(piece ->
            !piece.file()
                && piece.trunkFileId() == place.trunkFileId()
                && piece.span().offset() <= place.offset()
                && piece.span().end() >= place.offset() + (long) place.slotSize());
  }

  @Test
  void allSlotsThatWaitForTheDiskLieInLotsOfTheList() throws IOException {
    int before = disk.calls(Call.WRITE);
    disk.hang(folder.resolve("p0/data"), Call.SYNC_FILE_SYSTEM);
    List<CompletableFuture<Asked.Outcome>> uploads = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      uploads.add(rig.uploading(StoreRig.plain(), new byte[50_000 + i]));
    }
    Awaitility.await().until(() -> disk.calls(Call.WRITE) - before >= FILES);
    Awaitility.await()
        .pollDelay(Duration.ofMillis(100))
        .until(() -> rig.store.trunkState().isPresent());

    TrunkLots then = listed();
    disk.resume(folder.resolve("p0/data"));

    for (CompletableFuture<Asked.Outcome> upload : uploads) {
      String name = TestLoop.await(upload).name();
      assertThat(covers(then, place(name))).as("%s in %s", name, then).isTrue();
    }
    rig.close();
    assertThat(listed().pieces()).as("after an orderly end").isEmpty();
    open();
  }
}
