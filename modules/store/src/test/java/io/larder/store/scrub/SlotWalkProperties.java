package io.larder.store.scrub;

import static org.assertj.core.api.Assertions.assertThat;

import io.larder.platform.DiskException;
import io.larder.protocol.fileid.LogicalName;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// Random trunk files: what is told covers the file without a hole, and tells each slot as it was written.
class SlotWalkProperties {
  private static final int SIZE = 64 * 1024;

  @Property(tries = 200)
  void aRightFileIsToldAsItWasWritten(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = 100) int freePercent)
      throws DiskException {
    Random random = new Random(seed);
    TrunkImage trunk = new TrunkImage(SIZE);
    List<String> written = new ArrayList<>();
    int at = 0;
    while (at < SIZE) {
      int size = Math.min(SIZE - at, 64 + random.nextInt(2000));
      if (size < 64 || random.nextInt(100) < freePercent) {
        trunk.free(at, size);
        written.add("free " + at + "+" + size);
      } else {
        byte[] content = new byte[random.nextInt(size - 24)];
        random.nextBytes(content);
        LogicalName name = trunk.slot(at, size, content);
        trunk.claim(name);
        written.add("slot " + at + "+" + size + " 1 named");
      }
      at += size;
    }

    assertThat(trunk.walk()).isEqualTo(written);
  }

  @Property(tries = 200)
  void whateverTheBytesAreEachIsToldOnce(@ForAll long seed) throws DiskException {
    Random random = new Random(seed);
    TrunkImage trunk = new TrunkImage(8192);
    for (int i = 0; i < 20; i++) {
      int offset = random.nextInt(8000);
      trunk.slot(offset, 130 + random.nextInt(400), new byte[1 + random.nextInt(100)]);
    }
    for (int i = 0; i < 30; i++) {
      trunk.bytes()[random.nextInt(8192)] = (byte) random.nextInt();
    }
    for (int offset = random.nextInt(500); offset < 8192; offset += 1 + random.nextInt(1500)) {
      trunk.free(offset, 1 + random.nextInt(1000));
    }

    long covered = 0;
    for (String told : trunk.walk()) {
      String[] fields = told.split("[ +]", -1);
      if (!told.startsWith("S") && !told.startsWith("F")) {
        assertThat(Long.parseLong(fields[1])).as(told).isEqualTo(covered);
        covered += Long.parseLong(fields[2]);
      }
    }
    assertThat(covered).isGreaterThanOrEqualTo(8192);
  }
}
