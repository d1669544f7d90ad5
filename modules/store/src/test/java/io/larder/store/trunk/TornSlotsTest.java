package io.larder.store.trunk;

import static io.larder.store.trunk.Spans.span;
import static org.assertj.core.api.Assertions.assertThat;

import io.larder.platform.DiskException;
import io.larder.platform.Errno;
import io.larder.platform.FakeTicker;
import io.larder.platform.FaultyDisk;
import io.larder.platform.FaultyDisk.Call;
import io.larder.protocol.disk.TrunkSlotHeader;
import io.larder.store.folder.StoreFolder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a start takes back of slots that were being written when everything ended.
class TornSlotsTest {
  private static final int SLOT = 512;
  private static final int CONTENT = 400;
  private static final String SOURCE = "M00/00/00/wKgBaGTzv2CAGtWlAAAABPyv_wU123.txt";

  @TempDir Path base;
  private final FaultyDisk disk = new FaultyDisk(LogRig.disk());

  private interface Work {
    void run(SpaceRig rig, List<TrunkSpan> slots) throws IOException;
  }

  /// Cuts slots of a lot, does something with them and is killed.
  private void killedAfter(int slots, Work work) throws IOException {
    SpaceRig rig = SpaceRig.open(base);
    Lot lot = rig.lot(SLOT);
    work.run(rig, Stream.generate(() -> lot.take(SLOT).orElseThrow()).limit(slots).toList());
    rig.kill();
  }

  private void start() throws IOException {
    try (StoreFolder folder = StoreFolder.open(disk, 0, base.resolve("p0").toString())) {
      int data = disk.openDirectory(base.resolve("data"));
      TornSlots.takeBack(disk, data, List.of(folder), new FakeTicker(LogRig.NOW * 1000));
      disk.close(data);
    }
  }

  private RandomAccessFile trunkFile() throws IOException {
    return new RandomAccessFile(base.resolve("p0/data/00/00/000001").toFile(), "rw");
  }

  private static byte[] content(int seed) {
    byte[] content = new byte[CONTENT];
    Arrays.fill(content, (byte) ('a' + seed));
    return content;
  }

