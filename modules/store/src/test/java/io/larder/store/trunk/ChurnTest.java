package io.larder.store.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.platform.MemoryDisk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files come and go for ever, and as many are there at any time: the trunk files must not become more and more.
class ChurnTest {
  private static final int LIVE = 1_000;
  private static final int TURNS = 12;

  private final List<TrunkSpan> live = new ArrayList<>();
  private Optional<Lot> lot = Optional.empty();
  private SpaceRig rig;

  @BeforeEach
  void open() throws IOException {
    rig = SpaceRig.Plan.in(new MemoryDisk()).open();
  }

  @AfterEach
  void close() throws IOException {
    rig.close();
  }

  @ParameterizedTest
  @CsvSource({"256, 256, 0", "300, 300, 0", "256, 5000, 0", "256, 64000, 0", "256, 64000, 500"})
  void spaceOfDeletedFilesIsUsedAgain(int smallest, int largest, int lotGivenBackEvery) {
    Random random = new Random(smallest + largest);
    long most = 0;
    int lastFile = 0;
    for (int i = 1; i <= TURNS * LIVE; i++) {
      if (live.size() == LIVE) {
        most = Math.max(most, live.stream().mapToLong(TrunkSpan::size).sum());
        delete(random.nextInt(LIVE));
      }
      TrunkSpan slot = slot(smallest + random.nextInt(largest - smallest + 1));
      live.add(slot);
      lastFile = Math.max(lastFile, slot.file().id());
      if (lotGivenBackEvery > 0 && i % lotGivenBackEvery == 0) {
        giveBack();
      }
    }

    assertThat((long) lastFile * Spans.FILE_BYTES)
        .as("bytes of trunk files for at most %s bytes in use", most)
        .isLessThan(3 * most / 2 + 3L * Spans.FILE_BYTES);
  }

  private TrunkSpan slot(int bytes) {
    int size = Spans.parameters().slotSize(bytes);
    Optional<TrunkSpan> slot = lot.flatMap(present -> present.take(size));
    if (slot.isEmpty()) {
      giveBack();
      lot = rig.source.reserve(0, size);
      slot = lot.orElseThrow().take(size);
    }
    return slot.orElseThrow();
  }

  private void delete(int index) {
    TrunkSpan last = live.removeLast();
    TrunkSpan deleted = index < live.size() ? live.set(index, last) : last;
    rig.source.free(List.of(deleted));
  }

  private void giveBack() {
    lot.ifPresent(rig.source::giveBack);
    lot = Optional.empty();
  }
}