  private void put(TrunkSpan slot, int type, byte[] promised, byte[] written) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(promised);
    ByteBuffer header = ByteBuffer.allocate(TrunkSlotHeader.SIZE);
    header.put((byte) type).putInt(slot.size()).putInt(promised.length);
    header.putInt((int) crc.getValue()).putInt((int) LogRig.NOW);
    header.put("123.txt".getBytes(StandardCharsets.US_ASCII));
    try (RandomAccessFile file = trunkFile()) {
      file.seek(slot.offset());
      file.write(header.array());
      file.write(written);
    }
  }

  private void put(TrunkSpan slot, byte[] promised, byte[] written) throws IOException {
    put(slot, TrunkSlotHeader.FILE, promised, written);
  }

  private void whole(TrunkSpan slot, int seed) throws IOException {
    put(slot, content(seed), content(seed));
  }

  private boolean isThere(TrunkSpan slot) throws IOException {
    byte[] header = new byte[TrunkSlotHeader.SIZE];
    try (RandomAccessFile file = trunkFile()) {
      file.seek(slot.offset());
      file.readFully(header);
    }
    boolean clear = Arrays.equals(header, new byte[TrunkSlotHeader.SIZE]);
    assertThat(clear || header[0] != 0).as("whole or clear").isTrue();
    return !clear;
  }

  private List<Path> aside() throws IOException {
    Path folder = base.resolve("p0/data/.larder/aside");
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void whatIsHalfWrittenLosesItsHeaderAndIsKeptAside() throws IOException {
    byte[] half = content(1);
    Arrays.fill(half, CONTENT / 2, CONTENT, (byte) 0);
    killedAfter(
        3,
        (rig, slots) -> {
          whole(slots.get(0), 0);
          put(slots.get(1), content(1), half);
          whole(slots.get(2), 2);
        });

    start();

    assertThat(disk.calls(Call.SYNC)).as("what is kept, then the cleared header").isEqualTo(2);
    assertThat(isThere(span(1, 0, SLOT))).isTrue();
    assertThat(isThere(span(1, SLOT, SLOT))).isFalse();
    assertThat(isThere(span(1, 2 * SLOT, SLOT))).isTrue();
    byte[] kept = Files.readAllBytes(aside().getFirst());
    assertThat(aside()).hasSize(1);
    assertThat(kept).hasSize(SLOT);
    assertThat(Arrays.copyOfRange(kept, TrunkSlotHeader.SIZE, TrunkSlotHeader.SIZE + CONTENT))
        .isEqualTo(half);
  }

  @Test
  void wholeFilesAndLinksStay() throws IOException {
    byte[] name = SOURCE.getBytes(StandardCharsets.US_ASCII);
    killedAfter(
        3,
        (rig, slots) -> {
          whole(slots.get(0), 0);
          put(slots.get(1), TrunkSlotHeader.LINK, name, name);
          put(slots.get(2), new byte[0], new byte[0]);
        });

    start();

    for (int i = 0; i < 3; i++) {
      assertThat(isThere(span(1, i * SLOT, SLOT))).as("slot %d", i).isTrue();
    }
    assertThat(aside()).isEmpty();
  }

  @Test
  void aLinkToNothingIsTakenBack() throws IOException {
    byte[] name = SOURCE.getBytes(StandardCharsets.US_ASCII);
    byte[] half = Arrays.copyOf(Arrays.copyOf(name, 20), name.length);
    killedAfter(
        2,
        (rig, slots) -> {
          put(slots.get(0), TrunkSlotHeader.LINK, name, new byte[name.length]);
          put(slots.get(1), TrunkSlotHeader.LINK, name, half);
        });

    start();

    assertThat(isThere(span(1, 0, SLOT))).isFalse();
    assertThat(isThere(span(1, SLOT, SLOT))).isFalse();
  }

  @Test
  void behindAGapAllIsLookedAt() throws IOException {
    killedAfter(
        5,
        (rig, slots) -> {
          rig.writeContent(slots.get(0));
          put(slots.get(1), content(1), content(2));
          whole(slots.get(2), 2);
          put(slots.get(3), content(3), new byte[CONTENT]);
          whole(slots.get(4), 4);
        });

    start();

    assertThat(isThere(span(1, SLOT, SLOT))).isFalse();
    assertThat(isThere(span(1, 2 * SLOT, SLOT))).isTrue();
    assertThat(isThere(span(1, 3 * SLOT, SLOT))).isFalse();
    assertThat(isThere(span(1, 4 * SLOT, SLOT))).isTrue();
  }

  /// Bytes that look like a header and reach into the header behind them must not cost the file its own.
  @Test
  void whatLooksLikeAHeaderByChanceHarmsNoFile() throws IOException {
    ByteBuffer chance = ByteBuffer.allocate(TrunkSlotHeader.SIZE - 1);
    chance.put((byte) TrunkSlotHeader.FILE).putInt(2 * SLOT).putInt(100).putInt(1).putInt(1);
    chance.put(
        ".abcde".getBytes(StandardCharsets.US_ASCII)); // its last byte is the next header's first
    killedAfter(
        3,
        (rig, slots) -> {
          try (RandomAccessFile file = trunkFile()) {
            file.seek(slots.get(1).offset() - chance.capacity());
            file.write(chance.array());
          }
          whole(slots.get(1), 1);
          put(slots.get(2), content(2), new byte[CONTENT]);
        });

    start();

    assertThat(isThere(span(1, SLOT, SLOT))).isTrue();
    assertThat(isThere(span(1, 2 * SLOT, SLOT))).isFalse();
  }

  @Test
  void aSlotThatTheEndOfTheFileCutsOffIsTakenBack() throws IOException {
    killedAfter(
        2,
        (rig, slots) -> {
          whole(slots.get(0), 0);
          whole(slots.get(1), 1);
          try (RandomAccessFile file = trunkFile()) {
            file.setLength(SLOT + TrunkSlotHeader.SIZE + 10);
          }
        });

    start();

    assertThat(isThere(span(1, 0, SLOT))).isTrue();
    assertThat(isThere(span(1, SLOT, SLOT))).isFalse();
    assertThat(aside()).hasSize(1);
  }

  /// What was given back is no lot any more; a bad disk is the scrub's business there.
  @Test
  void outsideOfLotsNothingIsTouched() throws IOException {
    try (SpaceRig rig = SpaceRig.open(base)) {
      Lot lot = rig.lot(SLOT);
      put(lot.take(SLOT).orElseThrow(), content(0), content(1));
      rig.source.giveBack(lot);
    }

    start();

    assertThat(isThere(span(1, 0, SLOT))).isTrue();
    assertThat(aside()).isEmpty();
  }

  @Test
  void whatCannotBeKeptIsNotClearedAndTheStartGoesOn() throws IOException {
    killedAfter(1, (rig, slots) -> put(slots.get(0), content(0), content(1)));
    disk.failAlways(Call.RENAME, Errno.EIO);

    start();

    assertThat(isThere(span(1, 0, SLOT))).isTrue();
  }

  @Test
  void aListThatCannotBeReadStopsTheStart() throws IOException {
    killedAfter(1, (rig, slots) -> whole(slots.get(0), 0));
    Path list = base.resolve("data/.larder/trunk-lots");
    Files.delete(list);
    Files.createDirectory(list);

    assertThat(org.assertj.core.api.Assertions.catchThrowable(this::start))
        .isInstanceOf(DiskException.class);
  }
}
